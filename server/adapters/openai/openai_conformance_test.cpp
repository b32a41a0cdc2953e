#include "ports/conformance/embedder_conformance.hpp"
#include "testing/openai_under_test.hpp"

namespace engram::ports {
namespace {

// The service knows no meaning, but texts that share words are alike to it.
class OpenAiEmbedderUnderTest final : public EmbedderUnderTest {
public:
    Embedder& embedder() override { return test_.embedder(); }

private:
    static constexpr std::size_t kDimensions = 384;
    testing::OpenAiUnderTest test_{[](const auto& asked) { return testing::good_answer(asked, kDimensions); }};
};

std::unique_ptr<EmbedderUnderTest> make_over_loopback() { return std::make_unique<OpenAiEmbedderUnderTest>(); }

INSTANTIATE_TEST_SUITE_P(OpenAi, EmbedderConformance, ::testing::Values(&make_over_loopback));

}  // namespace
}  // namespace engram::ports
