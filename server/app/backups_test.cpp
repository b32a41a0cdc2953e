// Backups, restoring and moving, over whole engrams on both databases.
#include "app/backups.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "adapters/disk/gzip_file.hpp"
#include "adapters/postgres/postgres_database.hpp"
#include "app/databases.hpp"
#include "backup/dump.hpp"
#include "base/json.hpp"
#include "modules/user/user_store.hpp"
#include "testing/errors.hpp"
#include "testing/json_texts.hpp"
#include "testing/postgres_server.hpp"
#include "testing/test_server.hpp"

namespace engram::app {
namespace {

using base::Code;
using boost::json::value;
using http::Method;
using testing::error_of;
using testing::TestServer;
using testing::text_of;

const std::string kAll = "/api/v1/memories/";

// An engram with something in each table.
class Life {
public:
    explicit Life(const std::string& database = {}) : server({.database = database}) {
        anna = server.sign_up("+491511");
        ben = server.sign_up("+491512");
        const std::string one =
            remember("Tea at Ömer's \\u0022place\\u0022", R"(,"created_at":"1970-01-01T00:00:00Z")");
        remember(
            "The key",
            R"(,"created_at":"2014-05-09T10:00:00.123Z","tags":["keys"],"metadata":{"n":0.1},"confidence_score":0.8)");
        remember("gone");
        server.expect(200, Method::kPut, kAll + one, R"({"title":"Attic"})", anna);
        server.expect(200, Method::kPost, kAll + "bulk", R"({"query":{"tag":"keys"},"set":{"pinned":true}})", anna);
        server.expect(201, Method::kPost, kAll, R"({"content":"Ben's own"})", ben);
        server.expect(204, Method::kDelete, kAll + remember("trash"), "", anna);
        server.expect(204, Method::kDelete, kAll + remember("purged") + "?purge=true", "", anna);
    }

    std::string remember(const std::string& content, const std::string& more = {}) {
        return text_of(server.expect(201, Method::kPost, kAll, R"({"content":")" + content + "\"" + more + "}", anna),
                       "id");
    }
    void sign_in() {
        anna = text_of(server.sign_in("+491511"), "access_token");
        ben = text_of(server.sign_in("+491512"), "access_token");
    }
    // All that anybody can see of memories.
    std::string seen() {
        std::string text;
        for (const std::string& token : {anna, ben})
            for (const char* query : {"", "?trash=true", "?tag=keys"})
                text += server.send(Method::kGet, kAll + query, "", token).body + "\n";
        return text;
    }
    std::int64_t epoch() { return server.expect(200, Method::kGet, kAll + "status", "", anna).at("epoch").as_int64(); }

    std::string back_up(const std::string& name = "backup.gz") {
        const auto database = open_database(server.config(), server.clock(), Access::kRead);
        const std::string path = server.config().data + "/" + name;
        write_backup(*database, path, server.clock());
        return path;
    }
    RestoreParts parts() { return {server.clock(), server.random()}; }

    TestServer server;
    std::string anna, ben;
};

std::string new_postgres() { return testing::PostgresServer::shared().create_database(); }

class BackupsTest : public ::testing::TestWithParam<const char*> {
protected:
    static std::string new_database() {
        return std::string(GetParam()) == "sqlite" ? std::string("sqlite:") : new_postgres();
    }
};

TEST_P(BackupsTest, EverythingComesBackInANewPlaceAndClientsStartOver) {
    Life life(new_database());
    const std::string path = life.back_up(), before = life.seen();
    const std::int64_t epoch = life.epoch();
    life.remember("after the backup");
    testing::TestFolder elsewhere;
    Config target = life.server.config();
    target.data = elsewhere.path() + "/new";
    std::filesystem::create_directory(target.data);
    if (!target.is_embedded()) target.database = new_postgres();
    const RestoreReport report = restore(target, path, false, life.parts());
    EXPECT_EQ(report.amount.persons, 2u);
    EXPECT_EQ(report.amount.memories, 5u);
    EXPECT_EQ(report.kept, "");
    life.server.config() = target;
    life.server.restart();
    EXPECT_EQ(life.server.send(Method::kGet, kAll, "", life.anna).status, 401) << "everybody was signed out";
    life.sign_in();
    EXPECT_EQ(life.seen(), before);
    EXPECT_NE(life.epoch(), epoch);
    life.server.expect(409, Method::kGet, "/api/v1/sync?since=1&epoch=" + std::to_string(epoch), "", life.anna);
    life.remember("it goes on");
}

TEST_P(BackupsTest, AnotherKindOfDatabaseTakesTheBackupToo) {
    Life life(new_database());
    const std::string path = life.back_up(), before = life.seen();
    life.server.stop();
    life.server.config().database = std::string(GetParam()) == "sqlite" ? new_postgres() : std::string("sqlite:");
    restore(life.server.config(), path, false, life.parts());
    life.server.restart();
    life.sign_in();
    EXPECT_EQ(life.seen(), before);
}

// A server that nobody has used has put jobs there; one that broke off has made half of the schema.
TEST_P(BackupsTest, FitsWhereNobodyIsYet) {
    Life life(new_database());
    const std::string path = life.back_up(), before = life.seen();
    life.server.stop();
    const std::string served = new_postgres(), half = new_postgres(), converted = new_postgres();
    for (const std::string& database : {served, converted}) {
        testing::TestServer empty({.database = database});
    }
    postgres::open_postgres({.url = half}, life.server.clock())->migrate(std::vector{schema().front()});
    Config target = life.server.config();
    for (const std::string& database : {served, half}) {
        target.database = database;
        EXPECT_EQ(restore(target, path, false, life.parts()).amount.memories, 5u) << database;
    }
    target.database = converted;
    EXPECT_EQ(convert(life.server.config(), target, {}, life.parts()).persons, 2u);
    life.server.config() = target;
    life.server.restart();
    life.sign_in();
    EXPECT_EQ(life.seen(), before);
}

TEST_P(BackupsTest, WhatIsWrittenMeanwhileIsInItOrNotButNeverHalf) {
    Life life(new_database());
    const auto database = open_database(life.server.config(), life.server.clock(), Access::kRead);
    int lines = 0;
    std::string first, second;
    const auto dump_once = [&](std::string& into, bool writing) {
        backup::dump(*database, {.persons = &persons}, [&](std::string_view line) {
            if (writing && ++lines % 2 == 0) life.remember("meanwhile " + std::to_string(lines));
            into.append(line).append("\n");
        });
    };
    dump_once(first, true);
    EXPECT_EQ(first.find("meanwhile"), std::string::npos);
    EXPECT_GT(lines, 10);
    dump_once(second, false);
    EXPECT_NE(second.find("meanwhile " + std::to_string(lines - lines % 2)), std::string::npos);
}

TEST_P(BackupsTest, IsNotLetIntoADatabaseWhereSomebodyIs) {
    Life life(new_database());
    const std::string path = life.back_up();
    EXPECT_EQ(error_of([&] { restore(life.server.config(), path, true, life.parts()); }).code(), Code::kConflict);
    life.server.stop();
    EXPECT_EQ(error_of([&] { restore(life.server.config(), path, false, life.parts()); }).code(), Code::kConflict);
    life.server.restart();
    EXPECT_EQ(life.server.send(Method::kGet, kAll, "", life.anna).status, 200);
}

TEST_P(BackupsTest, MovingToTheOtherKindKeepsSessionsAndHistory) {
    Life life(new_database());
    const std::string before = life.seen();
    const std::int64_t epoch = life.epoch();
    Config target = life.server.config();
    target.database = std::string(GetParam()) == "sqlite" ? new_postgres() : std::string("sqlite:");
    life.server.stop();
    const Amount amount = convert(life.server.config(), target, {}, life.parts());
    EXPECT_EQ(amount.persons, 2u);
    EXPECT_EQ(error_of([&] { convert(life.server.config(), target, {}, life.parts()); }).code(), Code::kConflict);
    life.server.config() = target;
    life.server.restart();
    EXPECT_EQ(life.seen(), before);
    EXPECT_EQ(life.epoch(), epoch);
}

INSTANTIATE_TEST_SUITE_P(Databases, BackupsTest, ::testing::Values("sqlite", "postgres"),
                         [](const auto& one) { return std::string(one.param); });

TEST(BackupsOfOnePerson, AreMovedBesideOthers) {
    Life life("sqlite:"), other(new_postgres());
    other.server.stop();
    life.server.stop();
    Config target = life.server.config();
    target.database = other.server.config().database;
    // Both have these phone numbers: nothing may be changed.
    EXPECT_EQ(error_of([&] { convert(life.server.config(), target, "+491511", life.parts()); }).code(),
              Code::kConflict);
    EXPECT_EQ(error_of([&] { convert(life.server.config(), target, "+4917", life.parts()); }).code(), Code::kNotFound);
    life.server.restart();
    const std::string eve = life.server.sign_up("+491513");
    life.server.expect(201, Method::kPost, kAll, R"({"content":"Eve's"})", eve);
    life.server.stop();
    EXPECT_EQ(convert(life.server.config(), target, "+491513", life.parts()).memories, 1u);
    other.server.restart();
    const std::string token = text_of(other.server.sign_in("+491513"), "access_token");
    EXPECT_EQ(other.server.expect(200, Method::kGet, kAll, "", token).as_array().size(), 1u);
    EXPECT_EQ(other.server.expect(200, Method::kGet, kAll, "", other.anna).as_array().size(), 3u);
}

TEST(BackupsInAFolder, TakeThePlaceOfWhatIsThereAndGiveItBack) {
    Life life("sqlite:");
    const std::string path = life.back_up(), at_backup = life.seen();
    life.remember("after the backup");
    const std::string later = life.seen();
    const std::int64_t epoch = life.epoch();
    life.server.stop();
    const RestoreReport report = restore(life.server.config(), path, true, life.parts());
    EXPECT_TRUE(std::filesystem::exists(report.kept));
    life.server.restart();
    life.sign_in();
    EXPECT_EQ(life.seen(), at_backup);
    life.server.stop();
    life.server.clock().advance(std::chrono::seconds(1));
    const std::string kept = roll_back_restore(life.server.config(), life.server.clock());
    EXPECT_TRUE(std::filesystem::exists(kept));
    EXPECT_FALSE(std::filesystem::exists(report.kept));
    life.server.restart();
    life.sign_in();
    EXPECT_EQ(life.seen(), later);
    EXPECT_EQ(life.epoch(), epoch) << "clients go on where they were";
    testing::TestFolder empty;
    Config nothing;
    nothing.data = empty.path();
    EXPECT_EQ(error_of([&] { roll_back_restore(nothing, life.server.clock()); }).code(), Code::kNotFound);
}

TEST(BackupsInAFolder, ReplaceADatabaseThatCannotBeRead) {
    Life life("sqlite:");
    const std::string path = life.back_up(), before = life.seen();
    life.server.stop();
    std::ofstream(database_path(life.server.config())) << "this was a database";
    EXPECT_EQ(error_of([&] { restore(life.server.config(), path, false, life.parts()); }).code(), Code::kConflict);
    const RestoreReport report = restore(life.server.config(), path, true, life.parts());
    EXPECT_EQ(std::filesystem::file_size(report.kept), 19u);
    life.server.restart();
    life.sign_in();
    EXPECT_EQ(life.seen(), before);
}

// The lines of a gzip file; nothing where it cannot be read.
std::optional<std::string> lines_of(const std::string& path) {
    try {
        disk::GzipReader reader(path);
        std::string lines;
        for (std::string line; reader.line(line);) lines += line + "\n";
        return lines;
    } catch (const base::Error&) {
        return std::nullopt;
    }
}

// Whatever became of the file: it is refused, and what is there stands.
TEST(BackupsThatAreBroken, AreRefusedAndNothingIsTouched) {
    Life life("sqlite:");
    const std::string path = life.back_up();
    life.server.stop();
    std::ifstream file(path, std::ios::binary);
    const std::string whole(std::istreambuf_iterator<char>(file), {}), plain = lines_of(path).value();
    const std::string broken = life.server.config().data + "/broken.gz";
    const auto refused = [&](const std::string& bytes) {
        std::ofstream(broken, std::ios::binary) << bytes;
        const base::Error error = error_of([&] { restore(life.server.config(), broken, true, life.parts()); });
        EXPECT_TRUE(error.code() == Code::kInvalid || error.code() == Code::kConflict) << error.safe();
        EXPECT_EQ(error.safe().find("replaced"), std::string::npos);
    };
    for (std::size_t size = 0; size < whole.size(); size += 97) refused(whole.substr(0, size));
    for (std::size_t at = 20; at < whole.size(); at += 97) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        std::ofstream(broken, std::ios::binary) << flipped;
        if (lines_of(broken) != plain) refused(flipped);  // a few bits of gzip only fill up its bytes
    }
    for (std::size_t line = 0; line < plain.size(); line = plain.find('\n', line) + 1) refused(plain.substr(0, line));
    refused(plain + "[1]\n");
    std::string changed = plain;
    changed.replace(changed.find("The key"), 7, "The kay");
    refused(changed);
    changed = plain;
    changed.replace(changed.find(R"("number":3)"), 10, R"("number":9)");
    refused(changed);
    restore(life.server.config(), path, true, life.parts());
    life.server.restart();
    life.sign_in();
    EXPECT_NE(life.seen().find("The key"), std::string::npos);
}

TEST(BackupsBeforeAMigration, AreMadeAndComeBackUnderTheirOwnSchema) {
    testing::TestFolder folder;
    testing::FakeClock clock;
    testing::FakeRandom random;
    Config config;
    config.data = folder.path();
    {
        std::vector<ports::Migration> old;
        for (const ports::Migration& step : schema())
            if (step.module == "user" || (step.module == "memory" && step.number == 1)) old.push_back(step);
        const auto database = open_database(config, clock);
        database->migrate(old);
        database->write({}, [&](ports::Transaction& tx) {
            user::store::insert_user(tx, {.phone_number = "+491511", .created_at = clock.now()}, "x");
        });
        EXPECT_EQ(schema_state(*database).pending,
                  (std::vector<std::string>{"memory 0002_changes", "memory 0003_undo", "memory 0004_entry_revision",
                                            "memory 0005_synonyms", "memory 0006_vectors", "memory 0007_vector_models",
                                            "integration 0001_imports", "queue 0001_jobs"}));
        EXPECT_EQ(schema_state(*database).is_new, false);
    }
    const std::string backup = bring_up_to_date_alone(config, clock);
    ASSERT_TRUE(std::filesystem::exists(backup));
    EXPECT_EQ(bring_up_to_date_alone(config, clock), "") << "there is nothing to do";
    const backup::Contents contents = check_backup(backup);
    EXPECT_EQ(contents.header.schema.size(), 3u);
    EXPECT_EQ(restore(config, backup, true, {clock, random}).amount.persons, 1u);
    EXPECT_TRUE(schema_state(*open_database(config, clock)).pending.empty());
}

TEST_P(BackupsTest, ADatabaseOfANewerProgramIsNotCalledUpToDate) {
    const testing::TestFolder folder;
    const testing::FakeClock clock;
    Config config;
    config.data = folder.path();
    config.database = new_database();
    const auto database = open_database(config, clock);
    std::vector<ports::Migration> newer = schema();
    newer.push_back({"zoo", 1, "0001_animals", "CREATE TABLE animals (id uuid PRIMARY KEY)"});
    database->migrate(newer);
    EXPECT_EQ(error_of([&] { schema_state(*database); }).code(), Code::kConflict);
    EXPECT_EQ(error_of([&] { database->migrate(schema()); }).code(), Code::kConflict);
}

}  // namespace
}  // namespace engram::app
