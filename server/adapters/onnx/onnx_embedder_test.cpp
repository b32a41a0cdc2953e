#include "adapters/onnx/onnx_embedder.hpp"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>
#include <fstream>
#include <thread>
#include <utility>

#include "adapters/system/system_clock.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "ports/conformance/embedder_conformance.hpp"
#include "ports/settled.hpp"
#include "testing/fakes.hpp"
#include "testing/test_folder.hpp"

namespace engram::onnx {
namespace {

namespace fs = std::filesystem;
using ports::EmbedderState;
using ports::EmbedPurpose;
using ports::settled;

// Loaded once for all tests.
ports::Embedder& shared_embedder() {
    static const system::SystemClock clock;
    static const auto embedder = make_onnx_embedder(e5_small_v2_files(ENGRAM_MODELS), clock);
    EXPECT_EQ(settled(*embedder).reason, "") << ENGRAM_MODELS;
    return *embedder;
}

class OnnxUnderTest final : public ports::EmbedderUnderTest {
public:
    ports::Embedder& embedder() override { return shared_embedder(); }
};

std::unique_ptr<ports::EmbedderUnderTest> make_under_test() { return std::make_unique<OnnxUnderTest>(); }

TEST(OnnxEmbedder, GivesTheVectorsOfTheReference) {
    std::ifstream samples(ENGRAM_TESTDATA "/vectors.jsonl");
    int count = 0;
    for (std::string line; std::getline(samples, line); ++count) {
        const auto sample = base::parse_json(line).as_object();
        const std::vector<std::string> texts{std::string(sample.at("text").as_string())};
        const bool query = sample.at("purpose") == "query";
        const auto found = shared_embedder().embed(texts, query ? EmbedPurpose::kQuery : EmbedPurpose::kPassage);
        const auto expected = boost::json::value_to<std::vector<float>>(sample.at("vector"));
        EXPECT_GE(ports::cosine(found.at(0), expected), 0.998) << texts[0];
    }
    EXPECT_EQ(count, 8);
}

// Later versions of the runtime tell their maker about every model that is loaded.
TEST(OnnxEmbedder, TheRuntimeKnowsNoNetwork) {
    const std::string library = read_pinned(e5_small_v2_files(ENGRAM_MODELS).runtime);
    for (const char* word : {"getaddrinfo", "data.microsoft.com"})
        EXPECT_EQ(library.find(word), std::string::npos) << word;
}

TEST(OnnxEmbedder, NamesTheModelBeforeItIsLoaded) {
    testing::FakeClock clock;
    const auto embedder = make_onnx_embedder(e5_small_v2_files("nowhere"), clock);
    EXPECT_EQ(embedder->model(), "e5-small-v2-q:7d9092cb");
    EXPECT_EQ(embedder->passages("a text").size(), 1u);
}

class OnnxFilesTest : public ::testing::Test {
protected:
    // The real files, the model's folder left out.
    OnnxFilesTest() {
        fs::create_directories(folder_.file("e5-small-v2"));
        fs::create_symlink(fs::path(ENGRAM_MODELS) / "onnxruntime", folder_.file("onnxruntime"));
    }

    void link(const std::string& name) {
        fs::remove(files_.model.path.parent_path() / name);
        fs::create_symlink(fs::path(ENGRAM_MODELS) / "e5-small-v2" / name, files_.model.path.parent_path() / name);
    }

    // Asks as long as it takes: what was wrong stays told while it is tried again.
    void wait_until_ready(ports::Embedder& embedder) {
        while (embedder.status().state != EmbedderState::kReady) std::this_thread::yield();
    }

    testing::TestFolder folder_;
    testing::FakeClock clock_;
    const OnnxFiles files_ = e5_small_v2_files(folder_.file(""));
};

TEST_F(OnnxFilesTest, RefusesWhileItIsNotReady) {
    const auto embedder = make_onnx_embedder(files_, clock_);
    const std::vector<std::string> texts{"a"};
    for (const EmbedPurpose purpose : {EmbedPurpose::kQuery, EmbedPurpose::kPassage}) {
        try {
            embedder->embed(texts, purpose);
            FAIL() << "there is no model";
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), base::Code::kUnavailable);
            EXPECT_TRUE(error.retry_after);
        }
    }
}

TEST_F(OnnxFilesTest, HealsWhenTheFilesAppear) {
    const auto embedder = make_onnx_embedder(files_, clock_);
    ports::EmbedderStatus status = settled(*embedder);
    EXPECT_EQ(status.state, EmbedderState::kUnavailable);
    EXPECT_NE(status.reason.find("model.onnx is missing"), std::string::npos) << status.reason;
    EXPECT_NE(status.reason.find("make setup"), std::string::npos) << status.reason;
    EXPECT_EQ(status.reason.find(folder_.file("")), std::string::npos) << status.reason;
    link("model.onnx");
    link("tokenizer.json");
    EXPECT_EQ(embedder->status().state, EmbedderState::kUnavailable);  // not looked at again yet
    clock_.advance(std::chrono::seconds(31));
    wait_until_ready(*embedder);
    const std::vector<std::string> texts{"a"};
    EXPECT_EQ(embedder->embed(texts, EmbedPurpose::kQuery).size(), 1u);
}

TEST_F(OnnxFilesTest, ADamagedFileIsNotOpened) {
    link("tokenizer.json");
    std::ofstream(files_.model.path, std::ios::binary) << "no model";
    const auto embedder = make_onnx_embedder(files_, clock_);
    ports::EmbedderStatus status = settled(*embedder);
    EXPECT_EQ(status.state, EmbedderState::kUnavailable);
    EXPECT_NE(status.reason.find("model.onnx is not the file"), std::string::npos) << status.reason;
}

TEST_F(OnnxFilesTest, WhatTheRuntimeRefusesIsToldToo) {
    const std::string text = "no model, and no library either";
    const std::string hash = base::to_hex(base::sha256(base::as_bytes(text)));
    OnnxFiles files = e5_small_v2_files(ENGRAM_MODELS);
    const fs::path odd = folder_.file("odd");
    std::ofstream(odd, std::ios::binary) << text;
    for (PinnedFile* file : {&files.runtime, &files.model, &files.tokenizer}) {
        const PinnedFile kept = std::exchange(*file, {odd, hash});
        const auto embedder = make_onnx_embedder(files, clock_);
        const ports::EmbedderStatus status = settled(*embedder);
        EXPECT_EQ(status.state, EmbedderState::kUnavailable);
        EXPECT_NE(status.reason, "");
        *file = kept;
    }
}

TEST_F(OnnxFilesTest, EndsWhileItIsLoading) {
    link("model.onnx");
    link("tokenizer.json");
    make_onnx_embedder(files_, clock_)->status();
}

}  // namespace
}  // namespace engram::onnx

namespace engram::ports {
namespace {

INSTANTIATE_TEST_SUITE_P(Onnx, EmbedderConformance, ::testing::Values(&onnx::make_under_test));

}  // namespace
}  // namespace engram::ports
