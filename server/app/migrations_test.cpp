// Steps of the schema that change rows, over rows that an older program has written.
#include <gtest/gtest.h>

#include "app/databases.hpp"
#include "testing/open_databases.hpp"
#include "testing/test_folder.hpp"

namespace engram::app {
namespace {

class MigrationsTest : public ::testing::TestWithParam<const char*> {
protected:
    // Up to that step of a module.
    void migrate_to(const std::string& module, int number) {
        std::vector<ports::Migration> steps;
        for (const ports::Migration& step : schema()) {
            if (step.module == module && step.number > number) break;
            steps.push_back(step);
        }
        database_->migrate(steps);
    }

    static bool is_postgres() { return std::string(GetParam()) == "postgres"; }

    testing::TestFolder folder_;
    std::unique_ptr<ports::Database> database_ =
        is_postgres() ? testing::open_new_postgres() : testing::open_sqlite_file(folder_.file("engram.db"));
};

TEST_P(MigrationsTest, AnEntryIsGivenTheRevisionOfItsHead) {
    migrate_to("memory", 3);
    const base::Uuid anna{{1}}, ben{{2}}, id{{3}};
    const base::Time then{std::chrono::hours(24 * 365 * 44)};
    for (const auto& [person, revision] : {std::pair(anna, std::int64_t{7}), {ben, std::int64_t{9}}})
        database_->write(person, [&](ports::Transaction& tx) {
            tx.run(
                "INSERT INTO memory_heads (user_id, id, created_at, revision, body_hash) VALUES ($1, $2, $3, $4, $5)",
                {person, id, then, revision, std::span<const std::uint8_t>()});
            tx.run(
                "INSERT INTO memory_entries (user_id, id, created_at, author_id, content, classification, "
                "classified_by, confidence_score, source, tags, level, metadata, attachments, updated_at, pinned, "
                "language) VALUES ($1, $2, $3, $1, 'tea', 'general', 'person', 1.0, 'api', '[]', 1, '{}', '[]', $3, "
                "$4, 'en')",
                {person, id, then, false});
        });
    database_->migrate(schema());
    for (const auto& [person, revision] : {std::pair(anna, std::int64_t{7}), {ben, std::int64_t{9}}})
        database_->read(person, [&](ports::Transaction& tx) {
            std::vector<std::int64_t> found;
            tx.run("SELECT revision FROM memory_entries WHERE user_id = $1", {person},
                   [&](const ports::Row& row) { found.push_back(row.integer(0)); });
            EXPECT_EQ(found, std::vector<std::int64_t>{revision});
        });
    if (is_postgres())
        database_->read(ben, [&](ports::Transaction& tx) {
            tx.run("SELECT id FROM memory_entries WHERE user_id = $1", {anna},
                   [&](const ports::Row&) { FAIL() << "the rows of others are hidden again"; });
        });
}

INSTANTIATE_TEST_SUITE_P(Databases, MigrationsTest, ::testing::Values("sqlite", "postgres"));

}  // namespace
}  // namespace engram::app
