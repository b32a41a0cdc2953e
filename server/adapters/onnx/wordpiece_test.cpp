#include "adapters/onnx/wordpiece.hpp"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>
#include <fstream>
#include <iterator>

#include "adapters/onnx/small_vocabulary.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::onnx {
namespace {

using Ids = std::vector<std::int64_t>;

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    EXPECT_TRUE(in) << path << " is not there: run 'make setup'";
    return {std::istreambuf_iterator<char>(in), {}};
}

Ids encode_small(std::string_view text, std::size_t tokens_max = 100) {
    static const Vocabulary vocabulary(kSmallVocabulary);
    return encode(vocabulary, text, tokens_max);
}

std::string changed(std::string_view from, std::string_view to) {
    std::string text(kSmallVocabulary);
    return text.replace(text.find(from), from.size(), to);
}

TEST(WordPiece, IsTheReferenceOnEverySample) {
    const Vocabulary vocabulary(read(ENGRAM_MODELS "/e5-small-v2/tokenizer.json"));
    std::ifstream samples(ENGRAM_TESTDATA "/tokens.jsonl");
    int count = 0;
    for (std::string line; std::getline(samples, line); ++count) {
        const auto sample = base::parse_json(line).as_object();
        const std::string text(sample.at("text").as_string());
        ASSERT_EQ(encode(vocabulary, text, 256), boost::json::value_to<Ids>(sample.at("ids"))) << line.substr(0, 500);
    }
    EXPECT_GE(count, 400);
}

TEST(WordPiece, TakesTheLongestPieces) {
    EXPECT_EQ(encode_small("Walked a WALK."), (Ids{1, 3, 4, 7, 3, 9, 2}));
    EXPECT_EQ(encode_small("walede"), (Ids{1, 16, 4, 5, 2}));
    EXPECT_EQ(encode_small("walkx a"), (Ids{1, 0, 7, 2}));
}

TEST(WordPiece, CutsAtTheEnd) {
    EXPECT_EQ(encode_small("a a a a", 4), (Ids{1, 7, 7, 2}));
    EXPECT_EQ(encode_small("walked", 3), (Ids{1, 3, 2}));
    EXPECT_EQ(encode_small("a", 2), (Ids{1, 2}));
    EXPECT_EQ(encode_small(std::string(10'000, '.'), 256).size(), 256u);
}

TEST(WordPiece, WhatIsMadeOfNoCharactersDoesNoHarm) {
    const char broken[] = "a\xff\x80\xc3 wal\xf0\x9f\x98ked\0 \xed\xa0\x80 a";
    EXPECT_EQ(encode_small(std::string_view(broken, sizeof broken - 1)), (Ids{1, 7, 3, 4, 7, 2}));
    EXPECT_EQ(encode_small(std::string("a\0a", 3)), (Ids{1, 7, 8, 2}));
}

TEST(WordPiece, MarksOfTheModelAreTextWhereAPersonWritesThem) {
    EXPECT_EQ(encode_small("[SEP]"), (Ids{1, 0, 0, 0, 2}));
    EXPECT_EQ(encode_small("##ed"), (Ids{1, 10, 10, 0, 2}));
}

TEST(WordPiece, AWordOfOver100CharactersIsUnknown) {
    EXPECT_EQ(encode_small(std::string(100, 'a'), 200).size(), 102u);
    EXPECT_EQ(encode_small(std::string(101, 'a')), (Ids{1, 0, 2}));
    EXPECT_EQ(encode_small(std::string(1'000'000, 'a') + " a"), (Ids{1, 0, 7, 2}));
}

TEST(Vocabulary, RefusesWhatItDoesNotCutInTheSameWay) {
    EXPECT_NO_THROW(Vocabulary{kSmallVocabulary});
    EXPECT_THROW(Vocabulary{"{"}, base::Error);
    EXPECT_THROW(Vocabulary{"[]"}, base::Error);
    EXPECT_THROW(Vocabulary{changed("WordPiece", "BPE")}, base::Error);
    EXPECT_THROW(Vocabulary{changed(R"("lowercase":true)", R"("lowercase":false)")}, base::Error);
    EXPECT_THROW(Vocabulary{changed(R"("strip_accents":null)", R"("strip_accents":false)")}, base::Error);
    EXPECT_THROW(Vocabulary{changed(R"("[SEP]":2,)", "")}, base::Error);
    EXPECT_THROW(Vocabulary{changed(R"("wal":16)", R"("wal":17)")}, base::Error);
    EXPECT_THROW(Vocabulary{changed(R"("wal":16)", R"("wal":-1)")}, base::Error);
    EXPECT_THROW(Vocabulary{changed(R"("wal":16)", R"("wal":"x")")}, base::Error);
}

}  // namespace
}  // namespace engram::onnx
