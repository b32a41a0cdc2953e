#include <gtest/gtest.h>

#include "base/json.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::contents;
using testing::TestServer;
using testing::text_of;
using Texts = std::vector<std::string>;

class MemoryListsTest : public ::testing::Test {
protected:
    std::string remember(const std::string& content, const std::string& more = {}) {
        return text_of(server_.expect(201, Method::kPost, all_, R"({"content":")" + content + "\"" + more + "}", anna_),
                       "id");
    }
    Texts list(const std::string& query) {
        return contents(server_.expect(200, Method::kGet, all_ + "?" + query, "", anna_));
    }

    // Every page of `query` in turn; each says the same total, which is how many there are.
    Texts pages(const std::string& query) {
        Texts seen;
        std::string total, target = all_ + "?" + query;
        while (!target.empty()) {
            const http::Response response = server_.send(Method::kGet, target, "", anna_);
            EXPECT_EQ(response.status, 200) << response.body;
            const std::string told(response.headers.find("X-Total-Count").value_or(""));
            if (total.empty()) total = told;
            EXPECT_EQ(told, total);
            for (const std::string& text : contents(base::parse_json(response.body))) seen.push_back(text);
            const auto link = response.headers.find("Link");
            target = link ? link->substr(1, link->find('>') - 1) : std::string();
        }
        EXPECT_EQ(total, std::to_string(seen.size())) << query;
        return seen;
    }

    const std::string all_ = "/api/v1/memories/";
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
};

TEST_F(MemoryListsTest, AreNewestFirstAndTheirPagesMeet) {
    for (int day = 1; day <= 7; ++day)
        remember("day " + std::to_string(day), R"(,"created_at":"2020-01-0)" + std::to_string(day) + R"(T00:00:00Z")");
    server_.expect(401, Method::kGet, all_);
    EXPECT_EQ(server_.expect(200, Method::kGet, all_, "", bob_).as_array().size(), 0u);
    EXPECT_EQ(server_.expect(200, Method::kGet, all_ + "?source=api", "", bob_).as_array().size(), 0u);
    const Texts newest_first{"day 7", "day 6", "day 5", "day 4", "day 3", "day 2", "day 1"};
    EXPECT_EQ(pages("limit=3"), newest_first);
    EXPECT_EQ(pages("limit=3&source=api"), newest_first);
    EXPECT_EQ(list("limit=2&offset=5"), (Texts{"day 2", "day 1"}));
    EXPECT_EQ(list("limit=2&offset=5&source=api"), (Texts{"day 2", "day 1"}));
    EXPECT_EQ(list("offset=7"), Texts{});
    EXPECT_EQ(list("offset=1000000&source=api"), Texts{});
}

TEST_F(MemoryListsTest, EachFilterLeavesWhatItNames) {
    const std::string old = remember("old", R"(,"created_at":"2019-05-01T00:00:00Z","pinned":true,"title":"Attic",)"
                                            R"("classification":"chronological","metadata":{"author":"Ömer Kaya"})");
    remember("new https://example.org", R"(,"created_at":"2020-05-01T00:00:00Z","source":"telegram","context":"walk",)"
                                        R"("tags":["tea"],"remind_at":"2031-01-01T00:00:00Z")");
    const value reply = server_.expect(201, Method::kPost, all_,
                                       R"({"content":"reply","tags":["tea","Mugs"],"reply_to":")" + old + "\"}", anna_);
    const Texts both_with_tea{"reply", "new https://example.org"};
    for (const auto& [query, expected] : std::vector<std::pair<std::string, Texts>>{
             {"classification=chronological", {"old"}},
             {"source=telegram", {"new https://example.org"}},
             {"tag=tea", both_with_tea},
             {"tag=Mugs", {"reply"}},
             {"tag=te", {}},
             {"author=%C3%96mer%20Kaya", {"old"}},
             {"author=" + text_of(reply, "author_id") + "&tag=tea", both_with_tea},
             {"author=nobody", {}},
             {"thread=" + text_of(reply, "thread_id"), {"reply", "old"}},
             {"has=link", {"new https://example.org"}},
             {"has=context", {"new https://example.org"}},
             {"has=reminder", {"new https://example.org"}},
             {"has=tag", both_with_tea},
             {"has=thread", {"reply"}},
             {"has=title", {"old"}},
             {"has=attachment", {}},
             {"pinned=true", {"old"}},
             {"pinned=false", both_with_tea},
             {"date_from=2020-01-01T00:00:00Z", both_with_tea},
             {"date_to=2020-05-01T00:00:00Z", {"old"}},
             {"date_to=2020-05-01T00:00:00Z&source=telegram", {}},
             {"tag=tea&source=api&pinned=false", {"reply"}},
         }) {
        EXPECT_EQ(list(query), expected) << query;
        EXPECT_EQ(pages(query + "&limit=1"), expected) << query;
    }
}

TEST_F(MemoryListsTest, AFilterSeesWhatWasChangedJustNow) {
    const std::string id = remember("one"), of_tag = "tag=a";
    EXPECT_EQ(list(of_tag), Texts{});
    server_.expect(200, Method::kPut, all_ + id, R"({"tags":["a"]})", anna_);
    EXPECT_EQ(list(of_tag), Texts{"one"});
    server_.restart();
    EXPECT_EQ(list(of_tag), Texts{"one"});
    server_.expect(204, Method::kDelete, all_ + id, "", anna_);
    EXPECT_EQ(list(of_tag), Texts{});
    EXPECT_EQ(pages("trash=true&tag=a"), Texts{"one"});
    EXPECT_EQ(pages("trash=true&tag=b"), Texts{});
    server_.expect(200, Method::kPost, all_ + id + "/restore", "{}", anna_);
    EXPECT_EQ(list(of_tag), Texts{"one"});
}

TEST_F(MemoryListsTest, TheTrashIsFilteredAndPagedAsTheRest) {
    for (int number = 1; number <= 5; ++number)
        remember(std::to_string(number), number == 3 ? R"(,"tags":["b"])" : R"(,"tags":["a"])");
    server_.expect(200, Method::kPost, all_ + "bulk", R"({"query":{"source":"api"},"delete":true})", anna_);
    EXPECT_EQ(pages("trash=true&limit=2"), (Texts{"5", "4", "3", "2", "1"}));
    EXPECT_EQ(pages("trash=true&limit=2&tag=a"), (Texts{"5", "4", "2", "1"}));
    EXPECT_EQ(list("trash=true&tag=a&offset=3"), Texts{"1"});
    EXPECT_EQ(list("trash=true&tag=a&offset=4"), Texts{});
}

// Beyond some offset the index answers what the rows answered before it.
TEST_F(MemoryListsTest, ADeepOffsetGoesOnWhereAShallowOneEnds) {
    Texts expected;
    for (int round = 0; round < 3; ++round) {
        std::string batch = "[";
        for (int number = 0; number < 100; ++number) {
            const std::string text = std::to_string(round * 100 + number);
            batch.append(number > 0 ? "," : "").append(R"({"content":")").append(text).append("\"}");
            expected.insert(expected.begin(), text);
        }
        server_.expect(200, Method::kPost, all_ + "batch", batch + "]", anna_);
    }
    for (const std::size_t offset : {std::size_t{199}, std::size_t{200}, std::size_t{201}, std::size_t{290}}) {
        const Texts page = list("limit=10&offset=" + std::to_string(offset));
        EXPECT_EQ(page, Texts(expected.begin() + static_cast<std::ptrdiff_t>(offset),
                              expected.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(offset + 10, 300))));
    }
    EXPECT_EQ(list("limit=100&offset=250"), Texts(expected.begin() + 250, expected.end()));
}

TEST_F(MemoryListsTest, ManyAreChangedByAnyFilter) {
    remember("old", R"(,"created_at":"2019-05-01T00:00:00Z","tags":["a"])");
    remember("new", R"(,"tags":["a"])");
    remember("other", R"(,"title":"x")");
    const auto bulk = [&](const std::string& query) {
        return server_
            .expect(200, Method::kPost, all_ + "bulk", R"({"query":)" + query + R"(,"set":{"pinned":true}})", anna_)
            .at("changed");
    };
    EXPECT_EQ(bulk(R"({"tag":"a","date_to":"2020-01-01T00:00:00Z"})"), 1);
    EXPECT_EQ(list("pinned=true"), Texts{"old"});
    EXPECT_EQ(bulk(R"({"has":"title"})"), 1);
    EXPECT_EQ(list("pinned=true"), (Texts{"other", "old"}));
    server_.expect(422, Method::kPost, all_ + "bulk", R"({"query":{"has":"legs"},"delete":true})", anna_);
    server_.expect(422, Method::kPost, all_ + "bulk", R"({"query":{"thread":"x"},"delete":true})", anna_);
    EXPECT_EQ(list("").size(), 3u);
}

TEST_F(MemoryListsTest, RefuseWhatTheyDoNotKnow) {
    for (const char* query :
         {"limit=0", "limit=101", "limit=x", "offset=-1", "cursor=abc", "cursor=%00", "order=desc",
          "classification=hidden", "date_from=may", "pinned=perhaps", "has=legs", "thread=1", "tag=", "author="})
        server_.expect(std::string(query) == "cursor=%00" ? 400 : 422, Method::kGet, all_ + "?" + query, "", anna_);
}

}  // namespace
}  // namespace engram::memory
