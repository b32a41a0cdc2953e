#include "search/meaning.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "search/level_languages.hpp"

namespace engram::search {
namespace {

// What a model of one language says of a text in another counts so little beside one that reads it.
constexpr float kForeignWeight = 0.3F;

// Some entries are near to whatever is asked, as they are near to most others (hubs). So of an entry's cosine a part of
// its mean cosine with all entries is taken, which is that with their mean vector. By whether a model reads one
// language or all.
constexpr float kHubShare = 0.25F, kHubShareOfAllLanguages = 0.5F;

// The spread that cosines have at least, as that of so many entries more: few entries tell little of it.
constexpr double kUsualSpread = 0.03, kUsualEntries = 8;

// A model that was asked and knows something.
struct Known {
    const Vectors* vectors = nullptr;
    std::vector<float> asked;          // less what entries have in common
    std::optional<Language> language;  // that alone it reads
    std::vector<float> cosines;        // by entry
    Background background;
};

std::vector<float> without_common(const std::vector<float>& asked, const Vectors& vectors, float share) {
    std::vector<float> rest = vectors.mean();
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = asked[i] - share * rest[i];
    return rest;
}

std::vector<Known> find_known(const ModelVectors& vectors, std::span<const ports::IndexMeaning::Asked> asked) {
    std::vector<Known> all;
    for (const auto& [model, vector, language] : asked) {
        const Vectors* known = vectors.find(model);
        if (known == nullptr || known->entry_count() == 0 || known->dims() != vector.size()) continue;
        const float share = language.empty() ? kHubShareOfAllLanguages : kHubShare;
        all.push_back({.vectors = known,
                       .asked = without_common(vector, *known, share),
                       .language = language.empty() ? std::nullopt : std::optional(language_of(language)),
                       .cosines = {},
                       .background = {}});
    }
    return all;
}

// Asks those models for what another has found that they have not. Else an entry would go before others because a
// model that thinks less of it was not heard.
void complete(std::span<Known> models) {
    std::vector<Doc> missing;
    for (Known& model : models) {
        missing.clear();
        for (Doc doc = 0; doc < model.cosines.size(); ++doc)
            if (model.cosines[doc] == Vectors::kNone &&
                std::ranges::any_of(models, [&](const Known& other) { return other.cosines[doc] != Vectors::kNone; }))
                missing.push_back(doc);
        model.vectors->compare_some(model.asked, missing, model.cosines);
    }
}

// Finds the cosines. One model that must read everything gives cosines to all entries, so the others do as well.
void compare(std::span<Known> models, bool exact, std::size_t doc_count) {
    for (Known& model : models) {
        model.cosines.resize(doc_count);
        model.background = exact ? model.vectors->compare_all(model.asked, model.cosines)
                                 : model.vectors->compare(model.asked, model.cosines);
    }
    if (!exact && models.size() > 1) complete(models);
}

// Those that stand for all.
std::vector<std::uint32_t> sampled_places(const Conversations& all) {
    std::vector<std::uint32_t> places;
    for (const Doc doc : Vectors::sample(all.doc_count()))
        if (all.place(doc) != Conversations::kNowhere) places.push_back(all.place(doc));
    return places;
}

// Scores in deviations from the background, which counts as `more` entries of the usual spread more; what is not known
// becomes 0.
void standardise(std::span<float> scores, const Background& background, double more) {
    const auto& [count, mean, variance] = background;
    if (count == 0) return;
    const double squares = count * variance + more * kUsualSpread * kUsualSpread;
    const double spread = std::sqrt(std::max(1e-12, squares / (count + more)));
    const auto middle = static_cast<float>(mean), deviations = static_cast<float>(1 / spread);
    for (float& score : scores) score = score == Vectors::kNone ? 0 : (score - middle) * deviations;
}

// By place. `sample`: for a model that reads all languages.
std::vector<float> scores_of(const Known& model, const Conversations& all, std::span<const std::uint32_t> sample) {
    std::vector<float> scores(all.size());
    for (std::size_t place = 0; place < all.size(); ++place) scores[place] = model.cosines[all.doc(place)];
    if (!model.language) level_languages(all, sample, scores);
    standardise(scores, model.background, kUsualEntries);
    return scores;
}

}  // namespace

std::optional<ports::IndexPassage> nearest_passage(const ModelVectors& vectors, Doc doc,
                                                   std::span<const ports::IndexMeaning::Asked> asked) {
    for (const auto& [model, vector, language] : asked) {
        const Vectors* known = vectors.find(model);
        if (known == nullptr) continue;
        if (const auto number = known->nearest_passage(vector, doc)) return ports::IndexPassage{model, *number};
    }
    return std::nullopt;
}

std::vector<float> standard_scores(const ModelVectors& vectors, const Conversations& all,
                                   std::span<const ports::IndexMeaning::Asked> asked) {
    std::vector<Known> models = find_known(vectors, asked);
    if (models.empty()) return {};
    const bool exact = std::ranges::any_of(models, [](const Known& model) { return model.vectors->is_exact(); });
    compare(models, exact, all.doc_count());
    const bool level = std::ranges::any_of(models, [](const Known& model) { return !model.language; });
    std::vector<std::uint32_t> sample;
    if (level || (!exact && models.size() > 1)) sample = sampled_places(all);
    if (models.size() == 1) return scores_of(models.front(), all, sample);
    std::vector<float> total(all.size()), weights(all.size());
    for (const Known& model : models) {
        const std::vector<float> scores = scores_of(model, all, sample);
        for (std::size_t place = 0; place < all.size(); ++place) {
            const bool reads_it = !model.language || all.around(place).language == *model.language;
            const bool is_known = model.cosines[all.doc(place)] != Vectors::kNone;
            const float weight = !is_known ? 0 : reads_it ? 1 : kForeignWeight;
            total[place] += weight * scores[place];
            weights[place] += weight;
        }
    }
    for (std::size_t place = 0; place < total.size(); ++place)
        total[place] = weights[place] > 0 ? total[place] / weights[place] : Vectors::kNone;
    standardise(total, exact ? background_of(total) : background_of(total, sample), 0);
    return total;
}

}  // namespace engram::search
