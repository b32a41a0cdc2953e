#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "modules/integration/import_fixture.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::integration {
namespace {

using boost::json::value;
using http::Method;
using testing::run_scenarios;
using testing::TestServer;
using testing::text_of;

class Collected final : public http::BodyWriter {
public:
    bool write(std::string_view piece) override {
        text += piece;
        return --left_ != 0;
    }
    bool cancelled() const override { return false; }
    void on_cancel(std::function<void()>) override {}

    // Gone after that many pieces; less than none: never.
    explicit Collected(int left = -1) : left_(left) {}

    std::string text;

private:
    int left_;
};

std::string export_of(TestServer& server, const std::string& token) {
    const http::Response answer = server.send(Method::kGet, "/api/v1/users/me/export", "", token);
    EXPECT_EQ(answer.status, 200) << answer.body;
    Collected collected;
    answer.stream(collected);
    return collected.text;
}

std::string file_in(const std::string& zip, const std::string& name) {
    for (const ImportFile& file : import_files("x.zip", [&] { return std::make_unique<std::istringstream>(zip); })) {
        if (file.name != name) continue;
        const auto in = file.open();
        return {std::istreambuf_iterator<char>(*in), {}};
    }
    return "(none)";
}

class ExportTest : public ::testing::Test {
protected:
    value post(const std::string& target, const std::string& body, int status = 201) {
        return server_.expect(status, Method::kPost, "/api/v1/" + target, body, anna_);
    }

    // What a memory needs to say to be the same elsewhere.
    static std::string portable(const value& memory) {
        boost::json::object same = memory.as_object();
        for (const char* own : {"revision", "import_id", "author_id"}) same.erase(own);
        std::string text;
        base::append_json(text, same);
        return text;
    }

    // All memories with their versions, and the trash.
    static std::vector<std::string> all_of(TestServer& server, const std::string& token) {
        std::vector<std::string> all;
        for (const char* list : {"/api/v1/memories/?limit=100", "/api/v1/memories/?limit=100&trash=true"}) {
            const value memories = server.expect(200, Method::kGet, list, "", token);
            for (const value& memory : memories.as_array()) {
                all.push_back(portable(memory));
                const std::string versions = "/api/v1/memories/" + text_of(memory, "id") + "/versions";
                if (std::string_view(list).ends_with("true")) continue;
                const value kept = server.expect(200, Method::kGet, versions, "", token);
                for (const value& version : kept.as_array())
                    all.push_back(std::to_string(version.at("version").as_int64()) + text_of(version, "replaced_at") +
                                  portable(version.at("memory")));
            }
        }
        return all;
    }

    TestServer server_;
    std::string anna_ = server_.sign_up("+491511");
};

TEST_F(ExportTest, IsForOneself) {
    run_scenarios(server_, {{"unauthorised", Method::kGet, "/api/v1/users/me/export", "", "", 401, {}}});
    const std::string bob = server_.sign_up("+491512");
    post("memories/", R"({"content":"only of Anna"})");
    EXPECT_EQ(file_in(export_of(server_, bob), "memories.jsonl"), "");
    EXPECT_NE(file_in(export_of(server_, bob), "account.json").find("+491512"), std::string::npos);
}

TEST_F(ExportTest, IsReadableWithoutEngram) {
    post("memories/", R"({"content":"tea & <b>cake</b>","title":"T","tags":["x"],"created_at":"2023-05-05T10:00:00Z",)"
                      R"("classification":"general","metadata":{"author":"Ruth <3"}})");
    EXPECT_EQ(file_in(export_of(server_, anna_), "synonyms.json"), "(none)");
    const std::string synonyms = R"({"families":[["granny","oma"]]})";
    server_.expect(200, Method::kPut, "/api/v1/memories/synonyms", synonyms, anna_);
    const std::string zip = export_of(server_, anna_);
    EXPECT_EQ(file_in(zip, "synonyms.json"), synonyms + "\n");
    EXPECT_NE(file_in(zip, "index.html").find("html/2023-05.html"), std::string::npos);
    const std::string page = file_in(zip, "html/2023-05.html");
    EXPECT_NE(page.find(" · Ruth &lt;3"), std::string::npos) << page;
    EXPECT_NE(page.find("tea &amp; &lt;b&gt;cake&lt;/b&gt;"), std::string::npos) << page;
    EXPECT_NE(file_in(zip, "markdown/general/2023-05.md").find("cake"), std::string::npos);
    EXPECT_NE(file_in(zip, "engram.json").find("\"engram_export\":1"), std::string::npos);
    EXPECT_NE(file_in(zip, "account.json").find("\"phone_number\":\"+491511\""), std::string::npos);
}

TEST_F(ExportTest, AnEmptyServerHasTheSameDataAfterwards) {
    const std::string first =
        text_of(post("memories/",
                     R"({"content":"plums","title":"Cake","tags":["a","b"],"pinned":true,"utc_offset_minutes":120,)"
                     R"("metadata":{"k":[1,2.5]},"created_at":"2022-02-02T02:02:02Z","context":"kitchen"})"),
                "id");
    server_.clock().advance(std::chrono::minutes(2));
    const std::string one = "/api/v1/memories/" + first;
    server_.expect(200, Method::kPut, one, R"({"content":"1 kg plums"})", anna_);
    server_.clock().advance(std::chrono::minutes(2));
    server_.expect(200, Method::kPut, one, R"({"title":null,"classification":"chronological"})", anna_);
    post("memories/", R"({"content":"an answer","reply_to":")" + first + R"("})");
    post("memories/", R"({"content":" \n ","metadata":{"large":1e25}})");
    const std::string gone = text_of(post("memories/", R"({"content":"thrown away"})"), "id");
    server_.expect(204, Method::kDelete, "/api/v1/memories/" + gone, "", anna_);
    const std::string synonyms = "/api/v1/memories/synonyms";
    server_.expect(200, Method::kPut, synonyms, R"({"families":[["granny","oma"]]})", anna_);
    const std::string zip = export_of(server_, anna_);

    TestServer other;
    const std::string anna = other.sign_up("+491519");
    const value begun = other.expect(202, Method::kPost, "/api/v1/imports?name=e.zip", zip, anna);
    EXPECT_EQ(text_of(begun, "format"), "engram-export");
    other.app().jobs().run_due();
    const value done = other.expect(200, Method::kGet, "/api/v1/imports/" + text_of(begun, "id"), "", anna);
    EXPECT_EQ(done.at("stored").as_int64(), 4) << text_of(done, "state");
    EXPECT_EQ(all_of(other, anna), all_of(server_, anna_));
    EXPECT_EQ(other.expect(200, Method::kGet, synonyms, "", anna),
              server_.expect(200, Method::kGet, synonyms, "", anna_));
    EXPECT_EQ(other.expect(200, Method::kGet, "/api/v1/memories/status", "", anna).at("memories").as_int64(), 3);

    other.expect(202, Method::kPost, "/api/v1/imports", zip, anna);
    other.app().jobs().run_due();
    EXPECT_EQ(all_of(other, anna), all_of(server_, anna_)) << "a second time changes nothing";
    other.expect(202, Method::kDelete, "/api/v1/imports/" + text_of(begun, "id"), "", anna);
    other.app().jobs().run_due();
    EXPECT_TRUE(all_of(other, anna).empty()) << "and it can be taken back";
}

TEST_F(ExportTest, EndsWhereNobodyReadsAnyMore) {
    for (int i = 0; i < 50; ++i) post("memories/", R"({"content":"memory )" + std::to_string(i) + R"("})");
    const http::Response answer = server_.send(Method::kGet, "/api/v1/users/me/export", "", anna_);
    Collected gone(1);
    EXPECT_THROW(answer.stream(gone), base::Error);
}

}  // namespace
}  // namespace engram::integration
