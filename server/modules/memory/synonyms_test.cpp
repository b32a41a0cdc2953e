#include "modules/memory/synonyms.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "testing/errors.hpp"
#include "testing/json_texts.hpp"
#include "testing/scenario.hpp"

namespace engram::memory {
namespace {

using http::Method;
using testing::run_scenarios;
using testing::TestServer;

// "field code" of each error.
std::vector<std::string> errors_of(WordFamilies families) {
    const base::Error error = testing::error_of([&] { tidy_up(families); });
    std::vector<std::string> all;
    for (const base::FieldError& field : error.fields) all.push_back(field.field + " " + field.code);
    return all;
}

TEST(Synonyms, ComeBesideThoseThatEverybodyHas) {
    const WordFamilies all = with_common_synonyms({{"granny", "oma"}});
    ASSERT_EQ(all.size(), 5u);
    EXPECT_EQ(all[0], (std::vector<std::string>{"mom", "mother", "mama"}));
    EXPECT_EQ(all[4], (std::vector<std::string>{"granny", "oma"}));
}

TEST(Synonyms, OutOfBoundsAreNamedOneByOne) {
    WordFamilies good{{" granny\t", "oma", "бабушка"}, {std::string(50, 'x'), "y"}};
    tidy_up(good);
    EXPECT_EQ(good[0][0], "granny");
    EXPECT_EQ(errors_of({{"a", "b"}, {"a"}, {}, {"a", " ", "two words"}}),
              (std::vector<std::string>{"families[1] too_few", "families[2] too_few", "families[3][1] too_short",
                                        "families[3][2] pattern"}));
    EXPECT_EQ(errors_of({std::vector<std::string>(21, "a"), {std::string(51, 'x'), "y"}}),
              (std::vector<std::string>{"families[0] too_many", "families[1][0] too_long"}));
    EXPECT_EQ(errors_of(WordFamilies(201, {"a", "b"})), std::vector<std::string>{"families too_many"});
    EXPECT_EQ(errors_of(WordFamilies(200)).size(), 100u) << "a bad request has a short answer";
}

TEST(Synonyms, MoreOfThemAreAddedOnce) {
    const WordFamilies own{{"granny", "oma"}};
    EXPECT_EQ(with_more(own, {{"granny", "oma"}, {" bike ", "velo"}, {"one"}, {"two words", "x"}, {"bike", "velo"}}),
              (WordFamilies{{"granny", "oma"}, {"bike", "velo"}}));
    EXPECT_EQ(with_more(WordFamilies(200, {"a", "b"}), {{"c", "d"}}).size(), 200u);
}

class SynonymRoutesTest : public ::testing::Test {
protected:
    const std::string target_ = "/api/v1/memories/synonyms";
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511"), bob_ = server_.sign_up("+491512");
};

TEST_F(SynonymRoutesTest, AreThePersonsOwn) {
    const std::string families = R"({"families":[["granny","oma"],["bike","velo","rad"]]})",
                      none = R"({"families":[]})";
    run_scenarios(server_, {
                               {"unauthorised", Method::kGet, target_, "", "", 401, {}},
                               {"unauthorised to change", Method::kPut, target_, families, "", 401, {}},
                               {"none at first", Method::kGet, target_, "", anna_, 200, {none}},
                               {"set", Method::kPut, target_, families, anna_, 200, {families}},
                               {"kept", Method::kGet, target_, "", anna_, 200, {families}},
                               {"not of others", Method::kGet, target_, "", bob_, 200, {none}, {"oma"}},
                               {"others have their own",
                                Method::kPut,
                                target_,
                                R"({"families":[["granny","nonna"]]})",
                                bob_,
                                200,
                                {"nonna"}},
                               {"and see them only", Method::kGet, target_, "", bob_, 200, {"nonna"}, {"oma"}},
                               {"as before", Method::kGet, target_, "", anna_, 200, {families}, {"nonna"}},
                               {"removed", Method::kPut, target_, none, anna_, 200, {none}},
                               {"gone", Method::kGet, target_, "", anna_, 200, {none}},
                           });
}

TEST_F(SynonymRoutesTest, RefuseWhatIsOutOfBounds) {
    std::string many = R"({"families":[)";
    for (int i = 0; i < 201; ++i) many += i == 0 ? R"(["a","b"])" : R"(,["a","b"])";
    const Method put = Method::kPut;
    run_scenarios(
        server_,
        {
            {"unauthorised", put, target_, "{}", "", 401, {}},
            {"nothing", put, target_, "{}", anna_, 422, {R"("field":"families","code":"required")"}},
            {"too many", put, target_, many + "]}", anna_, 422, {R"("field":"families","code":"too_many")"}},
            {"a lone word", put, target_, R"({"families":[["a"]]})", anna_, 422, {R"("field":"families[0]")"}},
            {"no text", put, target_, R"({"families":[["a",7]]})", anna_, 422, {R"("field":"families[0][1]")"}},
            {"no array", put, target_, R"({"families":["a"]})", anna_, 422, {R"("field":"families[0]")"}},
            {"two words", put, target_, R"({"families":[["a","b c"]]})", anna_, 422, {R"("field":"families[0][1]")"}},
            {"nothing was stored", Method::kGet, target_, "", anna_, 200, {R"("families":[])"}},
        });
}

TEST_F(SynonymRoutesTest, StayOverARestart) {
    const std::string families = R"({"families":[["granny","oma"]]})";
    server_.expect(200, Method::kPut, target_, families, anna_);
    server_.restart();
    EXPECT_EQ(server_.send(Method::kGet, target_, "", anna_).body, families);
}

}  // namespace
}  // namespace engram::memory
