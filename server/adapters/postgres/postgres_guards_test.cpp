// What PostgreSQL alone does: roles, row-level security, partitions, retries, and a server that goes away.
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>

#include "adapters/postgres/postgres_database.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/error.hpp"
#include "base/thread.hpp"
#include "testing/errors.hpp"
#include "testing/postgres_server.hpp"

namespace engram::postgres {
namespace {

using base::Code;
using ports::Row;
using ports::Transaction;
using testing::error_of;
using testing::PostgresServer;

constexpr char kTables[] = R"(
CREATE TABLE notes (user_id uuid NOT NULL, created_at timestamptz NOT NULL, number bigint NOT NULL)
    PARTITION BY RANGE (created_at);
CREATE TABLE notes_default PARTITION OF notes DEFAULT;
ALTER TABLE notes_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON notes USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);
CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL);
INSERT INTO counters VALUES ('a', 0), ('b', 0);
CREATE SEQUENCE refusals;
GRANT USAGE ON SEQUENCE refusals TO engram_app;
CREATE FUNCTION refuse_twice() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE refused bigint := nextval('refusals');
BEGIN
    IF refused < 3 THEN RAISE EXCEPTION 'not now' USING ERRCODE = 'serialization_failure'; END IF;
    RETURN refused;
END $$;
)";

base::Uuid person(std::uint8_t number) {
    base::Uuid id;
    id.bytes[15] = number;
    return id;
}

base::Time day(int year, unsigned month, unsigned day_of_month) {
    return std::chrono::sys_days(std::chrono::year(year) / month / day_of_month);
}

class PostgresGuards : public ::testing::Test {
protected:
    PostgresGuards() { database_->migrate({&tables_, 1}); }

    void add_note(const base::Uuid& owner, base::Time at, std::int64_t number) {
        database_->write(owner, [&](Transaction& tx) {
            tx.run("INSERT INTO notes (user_id, created_at, number) VALUES ($1, $2, $3)", {owner, at, number});
        });
    }

    std::int64_t read_integer(const ports::Owner& owner, std::string_view sql,
                              std::initializer_list<ports::Param> params = {}) {
        std::int64_t value = -1;
        database_->read(owner,
                        [&](Transaction& tx) { tx.run(sql, params, [&](const Row& row) { value = row.integer(0); }); });
        return value;
    }

    PostgresServer& server_ = PostgresServer::shared();
    std::string url_ = server_.create_database();
    ports::Migration tables_{"guards", 1, "0001_tables", "", kTables};
    system::SystemClock clock_;
    std::unique_ptr<ports::Database> database_ = open_postgres({.url = url_}, clock_);
};

TEST_F(PostgresGuards, ThePersonOfTheTransactionSeesNothingOfAnother) {
    add_note(person(1), day(2026, 11, 27), 1);
    EXPECT_EQ(read_integer(person(1), "SELECT COUNT(*) FROM notes WHERE user_id = $1", {person(1)}), 1);
    EXPECT_EQ(read_integer(person(2), "SELECT COUNT(*) FROM notes WHERE user_id = $1", {person(1)}), 0);
    EXPECT_EQ(read_integer(std::nullopt, "SELECT COUNT(*) FROM notes"), 0);
    EXPECT_EQ(error_of([&] {
                  database_->write(person(2), [&](Transaction& tx) {
                      tx.run("INSERT INTO notes (user_id, created_at, number) VALUES ($1, $2, 2)",
                             {person(1), day(2026, 11, 27)});
                  });
              }).code(),
              Code::kInternal);
    database_->write(person(2), [&](Transaction& tx) {
        EXPECT_EQ(tx.run("UPDATE notes SET number = 7 WHERE user_id = $1", {person(1)}), 0);
        EXPECT_EQ(tx.run("DELETE FROM notes WHERE user_id = $1", {person(1)}), 0);
    });
    EXPECT_EQ(read_integer(person(1), "SELECT COUNT(*) FROM notes"), 1);
}

TEST_F(PostgresGuards, APartitionShowsNobodyAnything) {
    database_->ensure_partition("notes", day(2026, 11, 27));
    add_note(person(1), day(2026, 11, 27), 1);
    EXPECT_EQ(error_of([&] { read_integer(person(1), "SELECT COUNT(*) FROM notes_2026_11"); }).code(),
              Code::kInternal);  // the application has no business there
    const std::string as_person =
        "SELECT set_config('app.current_user_id', '00000000-0000-0000-0000-000000000001', "
        "false); ";
    EXPECT_EQ(server_.run_sql(url_, as_person + "SELECT COUNT(*) FROM notes_2026_11"),
              "00000000-0000-0000-0000-000000000001\n0\n");  // nor sees the tables' owner anything
    EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*) FROM notes_2026_11"), "1\n");
}

TEST_F(PostgresGuards, ThePersonEndsWithTheTransaction) {
    add_note(person(1), day(2026, 11, 27), 1);
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(read_integer(person(1), "SELECT COUNT(*) FROM notes"), 1);
        EXPECT_EQ(read_integer(std::nullopt, "SELECT COUNT(*) FROM notes"), 0);
        database_->write(std::nullopt, [](Transaction& tx) {
            tx.run("SELECT COUNT(*) FROM notes", {}, [](const Row& row) { EXPECT_EQ(row.integer(0), 0); });
        });
    }
}

TEST_F(PostgresGuards, TheApplicationCannotChangeTheSchema) {
    for (const char* sql : {"DROP TABLE counters", "CREATE TABLE mine (id bigint)", "DELETE FROM schema_migrations",
                            "ALTER TABLE notes DISABLE ROW LEVEL SECURITY"})
        EXPECT_EQ(error_of([&] { database_->write({}, [&](Transaction& tx) { tx.run(sql); }); }).code(),
                  Code::kInternal)
            << sql;
}

TEST_F(PostgresGuards, APartitionTakesItsRowsOutOfTheDefaultOne) {
    for (std::uint8_t who : {1, 2}) {
        add_note(person(who), day(2014, 5, 31) + std::chrono::hours(23), 1);
        add_note(person(who), day(2014, 6, 1), 2);
    }
    database_->ensure_partition("notes", day(2014, 5, 9));
    database_->ensure_partition("notes", day(2014, 5, 10));
    EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*), MIN(number), MAX(number) FROM notes_2014_05"),
              "2|1|1\n");
    EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*) FROM notes_default"), "2\n");
    EXPECT_EQ(read_integer(person(2), "SELECT COUNT(*) FROM notes"), 2);
    EXPECT_EQ(server_.run_sql(url_, "SELECT COUNT(*) FROM notes_default"), "0\n");
}

TEST_F(PostgresGuards, PartitionsAreMadeWhileOthersWrite) {
    std::vector<base::Thread> threads;
    for (std::uint8_t who = 1; who <= 8; ++who)
        threads.emplace_back("test", [this, who](const std::stop_token&) {
            for (int year = 1970; year < 1976; ++year) {
                database_->ensure_partition("notes", day(year, who % 3 + 1, 1));
                add_note(person(who), day(year, who % 3 + 1, 1), year);
                add_note(person(who), day(year, 7, 1), year);
            }
        });
    threads.clear();
    for (std::uint8_t who = 1; who <= 8; ++who) EXPECT_EQ(read_integer(person(who), "SELECT COUNT(*) FROM notes"), 12);
    EXPECT_EQ(server_.run_as_superuser(url_, "SELECT COUNT(*) FROM notes_default"), "48\n");
}

TEST_F(PostgresGuards, WhatTheServerEndsForTheSakeOfOthersIsRunAgain) {
    int runs = 0;
    database_->write({}, [&](Transaction& tx) {
        ++runs;
        tx.run("UPDATE counters SET value = value + 1 WHERE name = 'a'");
        tx.run("SELECT refuse_twice()");
    });
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(read_integer({}, "SELECT value FROM counters WHERE name = 'a'"), 1);
}

// Each locks what the other wants next.
TEST_F(PostgresGuards, ADeadlockIsRunAgain) {
    std::latch both(2);
    std::atomic<int> runs{0};
    {
        std::vector<base::Thread> threads;
        for (std::uint8_t who : {1, 2})
            threads.emplace_back("test", [&, who](const std::stop_token&) {
                bool waited = false;
                database_->write(person(who), [&](Transaction& tx) {
                    ++runs;
                    const char* up = "UPDATE counters SET value = value + 1 WHERE name = $1";
                    tx.run(up, {std::string_view(who == 1 ? "a" : "b")});
                    if (!std::exchange(waited, true)) both.arrive_and_wait();
                    tx.run(up, {std::string_view(who == 1 ? "b" : "a")});
                });
            });
    }
    EXPECT_GE(runs, 3);  // the one that was ended may come before the waiting one again, and be ended again
    EXPECT_EQ(read_integer({}, "SELECT value FROM counters WHERE name = 'a'"), 2);
    EXPECT_EQ(read_integer({}, "SELECT value FROM counters WHERE name = 'b'"), 2);
}

TEST_F(PostgresGuards, WhatIsSentIsDoneAndItsErrorIsNotLost) {
    database_->write({}, [](Transaction& tx) {
        tx.send("UPDATE counters SET value = 5 WHERE name = $1", {std::string_view("a")});
        tx.run("SELECT value FROM counters WHERE name = 'a'", {}, [](const Row& row) { EXPECT_EQ(row.integer(0), 5); });
        tx.send("UPDATE counters SET value = 6 WHERE name = $1", {std::string_view("a")});
    });
    EXPECT_EQ(read_integer({}, "SELECT value FROM counters WHERE name = 'a'"), 6);
    const auto error = error_of([&] {
        database_->write({}, [](Transaction& tx) {
            tx.send("UPDATE counters SET value = 9 WHERE name = $1", {std::string_view("a")});
            tx.send("INSERT INTO counters (name, value) VALUES ('a', $1)", {std::int64_t(1)});
        });
    });
    EXPECT_EQ(error.code(), Code::kConflict);
    EXPECT_NE(error.detail().find("counters_pkey"), std::string::npos);
    EXPECT_EQ(read_integer({}, "SELECT value FROM counters WHERE name = 'a'"), 6);
}

TEST_F(PostgresGuards, ConnectionsThatDiedIdleAreReplacedUnseen) {
    EXPECT_EQ(read_integer({}, "SELECT 1"), 1);
    server_.run_as_superuser(url_,
                             "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                             "AND datname = current_database()");
    EXPECT_EQ(read_integer({}, "SELECT 1"), 1);
    server_.run_as_superuser(url_,
                             "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                             "AND datname = current_database()");
    database_->write({}, [](Transaction& tx) { tx.run("UPDATE counters SET value = 1"); });
    EXPECT_EQ(read_integer({}, "SELECT value FROM counters WHERE name = 'b'"), 1);
}

TEST_F(PostgresGuards, OneThatDiesInTheMiddleIsUnavailableAndHalfDoneIsUndone) {
    const auto error = error_of([&] {
        database_->write({}, [this](Transaction& tx) {
            tx.run("UPDATE counters SET value = 1");
            server_.run_as_superuser(url_,
                                     "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                                     "pg_backend_pid() AND datname = current_database()");
            tx.run("UPDATE counters SET value = 2");
        });
    });
    EXPECT_EQ(error.code(), Code::kUnavailable);
    EXPECT_TRUE(error.retry_after);
    EXPECT_EQ(read_integer({}, "SELECT value FROM counters WHERE name = 'a'"), 0);
}

TEST_F(PostgresGuards, EveryConnectionInUseIsUnavailableAfterAWhile) {
    const auto small =
        open_postgres({.url = url_, .connections_max = 1, .wait_max = std::chrono::milliseconds(1)}, clock_);
    std::latch inside(1), done(1);
    const base::Thread holder("test", [&](const std::stop_token&) {
        small->read({}, [&](Transaction& tx) {
            tx.run("SELECT 1");
            inside.count_down();
            done.wait();
        });
    });
    inside.wait();
    EXPECT_EQ(error_of([&] { small->read({}, [](Transaction&) {}); }).code(), Code::kUnavailable);
    done.count_down();
}

TEST_F(PostgresGuards, ALoginOrServerThatIsNotThereIsToldApart) {
    const std::string elsewhere = "postgres://nobody@127.0.0.1:1/x";
    const auto away = error_of([&] { open_postgres({.url = elsewhere}, clock_)->migrate({&tables_, 1}); });
    EXPECT_EQ(away.code(), Code::kUnavailable);
    std::string stranger = url_;
    stranger.replace(stranger.find("engram_owner"), 12, "stranger");
    const auto refused = error_of([&] { open_postgres({.url = stranger}, clock_)->migrate({&tables_, 1}); });
    EXPECT_EQ(refused.code(), Code::kForbidden);
}

// Writers go on while the server is killed and started again, and write down what they were promised.
TEST(PostgresRestart, NothingAcknowledgedIsLostAndThePoolComesBack) {
    PostgresServer server;
    const system::SystemClock clock;
    const ports::Migration tables{"guards", 1, "0001_tables", "CREATE TABLE entries (number bigint PRIMARY KEY)"};
    const auto database = open_postgres({.url = server.create_database()}, clock);
    database->migrate({&tables, 1});
    std::atomic<std::int64_t> next{0};
    std::atomic<int> refused{0}, since_start{0};
    std::mutex mutex;
    std::set<std::int64_t> promised;
    std::latch warm(200);
    {
        std::vector<base::Thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back("test", [&](const std::stop_token& stop) {
                while (!stop.stop_requested()) {
                    const std::int64_t number = ++next;
                    try {
                        database->write(person(static_cast<std::uint8_t>(number % 8)), [&](Transaction& tx) {
                            tx.run("INSERT INTO entries (number) VALUES ($1)", {number});
                        });
                    } catch (const base::Error& error) {
                        EXPECT_EQ(error.code(), Code::kUnavailable) << error.detail();
                        EXPECT_TRUE(error.retry_after);
                        ++refused;
                        refused.notify_all();
                        continue;
                    }
                    if (number <= 200) warm.count_down();
                    const std::lock_guard lock(mutex);
                    promised.insert(number);
                    ++since_start;
                    since_start.notify_all();
                }
            });
        warm.wait();
        for (int round = 0; round < 2; ++round) {
            const int before = refused;
            if (round == 0) server.kill();
            if (round == 1) server.stop();
            refused.wait(before);
            server.start();
            since_start = 0;
            since_start.wait(0);
        }
    }
    std::set<std::int64_t> found;
    database->read({}, [&](Transaction& tx) {
        found.clear();
        tx.run("SELECT number FROM entries", {}, [&](const Row& row) { found.insert(row.integer(0)); });
    });
    EXPECT_GT(refused, 0);
    for (const std::int64_t number : promised) EXPECT_TRUE(found.contains(number)) << number;
}

}  // namespace
}  // namespace engram::postgres
