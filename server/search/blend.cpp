#include "search/blend.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

#include "search/best.hpp"
#include "search/doc_set.hpp"

namespace engram::search {
namespace {

// Tuned on the development half of LoCoMo and the tune half of bench/data/persona.json; docs/search.md has the table.
constexpr float kMeaningWeight = 0.25F, kWordsWeight = 1.5F, kLoneWordsWeight = 1.0F, kQuestionCost = 0.25F,
                kHintWeight = 1.2F;
constexpr float kNeighbourShare = 0.6F;  // of an entry's meaning in a conversation, what it is with its neighbours
constexpr Neighbourhood kMeaningReach{{0.8F, 0.6F}, {0.7F, 0.5F}}, kWordsReach{{0.7F, 0.5F}, {0.5F, 0.3F}};

// Beside what has a word: so many at most, and none that is not nearer than this, unless there are so few at all.
constexpr std::size_t kNearestMax = 100, kFewEntries = 10;
constexpr float kNearFloor = 0.25F;

// The chance that an entry of this score is what was meant: a logistic regression over the tuning collections.
constexpr float kChanceSlope = 2.7F, kChanceMiddle = 1.93F;

// A word or two of many are hardly ever what was meant; less so in a conversation, where what is meant is said in
// several entries.
float worth_of_words(float share, bool alone) {
    return share * std::sqrt(share) * (alone ? kLoneWordsWeight * share : kWordsWeight);
}

class Blend {
public:
    Blend(const Documents& documents, const Conversations& all, const Blended& asked)
        : documents_(documents), all_(all), scores_(all.size()), has_word_(documents.size()) {
        best_.resize(all.size());
        shares_.resize(all.size());
        for (const Group& group : asked.groups) add_word(group, asked.ideal);
        for (std::size_t place = 0; place < all.size(); ++place)
            shares_[place] = worth_of_words(shares_[place], all.stands_alone(place));
        scores_.swap(shares_);
        add_hints(asked.hints);
        if (!asked.meanings.empty()) add_meanings(asked.meanings);
        for (std::size_t place = 0; place < all.size(); ++place)
            if (documents.row(all.doc(place)).asks && !all.stands_alone(place)) scores_[place] -= kQuestionCost;
    }

    Ranking rank(const Filter& filter, std::size_t best_count, Facets* facets) {
        Ranking ranking;
        const DocSet found = find(filter);
        Best best(documents_, std::max<std::size_t>(best_count, 1));
        for (std::size_t word = (documents_.size() + 63) / 64; word-- > 0;) {
            std::uint64_t bits = found.bits(word);
            ranking.total += std::popcount(bits);
            if (facets != nullptr) facets->count(word, bits);
            for (; bits != 0; bits &= bits - 1) {
                const Doc doc = static_cast<Doc>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
                best.offer(score(doc), doc);
            }
        }
        if (best_count == 0) return ranking;
        ranking.best = best.take();
        for (RankedDoc& hit : ranking.best) hit.score = 1 / (1 + std::exp(kChanceSlope * (kChanceMiddle - hit.score)));
        return ranking;
    }

private:
    float score(Doc doc) const { return scores_[all_.place(doc)]; }

    struct Hit {
        std::uint32_t place;
        float factor;
    };
    using Hits = std::vector<Hit>;

    void add_word(const Group& group, float ideal) {
        hits_.clear();
        for (const Part& part : group.parts)
            for (const Posting posting : part.postings) add_hit(doc_of(posting), part.factor);
        add_hits(group.weight / ideal);
    }

    // Those for which a hint holds.
    Hits entries_of(const ports::IndexHint& hint) const {
        const auto label = [&](const std::string& wanted) {
            return wanted.empty() ? std::nullopt : documents_.find_label(wanted);
        };
        const auto mark = label(hint.mark), category = label(hint.category);
        Hits hits;
        for (std::size_t place = 0; place < all_.size(); ++place) {
            const Doc doc = all_.doc(place);
            float share = 0;
            for (const auto& span : hint.spans)
                if ((!span.from || documents_.created_at(doc) >= *span.from) &&
                    (!span.to || documents_.created_at(doc) < *span.to))
                    share = std::max(share, span.share);
            if (category && documents_.category(doc) == *category) share = 1;
            if (mark && std::ranges::find(documents_.marks(doc), *mark) != documents_.marks(doc).end()) share = 1;
            if (share > 0) hits.push_back({static_cast<std::uint32_t>(place), share});
        }
        return hits;
    }

    // Nothing where it holds for none.
    float weight_of(const Hits& hits) const { return hits.empty() ? 0 : inverse_frequency(all_.size(), hits.size()); }

    // An entry has its own words whole, and those of its neighbours in part.
    void add_hits(float weight) {
        spread_.clear();
        for (const auto& [place, factor] : hits_)
            for_neighbours(all_, kWordsReach, place, [&, own = factor](std::size_t neighbour, float share) {
                spread_.push_back({static_cast<std::uint32_t>(neighbour), own * share});
            });
        for (const auto& hits : {std::cref(hits_), std::cref(spread_)})
            for (const auto& [place, factor] : hits.get()) best_[place] = std::max(best_[place], factor);
        for (const auto& hits : {std::cref(hits_), std::cref(spread_)})
            for (const auto& [place, factor] : hits.get()) shares_[place] += weight * std::exchange(best_[place], 0.0F);
    }

    // Apart from the words: what fits a hint is raised, however many words there are beside it.
    void add_hints(std::span<const ports::IndexHint> hints) {
        std::vector<Hits> all;
        float ideal = 0;
        for (const ports::IndexHint& hint : hints) {
            all.push_back(entries_of(hint));
            ideal += weight_of(all.back());
        }
        if (ideal == 0) return;
        for (Hits& hits : all) {
            hits_ = std::move(hits);
            add_hits(weight_of(hits_) / ideal);
        }
        for (std::size_t place = 0; place < all_.size(); ++place) scores_[place] += kHintWeight * shares_[place];
    }

    void add_hit(Doc doc, float factor) {
        const std::uint32_t place = all_.place(doc);
        if (place == Conversations::kNowhere) return;
        hits_.push_back({place, factor});
        has_word_.add(doc);
    }

    void add_meanings(std::span<const float> meanings) {
        for (std::size_t place = 0; place < all_.size(); ++place) best_[place] = meanings[place];
        for (std::size_t place = 0; place < all_.size(); ++place)
            for_neighbours(all_, kMeaningReach, place, [&](std::size_t neighbour, float share) {
                best_[neighbour] = std::max(best_[neighbour], share * meanings[place]);
            });
        for (std::size_t place = 0; place < all_.size(); ++place)
            scores_[place] +=
                kMeaningWeight * std::lerp(meanings[place], std::exchange(best_[place], 0.0F), kNeighbourShare);
    }

    // What passes and has a word, and the nearest of the others.
    DocSet find(const Filter& filter) const {
        DocSet found(documents_.size());
        if (filter.is_empty()) return found;
        std::vector<std::pair<float, Doc>> near;
        for (std::size_t word = 0; word * 64 < documents_.size(); ++word) {
            for (std::uint64_t bits = filter.pass(word, ~std::uint64_t{0}); bits != 0; bits &= bits - 1) {
                const Doc doc = static_cast<Doc>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
                if (has_word_.has(doc)) {
                    found.add(doc);
                } else if (score(doc) >= kNearFloor || all_.size() <= kFewEntries) {
                    near.emplace_back(score(doc), doc);
                }
            }
        }
        if (near.size() > kNearestMax) {
            std::nth_element(near.begin(), near.begin() + kNearestMax, near.end(), std::greater<>());
            near.resize(kNearestMax);
        }
        for (const auto& [score, doc] : near) found.add(doc);
        return found;
    }

    const Documents& documents_;
    const Conversations& all_;
    std::vector<float> scores_, shares_, best_;  // by place
    Hits hits_, spread_;
    DocSet has_word_;
};

}  // namespace

Ranking blend(const Documents& documents, const Conversations& all, const Blended& asked, const Filter& filter,
              std::size_t best_count, Facets* facets) {
    return Blend(documents, all, asked).rank(filter, best_count, facets);
}

}  // namespace engram::search
