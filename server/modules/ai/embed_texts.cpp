#include "modules/ai/embed_texts.hpp"

#include "base/error.hpp"

namespace engram::ai {

std::vector<http::FieldRule> EmbedTexts::Input::rules() {
    return {{.name = "texts",
             .required = true,
             .items_max = kTextsMax,
             .item_length_max = kTextMax,
             .doc = "What is longer than the model takes in counts by its beginning"},
            {.name = "purpose",
             .one_of = {"passage", "query"},
             .doc = "Models embed a question otherwise than what may answer it; passage unless told"}};
}

http::Answer<Embeddings> EmbedTexts::process(const http::Caller&, const Input& input) const {
    if (input.texts.empty()) throw base::invalid_field("texts", "too_few", "must have at least one text");
    if (embedder_ == nullptr)
        throw base::Error(base::Code::kUnavailable, "This server has no embedding model (embedder = none).");
    const bool query = input.purpose == "query";
    const auto vectors =
        embedder_->embed(input.texts, query ? ports::EmbedPurpose::kQuery : ports::EmbedPurpose::kPassage);
    Embeddings made{.embeddings = {}, .model = embedder_->model()};
    for (const auto& vector : vectors) made.embeddings.emplace_back(vector.begin(), vector.end());
    made.dimensions = std::ssize(made.embeddings.front());
    return {.body = std::move(made)};
}

}  // namespace engram::ai
