#include "modules/ai/ai_routes.hpp"

#include "http/kit.hpp"
#include "modules/ai/embed_texts.hpp"

namespace engram::ai {

std::vector<http::Endpoint> routes(const std::vector<ports::Embedder*>& embedders) {
    return {http::make_endpoint(EmbedTexts(embedders.empty() ? nullptr : embedders.front()))};
}

}  // namespace engram::ai
