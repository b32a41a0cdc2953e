#include <gtest/gtest.h>

#include "backup/loader.hpp"
#include "base/error.hpp"
#include "testing/open_databases.hpp"
#include "testing/test_folder.hpp"

namespace engram::backup {
namespace {

using base::Code;
using ports::ColumnType;

constexpr char kSchema[] =
    "CREATE TABLE users (id uuid PRIMARY KEY, name text);"
    "CREATE TABLE notes (user_id uuid NOT NULL, number bigint NOT NULL, at timestamptz NOT NULL, words text, raw bytea,"
    " ratio double precision, good boolean, PRIMARY KEY (user_id, at, number));"
    "CREATE TABLE visits (id bigint PRIMARY KEY, user_id uuid NOT NULL REFERENCES users (id));"
    "CREATE TABLE settings (name text PRIMARY KEY);";

base::Uuid person(std::uint8_t number) {
    base::Uuid id;
    id.bytes[15] = number;
    return id;
}

std::vector<base::Uuid> persons(ports::Transaction& tx) {
    std::vector<base::Uuid> ids;
    tx.run("SELECT id FROM users ORDER BY id", {}, [&](const ports::Row& row) { ids.push_back(row.uuid(0)); });
    return ids;
}

class BackupTest : public ::testing::Test {
protected:
    std::unique_ptr<ports::Database> make(const std::string& name) {
        auto database = testing::open_sqlite_file(folder_.file(name));
        database->migrate(std::array{ports::Migration{"test", 1, "0001_test", kSchema}});
        return database;
    }

    // Persons 1 to 3 with `notes` each, person 3 with none.
    std::unique_ptr<ports::Database> inhabited(std::int64_t notes) {
        auto database = make("from.db");
        database->write({}, [&](ports::Transaction& tx) {
            for (std::uint8_t who = 1; who <= 3; ++who) {
                tx.run("INSERT INTO users VALUES ($1, 'somebody')", {person(who)});
                tx.run("INSERT INTO visits VALUES ($1, $2)", {std::int64_t{who}, person(who)});
                for (std::int64_t number = 0; number < (who < 3 ? notes : 0); ++number) insert_note(tx, who, number);
            }
            tx.run("INSERT INTO settings VALUES ('colour')");
        });
        return database;
    }

    static void insert_note(ports::Transaction& tx, std::uint8_t who, std::int64_t number) {
        const base::Bytes raw{0, 255, static_cast<std::uint8_t>(number)};
        const ports::Param words = number % 3 == 0 ? ports::Param(nullptr) : std::string_view("tea \"\\ \n ü");
        tx.run("INSERT INTO notes VALUES ($1, $2, $3, $4, $5, $6, $7)",
               {person(who), number, base::Time(std::chrono::microseconds(number / 7)), words,
                std::span<const std::uint8_t>(raw), static_cast<double>(number) / 7, number % 2 == 0});
    }

    static std::vector<std::string> lines_of(ports::Database& database, std::optional<base::Uuid> who = {}) {
        std::vector<std::string> lines;
        dump(database, {.persons = &persons, .made_by = "test", .person = who},
             [&](std::string_view line) { lines.emplace_back(line); });
        return lines;
    }

    static Contents load(ports::Database& database, const std::vector<std::string>& lines) {
        Loader loader(database, &persons);
        Parser parser(loader);
        for (const std::string& line : lines) parser.line(line);
        Contents contents = parser.finish();
        loader.finish();
        return contents;
    }

    static Code refusal_of(const std::vector<std::string>& lines) {
        try {
            auto line = lines.begin();
            check([&](std::string& text) {
                if (line == lines.end()) return false;
                text = *line;
                ++line;
                return true;
            });
        } catch (const base::Error& error) {
            return error.code();
        }
        ADD_FAILURE() << "it was taken for whole";
        return Code::kInternal;
    }

    static std::int64_t count(ports::Database& database, std::string_view sql) {
        std::int64_t number = -1;
        database.read({}, [&](ports::Transaction& tx) {
            tx.run(sql, {}, [&](const ports::Row& row) { number = row.integer(0); });
        });
        return number;
    }

    testing::TestFolder folder_;
};

// Pages are of 500 rows, and writes of 250: numbers on both sides of those.
TEST_F(BackupTest, WhatIsLoadedIsWhatWasThere) {
    for (const std::int64_t notes : {0, 1, 249, 250, 499, 500, 501, 1300}) {
        const auto from = inhabited(notes), to = make("to.db");
        const std::vector<std::string> lines = lines_of(*from);
        const Contents contents = load(*to, lines);
        EXPECT_EQ(rows_of(contents.digests), 2 * notes + 3 + 3 + 1);
        EXPECT_EQ(lines_of(*to), lines);
        for (const char* name : {"from.db", "to.db"}) std::filesystem::remove(folder_.file(name));
    }
}

TEST_F(BackupTest, OnePersonsPartHoldsNothingOfOthers) {
    const auto from = inhabited(3), to = make("to.db");
    const Contents contents = load(*to, lines_of(*from, person(2)));
    EXPECT_EQ(contents.digests.at("notes").rows, 3);
    EXPECT_EQ(contents.digests.at("users").rows, 1);
    EXPECT_EQ(contents.digests.at("visits").rows, 1);
    EXPECT_FALSE(contents.digests.contains("settings"));
    EXPECT_EQ(count(*to, "SELECT COUNT(*) FROM notes"), 3);
    load(*to, lines_of(*from, person(1)));
    EXPECT_EQ(count(*to, "SELECT COUNT(*) FROM users"), 2);
    EXPECT_THROW(load(*to, lines_of(*from, person(2))), base::Error) << "that one is here already";
    EXPECT_EQ(count(*to, "SELECT COUNT(*) FROM notes"), 6);
}

TEST_F(BackupTest, ALoadThatBrokeOffShowsNobodyAndTheNextOneBeginsAnew) {
    const auto from = inhabited(600), to = make("to.db");
    std::vector<std::string> lines = lines_of(*from), half(lines.begin(), lines.begin() + 900);
    EXPECT_THROW(load(*to, half), base::Error);
    EXPECT_EQ(count(*to, "SELECT COUNT(*) FROM users"), 0);
    EXPECT_GT(count(*to, "SELECT COUNT(*) FROM notes"), 0);
    load(*to, lines);
    EXPECT_EQ(lines_of(*to), lines);
}

TEST_F(BackupTest, ADatabaseWithOtherTablesIsRefused) {
    const auto from = inhabited(1);
    const auto other = testing::open_sqlite_file(folder_.file("other.db"));
    other->migrate(std::array{ports::Migration{"test", 1, "0001_test", "CREATE TABLE users (id uuid PRIMARY KEY)"}});
    EXPECT_THROW(load(*other, lines_of(*from)), base::Error);
}

TEST_F(BackupTest, LinesThatAreMissingTurnedOrChangedAreNoticed) {
    const std::vector<std::string> lines = lines_of(*inhabited(2));
    ASSERT_GT(lines.size(), 10u);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        auto broken = lines;
        broken.erase(broken.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_EQ(refusal_of(broken), Code::kInvalid) << at;
        broken = lines;
        broken.insert(broken.begin() + static_cast<std::ptrdiff_t>(at), lines[at]);
        EXPECT_EQ(refusal_of(broken), Code::kInvalid) << at;
        broken = lines;
        broken[at].back() = ' ';
        EXPECT_EQ(refusal_of(broken), Code::kInvalid) << at;
    }
    EXPECT_EQ(refusal_of({}), Code::kInvalid);
    EXPECT_EQ(refusal_of({""}), Code::kInvalid);
    EXPECT_EQ(refusal_of({R"({"engram":"backup","format":2})"}), Code::kConflict);
}

TEST(BackupRow, EveryTypeComesBackExactly) {
    const std::vector<ports::Column> columns{
        {"a", ColumnType::kBoolean}, {"b", ColumnType::kInteger}, {"c", ColumnType::kReal}, {"d", ColumnType::kText},
        {"e", ColumnType::kBytes},   {"f", ColumnType::kUuid},    {"g", ColumnType::kTime}, {"h", ColumnType::kReal}};
    const auto low = std::numeric_limits<std::int64_t>::min(), high = std::numeric_limits<std::int64_t>::max();
    const std::vector<Values> rows{
        {true, low, 0.1, std::string("\x01\"\\/\n\t 𝄞"), base::Bytes{0, 1, 254}, person(7), base::Time::min(), 3.0},
        {false, high, -1e300, std::string(), base::Bytes{}, person(0), base::Time::max(), 5e-324},
        Values(8, nullptr)};
    for (const Values& row : rows) {
        std::string line;
        append_line(line, row);
        EXPECT_EQ(line.find('\n'), std::string::npos);
        EXPECT_EQ(read_line(line, columns), row) << line;
    }
    for (const char* line : {"[]", "{}", R"([true,1,"1","","","x",1,"1"])", R"([1,1,"1","","",null,1,"1"])",
                             R"([true,1.5,"1","","",null,1,"1"])", R"([true,1,"1","","=",null,1,"1"])",
                             R"([true,1,"1 ","","",null,1,"1"])", R"([true,1,1.5,"","",null,1,"1"])"})
        EXPECT_THROW(read_line(line, columns), base::Error) << line;
}

}  // namespace
}  // namespace engram::backup
