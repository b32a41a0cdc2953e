#include "search/meaning.hpp"

#include <cmath>
#include <optional>

namespace engram::search {
namespace {

// What a model of one language says of a text in another counts so little beside one that reads it.
constexpr float kForeignWeight = 0.3F;

// The spread that cosines have at least, as that of so many entries more: few entries tell little of it.
constexpr double kUsualSpread = 0.03, kUsualEntries = 8;

// Standardises the scores that are there; the others become 0.
void standardise(std::span<float> scores, bool few) {
    double count = 0, sum = 0, squares = 0;
    for (const float score : scores) {
        if (score == Vectors::kNone) continue;
        ++count;
        sum += double{score};
        squares += double{score} * double{score};
    }
    if (count == 0) return;
    const double mean = sum / count;
    const double usual = few ? kUsualEntries : 0;
    const double spread =
        std::sqrt(std::max(1e-12, (squares - sum * mean + usual * kUsualSpread * kUsualSpread) / (count + usual)));
    for (float& score : scores)
        score = score == Vectors::kNone ? 0 : static_cast<float>((double{score} - mean) / spread);
}

}  // namespace

std::vector<float> standard_scores(const Documents& documents, const ModelVectors& vectors, const Conversations& all,
                                   std::span<const ports::IndexMeaning::Asked> asked) {
    std::vector<float> total, cosines, scores, weights;
    std::size_t models = 0;
    for (const auto& [model, vector, language] : asked) {
        const Vectors* known = vectors.find(model);
        if (known == nullptr || known->entry_count() == 0 || known->dims() != vector.size()) continue;
        cosines.resize(all.doc_count());
        known->compare(vector, cosines);
        scores.resize(all.size());
        for (std::size_t place = 0; place < all.size(); ++place) scores[place] = cosines[all.doc(place)];
        standardise(scores, true);
        const auto only = language.empty() ? std::nullopt : std::optional(language_of(language));
        total.resize(all.size());
        weights.resize(all.size());
        for (std::size_t place = 0; place < all.size(); ++place) {
            const bool reads_it = !only || documents.row(all.doc(place)).language == *only;
            const bool is_known = cosines[all.doc(place)] != Vectors::kNone;
            const float weight = !is_known ? 0 : reads_it ? 1 : kForeignWeight;
            total[place] += weight * scores[place];
            weights[place] += weight;
        }
        ++models;
    }
    for (std::size_t place = 0; place < total.size(); ++place)
        total[place] = weights[place] > 0 ? total[place] / weights[place] : Vectors::kNone;
    if (models > 0) standardise(total, false);
    return total;
}

}  // namespace engram::search
