#include "bench/made_up_rows.hpp"

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "bench/made_up_vectors.hpp"

namespace engram::bench {
namespace {

class Database {
public:
    explicit Database(const std::filesystem::path& file) {
        sqlite3* opened = nullptr;
        const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
        database_.reset(opened);
        demand(code == SQLITE_OK);
        sqlite3_create_function(opened, "made_up", 0, SQLITE_UTF8, &made_up_, make_up, nullptr, nullptr);
    }

    void run(const char* sql) { demand(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK); }

private:
    static void make_up(sqlite3_context* context, int, sqlite3_value**) {
        const auto vector = static_cast<MadeUpVectors*>(sqlite3_user_data(context))->next();
        sqlite3_result_blob(context, vector.data(), static_cast<int>(vector.size() * sizeof(float)), SQLITE_TRANSIENT);
    }
    void demand(bool good) {
        if (!good) throw base::Error(base::Code::kInternal, sqlite3_errmsg(database_.get()));
    }

    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    MadeUpVectors made_up_;
    std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace

void make_up_rows(const std::filesystem::path& file) {
    Database database(file);
    database.run(R"(
        BEGIN;
        CREATE TEMP TABLE known AS SELECT model, text_hash FROM memory_vectors LIMIT 1;
        DELETE FROM memory_vectors;
        INSERT INTO memory_vectors (user_id, revision, passage, memory_id, model, text_hash, vector)
            SELECT user_id, ROW_NUMBER() OVER (ORDER BY user_id, revision), 0, id, model, text_hash, made_up()
            FROM memory_heads, known WHERE deleted_at IS NULL;
        UPDATE memory_vector_state SET revision = (SELECT MAX(revision) FROM memory_vectors);
        UPDATE memory_vector_models SET through = (SELECT MAX(revision) FROM memory_heads);
        COMMIT;)");
}

}  // namespace engram::bench
