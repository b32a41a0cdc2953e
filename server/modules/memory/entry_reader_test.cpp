#include "modules/memory/entry_reader.hpp"

#include <gtest/gtest.h>

#include "http/json_write.hpp"
#include "testing/json_texts.hpp"
#include "testing/test_server.hpp"

namespace engram::memory {
namespace {

using http::Method;
using testing::text_of;

class EntryReaderTest : public ::testing::Test {
protected:
    ports::IndexHit remember(const std::string& content) {
        const auto made = server_.expect(201, Method::kPost, "/api/v1/memories/",
                                         R"({"content":")" + content + R"(","tags":["garden"]})", anna_);
        return {.id = base::parse_uuid(text_of(made, "id")).value(),
                .created_at = base::parse_rfc3339(text_of(made, "created_at")).value(),
                .revision = made.at("revision").as_int64(),
                .score = 1};
    }
    base::Uuid owner() { return server_.app().users().find_by_phone_number("+491511")->id; }

    // Behind the back of everybody: no revision tells of it.
    void rewrite(const ports::IndexHit& hit, const std::string& content) {
        const base::Uuid person = owner();
        server_.app().database().write(person, [&](ports::Transaction& tx) {
            tx.run("UPDATE memory_entries SET content = $3 WHERE user_id = $1 AND id = $2", {person, hit.id, content});
        });
    }
    std::vector<std::string> read(const std::vector<ports::IndexHit>& hits, std::int64_t epoch = 1) {
        std::vector<std::string> texts;
        for (const FoundEntry& entry : reader_.read(owner(), epoch, hits)) texts.push_back(*entry.memory.content);
        return texts;
    }

    testing::TestServer server_{{.registration = user::Registration::kOpen}};
    std::string anna_ = server_.sign_up("+491511");
    EntryReader reader_{server_.app().database()};
};

using Texts = std::vector<std::string>;

TEST_F(EntryReaderTest, WhatWasReadIsNotReadAgainUntilItChanges) {
    const ports::IndexHit hit = remember("roses");
    EXPECT_EQ(read({hit}), Texts{"roses"});
    rewrite(hit, "tulips");
    EXPECT_EQ(read({hit}), Texts{"roses"}) << "from memory";
    EXPECT_EQ(read({hit}, 2), Texts{"tulips"}) << "of another history";
    ports::IndexHit changed = hit;
    ++changed.revision;
    EXPECT_EQ(read({changed}), Texts{"tulips"});
    reader_.forget();
    EXPECT_EQ(read({hit}), Texts{"tulips"});
}

TEST_F(EntryReaderTest, OrderAndEveryValueStayWhereverTheyComeFrom) {
    const ports::IndexHit one = remember("one"), two = remember("two"), three = remember("three");
    read({two});
    ports::IndexHit gone = one;
    gone.id.bytes[0] ^= 0xFF;
    EXPECT_EQ(read({three, gone, two, one}), (Texts{"three", "two", "one"}));
    const auto from_database = EntryReader(server_.app().database()).read(owner(), 1, std::vector{three, two});
    const auto from_memory = reader_.read(owner(), 1, std::vector{three, two});
    ASSERT_EQ(from_memory.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        std::string left, right;
        http::write_json(left, from_database[i].memory);
        http::write_json(right, from_memory[i].memory);
        EXPECT_EQ(left, right);
        EXPECT_EQ(from_database[i].language, from_memory[i].language);
    }
}

TEST_F(EntryReaderTest, NobodyFindsWhatIsAnothers) {
    const ports::IndexHit hit = remember("roses");
    EXPECT_EQ(read({hit}), Texts{"roses"});
    server_.sign_up("+491512");
    const base::Uuid bob = server_.app().users().find_by_phone_number("+491512")->id;
    EXPECT_TRUE(reader_.read(bob, 1, std::vector{hit}).empty());
}

TEST_F(EntryReaderTest, WhatIsInTheTrashIsLeftOut) {
    const ports::IndexHit hit = remember("roses");
    server_.expect(204, Method::kDelete, "/api/v1/memories/" + to_string(hit.id), "", anna_);
    EXPECT_TRUE(read({hit}).empty());
}

}  // namespace
}  // namespace engram::memory
