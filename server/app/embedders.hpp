// The models that texts become vectors by, as the configuration chooses them.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "adapters/openai/openai_embedder.hpp"
#include "app/config.hpp"
#include "ports/clock.hpp"
#include "ports/embedder.hpp"
#include "ports/http_client.hpp"
#include "ports/random.hpp"

namespace engram::app {

class Embedders {
public:
    // The main one first; none where the configuration wants none. Loads nothing yet. Throws kInvalid for a service
    // that cannot be one. What is handed over must outlive them.
    Embedders(const Config& config, const ports::Clock& clock, ports::Random& random);

    std::vector<ports::Embedder*> all() const;

    // A service is waited for no longer.
    void stop();

private:
    std::unique_ptr<ports::HttpClient> http_;  // of a service
    std::unique_ptr<openai::OpenAiEmbedder> service_;
    std::vector<std::unique_ptr<ports::Embedder>> local_;
};

// Where the models lie: as configured, else `models` beside the program or one folder above it.
std::filesystem::path models_folder(const Config& config);

// Throws kInvalid for what is neither onnx:, none, nor openai:URL?model=NAME.
openai::OpenAiConfig parse_service(const Config& config);

inline constexpr const char* kMultilingualPack = "multilingual";  // below the models' folder

}  // namespace engram::app
