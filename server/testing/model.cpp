#include "testing/model.hpp"

#include "adapters/onnx/onnx_embedder.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/error.hpp"
#include "ports/settled.hpp"

namespace engram::testing {

ports::Embedder& shared_model() {
    static const system::SystemClock clock;
    static const auto model = onnx::make_onnx_embedder(onnx::e5_small_v2_files(ENGRAM_MODELS), clock);
    const ports::EmbedderStatus status = ports::settled(*model);
    if (status.state != ports::EmbedderState::kReady) throw base::Error(base::Code::kUnavailable, status.reason);
    return *model;
}

std::vector<ports::Embedder::Vector> TestModel::embed(std::span<const std::string> texts, ports::EmbedPurpose purpose) {
    if (!there || fails) throw base::Error(base::Code::kUnavailable, "The model was taken away.");
    texts_embedded += static_cast<int>(texts.size());
    return shared_model().embed(texts, purpose);
}

}  // namespace engram::testing
