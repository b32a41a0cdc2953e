// The memory module's tables on PostgreSQL: months, and the rows of others.
#include <gtest/gtest.h>

#include "adapters/postgres/postgres_database.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/json.hpp"
#include "modules/memory/memory_columns.hpp"
#include "testing/postgres_server.hpp"
#include "testing/test_server.hpp"

namespace engram::app {
namespace {

using http::Method;
using testing::PostgresServer;

class PostgresRows : public ::testing::Test {
protected:
    std::string add(const std::string& token, const std::string& created_at) {
        const auto memory = engram_.expect(201, Method::kPost, "/api/v1/memories/",
                                           R"({"content":"tea","created_at":")" + created_at + "\"}", token);
        return std::string(memory.at("id").as_string());
    }

    base::Uuid user_of(const std::string& token) {
        const auto me = engram_.expect(200, Method::kGet, "/api/v1/users/me", "", token);
        return base::parse_uuid(std::string_view(me.at("id").as_string())).value();
    }

    // A statement as the application runs it, for a person: its rows, first column, a line each.
    std::string run(const base::Uuid& person, std::string_view sql, std::initializer_list<ports::Param> params) {
        const system::SystemClock clock;
        const auto database = postgres::open_postgres({.url = url_}, clock);
        std::string lines;
        database->read(person, [&](ports::Transaction& tx) {
            lines.clear();
            tx.run(sql, params, [&](const ports::Row& row) { (lines += row.text(0)) += '\n'; });
        });
        return lines;
    }

    PostgresServer& server_ = PostgresServer::shared();
    std::string url_ = server_.create_database();
    testing::TestServer engram_{{.database = url_}};
    std::string anna_ = engram_.sign_up("+491511"), ben_ = engram_.sign_up("+491512");
};

constexpr char kTitles[] = "SELECT content FROM memory_entries WHERE user_id = $1";

TEST_F(PostgresRows, AStatementThatNamesAnotherPersonFindsNothing) {
    add(anna_, "2014-05-09T10:00:00Z");
    const base::Uuid anna = user_of(anna_), ben = user_of(ben_);
    EXPECT_EQ(run(anna, kTitles, {anna}), "tea\n");
    EXPECT_EQ(run(ben, kTitles, {anna}), "");
    for (const base::Uuid& who : {anna, ben})  // a month by itself is not even theirs to look into
        EXPECT_THROW(run(who, "SELECT content FROM memory_entries_2014_05 WHERE user_id = $1", {anna}), base::Error);
    const std::string tables = server_.run_as_superuser(
        url_,
        "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind IN ('r', 'p') AND "
        "relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)");
    EXPECT_EQ(tables, "dead_jobs invites jobs paused_job_kinds schema_migrations user_sessions users\n");
}

TEST_F(PostgresRows, EveryMonthThatIsWrittenToHasAPartition) {
    for (const char* at : {"1970-01-01T00:00:00Z", "2014-05-09T10:00:00Z", "2014-05-31T23:59:59.999Z"}) add(anna_, at);
    engram_.expect(201, Method::kPost, "/api/v1/memories/", R"({"content":"now"})", anna_);
    EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*) FROM memory_entries_1970_01"), "1\n");
    EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*) FROM memory_entries_2014_05"), "2\n");
    EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*) FROM memory_entries_default"), "0\n");
    engram_.app().jobs().run_due();
    for (const char* ahead : {"2023_12", "2024_01"})
        EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*) FROM memory_entries_" + std::string(ahead)), "0\n")
            << "the daily job makes them ready";
}

TEST_F(PostgresRows, AMemoryIsReadFromOnePartition) {
    for (const char* at : {"2014-04-01T00:00:00Z", "2014-05-01T00:00:00Z", "2014-06-01T00:00:00Z"}) add(anna_, at);
    const base::Uuid id = base::parse_uuid(add(anna_, "2014-05-09T10:00:00Z")).value(), anna = user_of(anna_);
    const std::string plan =
        run(anna,
            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT " ENGRAM_MEMORY_COLUMNS ENGRAM_MEMORY_AT
            "AND e.trashed_at IS NULL",
            {anna, base::parse_rfc3339("2014-05-09T10:00:00Z").value(), id});
    int touched = 0;
    for (std::size_t at = 0; (at = plan.find(" on memory_entries_", at)) != std::string::npos; ++at) {
        const std::string line = plan.substr(at, plan.find('\n', at) - at);
        if (line.find("never executed") == std::string::npos) ++touched;
    }
    EXPECT_EQ(touched, 1) << plan;
    EXPECT_NE(plan.find(" on memory_entries_2014_05"), std::string::npos) << plan;
}

}  // namespace
}  // namespace engram::app
