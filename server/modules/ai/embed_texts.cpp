#include "modules/ai/embed_texts.hpp"

#include "base/error.hpp"

namespace engram::ai {
namespace {

// One of the calls that are answered side by side. Throws kUnavailable where there are too many.
class Place {
public:
    using Free = std::counting_semaphore<EmbedTexts::kCallsMax>;

    explicit Place(Free& free) : free_(free) {
        if (free_.try_acquire()) return;
        base::Error error(base::Code::kUnavailable, "Too many texts are being embedded at the moment.");
        error.retry_after = std::chrono::seconds(1);
        throw error;
    }
    ~Place() { free_.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    Free& free_;
};

}  // namespace

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
    const Place place(*free_);
    const bool query = input.purpose == "query";
    const auto vectors =
        embedder_->embed(input.texts, query ? ports::EmbedPurpose::kQuery : ports::EmbedPurpose::kPassageNow);
    Embeddings made{.embeddings = {}, .model = embedder_->model()};
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        if (vectors[i].empty())
            throw base::invalid_field("texts", "no_vector",
                                      "has a text that the model makes nothing of, number " + std::to_string(i + 1));
        made.embeddings.emplace_back(vectors[i].begin(), vectors[i].end());
    }
    made.dimensions = std::ssize(made.embeddings.front());
    return {.body = std::move(made)};
}

}  // namespace engram::ai
