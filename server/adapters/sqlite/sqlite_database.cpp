#include "adapters/sqlite/sqlite_database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "adapters/sqlite/sqlite_migrations.hpp"
#include "adapters/sqlite/sqlite_readers.hpp"
#include "adapters/sqlite/sqlite_writer.hpp"
#include "base/error.hpp"
#include "ports/closure_guard.hpp"

namespace engram::sqlite {
namespace {

// SQLite would let the umask decide who may read. Only a new file is touched: closing a descriptor of an open database
// would drop the locks that SQLite holds on it (POSIX).
void create_privately(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
}

// Only whoever starts the program sees errors of opening, and needs to know which file it is about.
base::Error naming(const std::string& path, const base::Error& error) {
    const std::string why = error.code() != base::Code::kUnavailable
                                ? error.safe()
                                : "See that its folder exists, that this program may write to both, and that no other "
                                  "program uses it.";
    base::Error named(error.code(), path + " cannot be opened. " + why, error.detail());
    named.retry_after = error.retry_after;
    return named;
}

class SqliteDatabase final : public ports::Database {
public:
    SqliteDatabase(const SqliteOptions& options, const ports::Clock& clock)
        : writer_(options.read_only ? nullptr : std::make_unique<Writer>(options, clock)), readers_(options) {}

    void read(const ports::Owner&, const ports::Body& body) override { readers_.read(guarded(body)); }
    void write(const ports::Owner&, const ports::Body& body) override { writer().write(guarded(body)); }

    void migrate(std::span<const ports::Migration> migrations) override {
        writer().run_exclusively([&](Connection& connection) { apply_migrations(connection, migrations); });
    }

    std::vector<ports::AppliedStep> applied_steps() override {
        std::vector<ports::AppliedStep> steps;
        read({}, [&](ports::Transaction& tx) { steps = sqlite::applied_steps(tx); });
        return steps;
    }

    std::vector<ports::Table> tables() override {
        std::vector<ports::Table> all;
        read({}, [&](ports::Transaction& tx) { all = sqlite::tables(tx); });
        return all;
    }

private:
    ports::Body guarded(const ports::Body& body) const { return ports::ClosureGuard::guarded(this, body); }

    Writer& writer() {
        if (!writer_) throw base::Error(base::Code::kInternal, "The database was opened for reading only.");
        return *writer_;
    }

    std::unique_ptr<Writer> writer_;  // before the readers: its connection makes the WAL and is the last to leave it
    Readers readers_;
};

}  // namespace

std::unique_ptr<ports::Database> open_sqlite(const SqliteOptions& options, const ports::Clock& clock) {
    if (!options.read_only) create_privately(options.path);
    try {
        return std::make_unique<SqliteDatabase>(options, clock);
    } catch (const base::Error& error) {
        throw naming(options.path, error);
    }
}

}  // namespace engram::sqlite
