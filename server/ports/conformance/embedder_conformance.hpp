// What every ports::Embedder must do. An adapter's test instantiates the suite with one that is ready, or becomes so:
//   INSTANTIATE_TEST_SUITE_P(Onnx, EmbedderConformance, ::testing::Values(&make_embedder));
// Only *_test.cpp includes this.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ports/embedder.hpp"

namespace engram::ports {

class EmbedderUnderTest {
public:
    virtual ~EmbedderUnderTest() = default;
    virtual Embedder& embedder() = 0;

    // Of a model that means something: the suite then asks for what is alike to lie near.
    virtual bool understands() const { return true; }
};

// One that is ready; making it is not timed. A model may be kept from one test to the next.
using MakeEmbedder = std::unique_ptr<EmbedderUnderTest> (*)();

class EmbedderConformance : public ::testing::TestWithParam<MakeEmbedder> {
protected:
    void SetUp() override { under_test_ = GetParam()(); }

    Embedder& embedder() { return under_test_->embedder(); }
    std::vector<Embedder::Vector> embed(const std::vector<std::string>& texts, EmbedPurpose purpose);
    Embedder::Vector passage(const std::string& text) { return embed({text}, EmbedPurpose::kPassage).at(0); }
    Embedder::Vector query(const std::string& text) { return embed({text}, EmbedPurpose::kQuery).at(0); }

    std::unique_ptr<EmbedderUnderTest> under_test_;
};

// Of two vectors of length 1.
double cosine(const Embedder::Vector& left, const Embedder::Vector& right);

// Makes the linker take the tests out of their library.
bool link_embedder_conformance();
inline const bool kEmbedderConformanceIsLinked = link_embedder_conformance();

}  // namespace engram::ports
