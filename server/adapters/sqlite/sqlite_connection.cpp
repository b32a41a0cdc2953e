#include "adapters/sqlite/sqlite_connection.hpp"

#include <charconv>
#include <cstring>

#include "adapters/sqlite/sqlite_error.hpp"

namespace engram::sqlite {
namespace {

constexpr std::size_t kStatementsMax = 256;
constexpr int kWriterCacheKib = 2048, kReaderCacheKib = 768;

// Without its statistics SQLite takes no global lock for each allocation; a connection is used by one thread at a time.
// Too late, and harmless, once it has started.
void configure_library() {
    static const int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) | sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    static_cast<void>(result);
}

sqlite3* open_handle(const SqliteOptions& options, Access access) {
    configure_library();
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* db = nullptr;
    const int result =
        sqlite3_open_v2(options.path.c_str(), &db, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (result == SQLITE_OK) return db;
    const base::Error error = to_error(db, result);
    sqlite3_close_v2(db);
    throw error;
}

base::Error bad_statement(std::string_view why, std::string_view sql) {
    return {base::Code::kInternal, "The database refused a statement.", std::string(why) + " in: " + std::string(sql)};
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n;") == std::string_view::npos; }

std::vector<int> find_slots(sqlite3_stmt* statement, std::string_view sql) {
    const int count = sqlite3_bind_parameter_count(statement);
    std::vector<int> slots(static_cast<std::size_t>(count), 0);
    for (int slot = 1; slot <= count; ++slot) {
        const char* name = sqlite3_bind_parameter_name(statement, slot);
        int number = 0;
        if (name != nullptr && *name == '$') std::from_chars(name + 1, name + std::strlen(name), number);
        if (number < 1 || number > count) throw bad_statement("parameters must be $1, $2, ... without a gap", sql);
        slots[static_cast<std::size_t>(number) - 1] = slot;
    }
    return slots;
}

}  // namespace

Connection::Connection(const SqliteOptions& options, Access access) : db_(open_handle(options, access)) {
    configure(options, access);
    rollback_ = std::move(make_statement("ROLLBACK").handle);
}

void Connection::configure(const SqliteOptions& options, Access access) {
    // SQLite opens a file that may not be written to for reading only, and would tell at the first write.
    if (access == Access::kWrite && sqlite3_db_readonly(db(), "main") == 1)
        throw to_error(nullptr, SQLITE_READONLY_DIRECTORY);
    check(db(), sqlite3_busy_timeout(db(), static_cast<int>(options.busy_timeout.count())));
    execute(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
        "PRAGMA trusted_schema=OFF; PRAGMA wal_autocheckpoint=0;");
    const int cache_kib = access == Access::kWrite ? kWriterCacheKib : kReaderCacheKib;
    execute(("PRAGMA cache_size=-" + std::to_string(cache_kib)).c_str());
    if (access == Access::kWrite) {
        query_text("PRAGMA journal_mode=WAL");
        query_text(("PRAGMA journal_size_limit=" + std::to_string(options.wal_kept_bytes)).c_str());
    } else {
        execute("PRAGMA query_only=ON");
    }
    // An acknowledged write must survive a power cut: never run on settings that did not take.
    if (query_text("PRAGMA synchronous") != "2" || query_text("PRAGMA journal_mode") != "wal" ||
        query_text("PRAGMA secure_delete") != "1" || query_text("PRAGMA foreign_keys") != "1")
        throw base::Error(base::Code::kInternal, "The database does not accept the settings that make it durable.");
}

std::shared_ptr<Statement> Connection::prepare(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end() && !found->second->in_use) return found->second;
    auto made = std::make_shared<Statement>(make_statement(sql));
    if (found != statements_.end()) return made;
    // The statements of the program are few; reaching the bound means that somebody builds texts.
    if (statements_.size() >= kStatementsMax) statements_.clear();
    statements_.emplace(sqlite3_sql(made->handle.get()), made);
    return made;
}

Statement Connection::make_statement(std::string_view sql) const {
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int result =
        sqlite3_prepare_v3(db(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, &tail);
    StatementHandle handle(raw);
    check(db(), result, sql);
    if (raw == nullptr || !is_blank(sql.substr(static_cast<std::size_t>(tail - sql.data()))))
        throw bad_statement("not one statement", sql);
    Statement made;
    made.slots = find_slots(raw, sql);
    made.read_only = sqlite3_stmt_readonly(raw) != 0;
    made.handle = std::move(handle);
    return made;
}

void Connection::execute(const char* sql) { check(db(), sqlite3_exec(db(), sql, nullptr, nullptr, nullptr), sql); }

std::string Connection::query_text(const char* sql) {
    const Statement statement = make_statement(sql);
    sqlite3_stmt* raw = statement.handle.get();
    const int result = sqlite3_step(raw);
    if (result != SQLITE_ROW) check(db(), result == SQLITE_DONE ? SQLITE_OK : result, sql);
    if (result != SQLITE_ROW) return {};
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, 0));
    return text != nullptr ? text : "";
}

void Connection::keep(const char* literal) { kept_[literal] = std::move(make_statement(literal).handle); }

void Connection::roll_back() noexcept {
    if (!in_transaction()) return;
    sqlite3_step(rollback_.get());
    sqlite3_reset(rollback_.get());
}

void Connection::step_kept(const char* literal) {
    sqlite3_stmt* kept = kept_.at(literal).get();
    const int result = sqlite3_step(kept);
    sqlite3_reset(kept);
    if (result != SQLITE_DONE) throw to_error(db(), result, literal);
}

}  // namespace engram::sqlite
