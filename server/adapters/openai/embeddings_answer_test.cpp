#include "adapters/openai/embeddings_answer.hpp"

#include <gtest/gtest.h>

#include <string>

#include "testing/errors.hpp"

namespace engram::openai {
namespace {

using Vectors = std::vector<std::vector<float>>;

std::string items(std::string_view inside) { return "{\"data\":[" + std::string(inside) + "]}"; }

TEST(EmbeddingsAnswer, VectorsComeInTheOrderOfTheirTextsAndOfLengthOne) {
    const Vectors vectors =
        read_embeddings(items(R"({"index":1,"embedding":[0,5e-1]},{"index":0,"embedding":[3,4.0]})"), 2, 2);
    EXPECT_EQ(vectors, (Vectors{{0.6F, 0.8F}, {0, 1}}));
    EXPECT_EQ(read_embeddings(items(R"({"embedding":[0,-7]},{"embedding":[1,0]})"), 2, 0), (Vectors{{0, -1}, {1, 0}}));
}

TEST(EmbeddingsAnswer, Base64IsReadToo) {
    // 3 and -4, as little-endian floats
    EXPECT_EQ(read_embeddings(items(R"({"index":0,"embedding":"AABAQAAAgMA="})"), 1, 2), (Vectors{{0.6F, -0.8F}}));
}

TEST(EmbeddingsAnswer, TheLargestAndSmallestFloatsHaveALength) {
    EXPECT_EQ(read_embeddings(items(R"({"embedding":[3e38,0]})"), 1, 0), (Vectors{{1, 0}}));
    EXPECT_EQ(read_embeddings(items(R"({"embedding":[0,1e-25]})"), 1, 0), (Vectors{{0, 1}}));
}

struct Refusal {
    std::string body;
    std::string_view why;
};

TEST(EmbeddingsAnswer, RefusesWhatMakesNoSense) {
    const std::string one = R"({"index":0,"embedding":[1,0]})";
    const Refusal refusals[] = {
        {"", "something that is no JSON"},
        {"NaN", "something that is no JSON"},
        {"  <html>", "a web page: its URL may lack /v1"},
        {"[]", "JSON that is no list of vectors"},
        {R"({"data":{}})", "JSON that is no list of vectors"},
        {R"({"error":{"message":"secret"}})", "an error in place of vectors"},
        {items(one), "1 vector for 2 texts"},
        {items(one + "," + one + "," + one), "3 vectors for 2 texts"},
        {items(one + "," + one), "two vectors of one text"},
        {items(one + R"(,{"index":2,"embedding":[1,0]})"), "a vector of a text that was not sent"},
        {items(one + R"(,{"index":-1,"embedding":[1,0]})"), "a vector of a text that was not sent"},
        {items(one + R"(,{"index":"1","embedding":[1,0]})"), "a vector of a text that was not sent"},
        {items(one + R"(,{"index":1,"embedding":[1]})"), "a vector of 1 dimension instead of 2"},
        {items(one + R"(,{"index":1,"embedding":[1,0,0]})"), "a vector of 3 dimensions instead of 2"},
        {items(one + R"(,{"index":1,"embedding":[]})"), "an empty vector"},
        {items(one + R"(,{"index":1,"embedding":null})"), "an item without a vector"},
        {items(one + R"(,{"index":1})"), "an item without a vector"},
        {items(one + ",1"), "an item without a vector"},
        {items(one + R"(,{"index":1,"embedding":[1,null]})"), "a vector with a value that is no number"},
        {items(one + R"(,{"index":1,"embedding":[1,"2"]})"), "a vector with a value that is no number"},
        {items(one + R"(,{"index":1,"embedding":[1,1e39]})"), "a vector with a value that is no number"},
        {items(one + R"(,{"index":1,"embedding":[1,NaN]})"), "something that is no JSON"},
        {items(one + R"(,{"index":1,"embedding":[0,-0.0]})"), "a vector of zeros"},
        {items(one + R"(,{"index":1,"embedding":"AAAAA$=="})"), "a vector that is no base64"},
        {items(one + R"(,{"index":1,"embedding":"AADAfwAAgD8="})"), "a vector with a value that is no number"},
    };
    for (const auto& [body, why] : refusals) {
        const base::Error error = testing::error_of([&] { read_embeddings(body, 2, 0); });
        EXPECT_EQ(error.code(), base::Code::kMalformed);
        EXPECT_EQ(error.safe(), why) << body;
    }
}

}  // namespace
}  // namespace engram::openai
