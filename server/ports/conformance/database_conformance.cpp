#include "ports/conformance/database_conformance.hpp"

#include <algorithm>
#include <atomic>
#include <latch>
#include <limits>
#include <stdexcept>

#include "base/error.hpp"
#include "base/thread.hpp"

namespace engram::ports {
namespace {

using base::Code;
using std::string_view_literals::operator""sv;

// One type name of each kind, as PostgreSQL calls it; SQLite takes them too.
constexpr char kSchema[] =
    "CREATE TABLE kinds (id bigint PRIMARY KEY, flag boolean, number bigint, ratio double precision, words text,"
    " raw bytea, key uuid, at timestamptz);"
    "CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL CHECK (value < 1000000));"
    "CREATE TABLE children (id bigint PRIMARY KEY, parent text NOT NULL REFERENCES counters (name));";

base::Uuid some_uuid() {
    base::Uuid id;
    for (std::size_t i = 0; i < 16; ++i) id.bytes[i] = static_cast<std::uint8_t>(i * 17);
    return id;
}

// The code of the error that `work` ends with; fails the test where there is none.
template <class Work>
Code code_of(const Work& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error.code();
    }
    ADD_FAILURE() << "no error";
    return Code::kMalformed;
}

std::vector<std::uint8_t> pattern(std::size_t size) {
    std::vector<std::uint8_t> bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 256);
    return bytes;
}

}  // namespace

bool link_database_conformance() { return true; }

void DatabaseConformance::SetUp() {
    under_test_ = GetParam()();
    migrations_ = {{"conformance", 1, "0001_tables", kSchema}};
    database().migrate(migrations_);
}

std::int64_t DatabaseConformance::write(std::string_view sql, std::initializer_list<Param> params) {
    std::int64_t changed = 0;
    database().write({}, [&](Transaction& tx) { changed = tx.run(sql, params); });
    return changed;
}

std::int64_t DatabaseConformance::read_integer(std::string_view sql, std::initializer_list<Param> params) {
    std::int64_t value = -1;
    database().read({}, [&](Transaction& tx) { tx.run(sql, params, [&](const Row& row) { value = row.integer(0); }); });
    return value;
}

TEST_P(DatabaseConformance, EveryTypeComesBackAsItWent) {
    const auto raw = pattern(300);
    const base::Time at(std::chrono::microseconds(1'700'000'000'123'456));
    write("INSERT INTO kinds (id, flag, number, ratio, words, raw, key, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          {std::int64_t(1), true, std::numeric_limits<std::int64_t>::min(), 0.873, "räksmörgås 寿司 🍣"sv,
           std::span<const std::uint8_t>(raw), some_uuid(), at});
    int rows = 0;
    database().read({}, [&](Transaction& tx) {
        tx.run("SELECT flag, number, ratio, words, raw, key, at FROM kinds WHERE key = $1", {some_uuid()},
               [&](const Row& row) {
                   ++rows;
                   EXPECT_TRUE(row.boolean(0));
                   EXPECT_EQ(row.integer(1), std::numeric_limits<std::int64_t>::min());
                   EXPECT_EQ(row.real(2), 0.873);
                   EXPECT_EQ(row.text(3), "räksmörgås 寿司 🍣");
                   EXPECT_TRUE(std::ranges::equal(row.bytes(4), raw));
                   EXPECT_EQ(row.uuid(5), some_uuid());
                   EXPECT_EQ(row.time(6), at);
               });
    });
    EXPECT_EQ(rows, 1);
}

TEST_P(DatabaseConformance, WholeRealsAndTimesBefore1970ComeBack) {
    const base::Time before(std::chrono::microseconds(-1));
    write("INSERT INTO kinds (id, ratio, at, flag) VALUES ($1, $2, $3, $4)", {std::int64_t(1), 2.0, before, false});
    database().read({}, [&](Transaction& tx) {
        tx.run("SELECT ratio, at, flag FROM kinds", {}, [&](const Row& row) {
            EXPECT_EQ(row.real(0), 2.0);
            EXPECT_EQ(row.time(1), before);
            EXPECT_FALSE(row.boolean(2));
        });
    });
}

TEST_P(DatabaseConformance, NullIsNeitherEmptyTextNorEmptyBytes) {
    write("INSERT INTO kinds (id, words, raw) VALUES (1, $1, $2)", {""sv, std::span<const std::uint8_t>()});
    write("INSERT INTO kinds (id, words, raw) VALUES (2, $1, $2)", {nullptr, nullable(std::optional<std::string>())});
    write("INSERT INTO kinds (id, words) VALUES (3, $1)", {std::string_view()});
    database().read({}, [&](Transaction& tx) {
        tx.run("SELECT words, raw FROM kinds WHERE id = 1", {}, [&](const Row& row) {
            ASSERT_FALSE(row.is_null(0) || row.is_null(1));
            EXPECT_EQ(row.text(0), "");
            EXPECT_TRUE(row.bytes(1).empty());
        });
        tx.run("SELECT words, raw FROM kinds WHERE id = 2", {},
               [&](const Row& row) { EXPECT_TRUE(row.is_null(0) && row.is_null(1)); });
    });
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds WHERE words IS NULL"), 1);
}

TEST_P(DatabaseConformance, ReadingNullAsAValueIsAnError) {
    write("INSERT INTO kinds (id) VALUES (1)");
    EXPECT_EQ(code_of([&] { read_integer("SELECT number FROM kinds"); }), Code::kInternal);
}

TEST_P(DatabaseConformance, ParametersAreNumberedAndNotCountedByAppearance) {
    write("INSERT INTO kinds (id, number, words) VALUES ($3, $1, $2)", {std::int64_t(10), "two"sv, std::int64_t(30)});
    EXPECT_EQ(read_integer("SELECT id FROM kinds WHERE words = $2 AND number = $1", {std::int64_t(10), "two"sv}), 30);
    EXPECT_EQ(read_integer("SELECT number FROM kinds WHERE number = $1 AND id > $1", {std::int64_t(10)}), 10);
}

TEST_P(DatabaseConformance, MoreThanNineParameters) {
    EXPECT_EQ(
        write("INSERT INTO kinds (id, number) VALUES ($11, $1), ($10, $2), ($9, $3), ($8, $4), ($7, $5), ($6, $1)",
              {std::int64_t(1), std::int64_t(2), std::int64_t(3), std::int64_t(4), std::int64_t(5), std::int64_t(6),
               std::int64_t(7), std::int64_t(8), std::int64_t(9), std::int64_t(10), std::int64_t(11)}),
        6);
    EXPECT_EQ(read_integer("SELECT number FROM kinds WHERE id = 10"), 2);
}

TEST_P(DatabaseConformance, AWrongCountOfParametersIsRefused) {
    EXPECT_EQ(code_of([&] { write("INSERT INTO counters (name, value) VALUES ($1, $2)", {"a"sv}); }), Code::kInternal);
    EXPECT_EQ(code_of([&] { write("INSERT INTO kinds (id) VALUES ($1)", {std::int64_t(1), std::int64_t(2)}); }),
              Code::kInternal);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds"), 0);
}

TEST_P(DatabaseConformance, ReturningGivesRowsAndCountsChanges) {
    write("INSERT INTO counters (name, value) VALUES ('a', 1), ('b', 1)");
    std::vector<std::int64_t> values;
    database().write({}, [&](Transaction& tx) {
        values.clear();
        EXPECT_EQ(tx.run("UPDATE counters SET value = value + 1 RETURNING value", {},
                         [&](const Row& row) { values.push_back(row.integer(0)); }),
                  2);
        EXPECT_EQ(tx.run("SELECT value FROM counters"), 0);
    });
    EXPECT_EQ(values, (std::vector<std::int64_t>{2, 2}));
}

TEST_P(DatabaseConformance, OnConflictInsertsOrUpdates) {
    const auto upsert =
        "INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET "
        "value = counters.value + excluded.value"sv;
    EXPECT_EQ(write(upsert, {"a"sv}), 1);
    EXPECT_EQ(write(upsert, {"a"sv}), 1);
    EXPECT_EQ(write("INSERT INTO counters (name, value) VALUES ($1, 9) ON CONFLICT DO NOTHING", {"a"sv}), 0);
    EXPECT_EQ(read_integer("SELECT value FROM counters WHERE name = $1", {"a"sv}), 2);
}

TEST_P(DatabaseConformance, StatementsNestInsideARowCallback) {
    write("INSERT INTO kinds (id, number) VALUES (1, 2), (2, 3), (3, 0)");
    int visited = 0;
    database().read({}, [&](Transaction& tx) {
        const auto follow = "SELECT number FROM kinds WHERE id = $1"sv;
        tx.run(follow, {std::int64_t(1)}, [&](const Row& outer) {
            tx.run(follow, {outer.integer(0)},
                   [&](const Row& inner) { visited += static_cast<int>(inner.integer(0)); });
        });
    });
    EXPECT_EQ(visited, 3);
}

TEST_P(DatabaseConformance, OneStatementRunsForEachOfManyParameters) {
    write("INSERT INTO kinds (id, number) VALUES (1, 10), (2, 20), (3, 20)");
    std::vector<std::int64_t> ids;
    database().read({}, [&](Transaction& tx) {
        const std::vector<std::vector<Param>> wanted{{std::int64_t(20)}, {std::int64_t(7)}, {std::int64_t(10)}};
        const OnRow keep = [&](const Row& row) { ids.push_back(row.integer(0)); };
        tx.run_each("SELECT id FROM kinds WHERE number = $1 ORDER BY id", wanted, keep);
        tx.run_each("SELECT id FROM kinds WHERE number = $1 ORDER BY id", {}, keep);
    });
    EXPECT_EQ(ids, (std::vector<std::int64_t>{2, 3, 1}));
    EXPECT_EQ(code_of([&] {
                  database().write({}, [&](Transaction& tx) {
                      const std::vector<std::vector<Param>> twice{{std::int64_t(4)}, {std::int64_t(4)}};
                      tx.run_each("INSERT INTO kinds (id) VALUES ($1)", twice, {});
                  });
              }),
              Code::kConflict);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds"), 3);
}

TEST_P(DatabaseConformance, WhatIsSentIsDoneInOrder) {
    database().write({}, [](Transaction& tx) {
        tx.send("INSERT INTO kinds (id, number) VALUES ($1, 1)", {std::int64_t(1)});
        tx.send("UPDATE kinds SET number = number + 1", {});
        std::int64_t number = 0;
        tx.run("SELECT number FROM kinds WHERE id = $1", {std::int64_t(1)},
               [&](const Row& row) { number = row.integer(0); });
        EXPECT_EQ(number, 2);
        tx.send("UPDATE kinds SET number = number * 10", {});
    });
    EXPECT_EQ(read_integer("SELECT number FROM kinds"), 20);
    EXPECT_EQ(code_of([&] {
                  database().write({}, [](Transaction& tx) {
                      tx.send("DELETE FROM kinds", {});
                      tx.send("INSERT INTO counters (name) VALUES ('n')", {});
                  });
              }),
              Code::kConflict);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds"), 1);
}

TEST_P(DatabaseConformance, ConstraintsAreConflicts) {
    write("INSERT INTO counters (name, value) VALUES ('a', 1)");
    EXPECT_EQ(code_of([&] { write("INSERT INTO counters (name, value) VALUES ('a', 1)"); }), Code::kConflict);
    EXPECT_EQ(code_of([&] { write("INSERT INTO counters (name) VALUES ('n')"); }), Code::kConflict);
    EXPECT_EQ(code_of([&] { write("UPDATE counters SET value = 1000000"); }), Code::kConflict);
    EXPECT_EQ(code_of([&] { write("INSERT INTO children (id, parent) VALUES (1, 'nobody')"); }), Code::kConflict);
    EXPECT_EQ(read_integer("SELECT value FROM counters"), 1);
}

TEST_P(DatabaseConformance, BadSqlIsInternal) {
    EXPECT_EQ(code_of([&] { write("INSERT INTO nowhere VALUES (1)"); }), Code::kInternal);
    EXPECT_EQ(code_of([&] { write("INSERT INTO kinds (id) VALUES (1); DELETE FROM kinds"); }), Code::kInternal);
}

TEST_P(DatabaseConformance, AReadCannotWrite) {
    EXPECT_EQ(
        code_of([&] { database().read({}, [](Transaction& tx) { tx.run("INSERT INTO kinds (id) VALUES (1)"); }); }),
        Code::kInternal);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds"), 0);
}

TEST_P(DatabaseConformance, WhatAClosureThrowsUndoesItAndReachesItsCaller) {
    EXPECT_THROW(database().write({},
                                  [](Transaction& tx) {
                                      tx.run("INSERT INTO kinds (id) VALUES (1)");
                                      throw std::runtime_error("no");
                                  }),
                 std::runtime_error);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds"), 0);
}

TEST_P(DatabaseConformance, AFailedStatementCannotBeSwallowed) {
    EXPECT_EQ(code_of([&] {
                  database().write({}, [](Transaction& tx) {
                      tx.run("INSERT INTO kinds (id) VALUES (1)");
                      EXPECT_THROW(tx.run("INSERT INTO kinds (id) VALUES (1)"), base::Error);
                  });
              }),
              Code::kInternal);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds"), 0);
}

TEST_P(DatabaseConformance, ATransactionInsideATransactionIsRefused) {
    EXPECT_EQ(code_of([&] { database().write({}, [&](Transaction&) { write("DELETE FROM kinds"); }); }),
              Code::kInternal);
    EXPECT_EQ(code_of([&] { database().read({}, [&](Transaction&) { write("DELETE FROM kinds"); }); }),
              Code::kInternal);
    EXPECT_EQ(code_of([&] { database().read({}, [&](Transaction&) { read_integer("SELECT 1"); }); }), Code::kInternal);
    EXPECT_EQ(write("INSERT INTO kinds (id) VALUES (1)"), 1);
}

TEST_P(DatabaseConformance, AReadSeesOneSnapshot) {
    write("INSERT INTO counters (name, value) VALUES ('a', 1)");
    std::latch first_read(1), written(1);
    const base::Thread writer("test", [&](const std::stop_token&) {
        first_read.wait();
        write("UPDATE counters SET value = 2");
        written.count_down();
    });
    std::vector<std::int64_t> seen;
    database().read({}, [&](Transaction& tx) {
        const OnRow keep = [&](const Row& row) { seen.push_back(row.integer(0)); };
        tx.run("SELECT value FROM counters", {}, keep);
        first_read.count_down();
        written.wait();
        tx.run("SELECT value FROM counters", {}, keep);
    });
    EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 1}));
    EXPECT_EQ(read_integer("SELECT value FROM counters"), 2);
}

TEST_P(DatabaseConformance, ManyThreadsCountWithoutAGap) {
    constexpr int kThreads = 16, kRounds = 20;
    write("INSERT INTO counters (name, value) VALUES ('a', 0)");
    std::vector<std::vector<std::int64_t>> seen(kThreads);
    {
        std::vector<base::Thread> threads;
        for (auto& mine : seen)
            threads.emplace_back("test", [&](const std::stop_token&) {
                for (int round = 0; round < kRounds; ++round) {
                    std::int64_t value = 0;
                    database().write({}, [&](Transaction& tx) {
                        tx.run("UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value", {"a"sv},
                               [&](const Row& row) { value = row.integer(0); });
                    });
                    mine.push_back(value);
                }
            });
    }
    std::vector<std::int64_t> all;
    for (const auto& mine : seen) {
        EXPECT_TRUE(std::ranges::is_sorted(mine));
        all.insert(all.end(), mine.begin(), mine.end());
    }
    std::ranges::sort(all);
    ASSERT_EQ(all.size(), std::size_t{kThreads} * kRounds);
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i], static_cast<std::int64_t>(i) + 1);
}

TEST_P(DatabaseConformance, AmongManyWritersOnlyTheFailingClosuresAreUndone) {
    constexpr int kThreads = 16, kRounds = 20;
    std::atomic<int> conflicts{0};
    {
        std::vector<base::Thread> threads;
        for (int thread = 0; thread < kThreads; ++thread)
            threads.emplace_back("test", [&, thread](const std::stop_token&) {
                for (int round = 0; round < kRounds; ++round) {
                    const std::int64_t id = thread * kRounds + round;
                    try {
                        database().write({}, [&](Transaction& tx) {
                            tx.run("INSERT INTO kinds (id) VALUES ($1)", {id});
                            if (round % 3 == 0) tx.run("INSERT INTO kinds (id) VALUES ($1)", {id});
                        });
                        EXPECT_NE(round % 3, 0);
                    } catch (const base::Error& error) {
                        EXPECT_EQ(error.code(), Code::kConflict);
                        ++conflicts;
                    }
                }
            });
    }
    EXPECT_EQ(conflicts, kThreads * 7);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM kinds"), kThreads * 13);
}

TEST_P(DatabaseConformance, LargeBytesComeBack) {
    const auto raw = pattern(1 << 20);
    write("INSERT INTO kinds (id, raw) VALUES (1, $1)", {std::span<const std::uint8_t>(raw)});
    database().read({}, [&](Transaction& tx) {
        tx.run("SELECT raw FROM kinds", {},
               [&](const Row& row) { EXPECT_TRUE(std::ranges::equal(row.bytes(0), raw)); });
    });
}

TEST_P(DatabaseConformance, WhatWasWrittenIsThereAfterReopening) {
    write("INSERT INTO counters (name, value) VALUES ('a', 7)");
    under_test_->reopen();
    database().migrate(migrations_);
    EXPECT_EQ(read_integer("SELECT value FROM counters"), 7);
}

TEST_P(DatabaseConformance, MigrationsRunOnceAndInOrder) {
    migrations_.push_back({"other", 1, "0001_first", "CREATE TABLE first (id bigint PRIMARY KEY)"});
    migrations_.push_back(
        {"other", 2, "0002_second", "INSERT INTO first (id) VALUES (1); INSERT INTO first (id) VALUES (2)"});
    database().migrate(migrations_);
    database().migrate(migrations_);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM first"), 2);
}

TEST_P(DatabaseConformance, AFailedMigrationLeavesNothingAndCanBeMended) {
    migrations_.push_back({"other", 1, "0001_bad", "CREATE TABLE half (id bigint); INSERT INTO nowhere VALUES (1)"});
    EXPECT_EQ(code_of([&] { database().migrate(migrations_); }), Code::kInternal);
    migrations_.back().sql = "CREATE TABLE half (id bigint)";
    database().migrate(migrations_);
    EXPECT_EQ(read_integer("SELECT COUNT(*) FROM half"), 0);
}

TEST_P(DatabaseConformance, AChangedMigrationIsRefused) {
    migrations_[0].sql += " ";
    EXPECT_EQ(code_of([&] { database().migrate(migrations_); }), Code::kConflict);
}

TEST_P(DatabaseConformance, ANewerDatabaseIsRefused) {
    auto newer = migrations_;
    newer.push_back({"conformance", 2, "0002_more", "CREATE TABLE more (id bigint)"});
    database().migrate(newer);
    EXPECT_EQ(code_of([&] { database().migrate(migrations_); }), Code::kConflict);
}

TEST_P(DatabaseConformance, MigrationsWithAGapAreRefused) {
    migrations_.push_back({"conformance", 3, "0003_gap", "CREATE TABLE gap (id bigint)"});
    EXPECT_EQ(code_of([&] { database().migrate(migrations_); }), Code::kInternal);
}

TEST_P(DatabaseConformance, TellsItsStepsAndTables) {
    EXPECT_EQ(database().applied_steps(), (std::vector<AppliedStep>{{"conformance", 1}}));
    const std::vector<Table> tables = database().tables();
    ASSERT_EQ(tables.size(), 3u);
    EXPECT_EQ(tables[0].name, "kinds");
    EXPECT_EQ(tables[1].name, "counters");
    EXPECT_EQ(tables[2].name, "children");
    EXPECT_EQ(tables[1].key, std::vector<std::string>{"name"});
    std::vector<ColumnType> types;
    for (const Column& column : tables[0].columns) types.push_back(column.type);
    EXPECT_EQ(types, (std::vector{ColumnType::kInteger, ColumnType::kBoolean, ColumnType::kInteger, ColumnType::kReal,
                                  ColumnType::kText, ColumnType::kBytes, ColumnType::kUuid, ColumnType::kTime}));
    EXPECT_FALSE(tables[0].is_owned());
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DatabaseConformance);

}  // namespace engram::ports
