#include "search/blend.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "search/best.hpp"
#include "search/chance.hpp"
#include "search/doc_set.hpp"
#include "search/hinted.hpp"

namespace engram::search {
namespace {

// Tuned on the development half of LoCoMo and the tune half of bench/data/persona.json; docs/search.md has the table.
constexpr float kMeaningWeight = 0.25F, kWordsWeight = 1.5F, kLoneWordsWeight = 1.0F, kQuestionCost = 0.25F,
                kHintWeight = 1.2F;
constexpr float kNeighbourShare = 0.6F;  // of an entry's meaning in a conversation, what it is with its neighbours
constexpr Neighbourhood kMeaningReach{{0.8F, 0.6F}, {0.7F, 0.5F}}, kWordsReach{{0.7F, 0.5F}, {0.5F, 0.3F}};

// Brings what stands in a conversation, which its neighbours raise, to the scale of what stands alone: the same score
// is the same chance.
constexpr float kTalkScale = 0.8F, kTalkCost = 0.05F;

// Beside what has a word: so many of the nearest however far they are, and up to so many that are nearer than this.
constexpr std::size_t kNearestMin = 10, kNearestMax = 100;
constexpr float kNearFloor = 0.15F;

// A word or two of many are hardly ever what was meant; less so in a conversation, where what is meant is said in
// several entries.
float worth_of_words(float share, bool alone) {
    return share * std::sqrt(share) * (alone ? kLoneWordsWeight * share : kWordsWeight);
}

// Keeps the kNearestMax highest of what it is shown, without those below kNearFloor that kNearestMin do not need.
class Nearest {
public:
    using Entry = std::pair<float, Doc>;

    void offer(float score, Doc doc) {
        if (Entry(score, doc) < lowest_) return;
        entries_.emplace_back(score, doc);
        if (entries_.size() == 4 * kNearestMax) cut();
    }

    const std::vector<Entry>& take() {
        if (entries_.size() > kNearestMax) cut();
        std::ranges::sort(entries_, std::greater<>());
        while (entries_.size() > kNearestMin && entries_.back().first < kNearFloor) entries_.pop_back();
        return entries_;
    }

private:
    void cut() {
        std::nth_element(entries_.begin(), entries_.begin() + kNearestMax - 1, entries_.end(), std::greater<>());
        entries_.resize(kNearestMax);
        lowest_ = entries_.back();
    }

    std::vector<Entry> entries_;
    Entry lowest_{std::numeric_limits<float>::lowest(), 0};  // of those kept at the last cut
};

class Blend {
public:
    Blend(const Documents& documents, const Conversations& all, const Blended& asked)
        : documents_(documents),
          all_(all),
          scores_(all.size()),
          shares_(all.size()),
          best_(all.size()),
          has_word_(documents.size()) {
        add_hints(asked.hints);
        for (const Group& group : asked.groups) add_word(group, asked.ideal);
        for (std::size_t place = 0; place < all.size(); ++place) {
            const Surroundings& around = all.around(place);
            const bool alone = around.stands_alone();
            float& score = scores_[place];
            if (shares_[place] > 0) score += worth_of_words(shares_[place], alone);
            if (!asked.meanings.empty()) score += kMeaningWeight * meaning_of(around, &asked.meanings[place]);
            if (alone) continue;
            if (around.asks) score -= kQuestionCost;
            score = kTalkScale * score - kTalkCost;
        }
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
                if (score(doc) >= best.threshold()) best.offer(score(doc), doc);
            }
        }
        if (best_count == 0) return ranking;
        ranking.best = best.take();
        const Chance chance(scores_, raised_);
        for (RankedDoc& hit : ranking.best) hit.score = chance.of(hit.score);
        return ranking;
    }

private:
    float score(Doc doc) const { return scores_[all_.place(doc)]; }

    static float meaning_of(const Surroundings& around, const float* meaning) {
        if (around.stands_alone()) return *meaning;
        return *meaning + kNeighbourShare * (best_around(around, kMeaningReach, meaning) - *meaning);
    }

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
        const Hinted hinted(documents_, hint);
        Hits hits;
        for (std::size_t place = 0; place < all_.size(); ++place)
            if (const float share = hinted.share(all_.doc(place)); share > 0)
                hits.push_back({static_cast<std::uint32_t>(place), share});
        return hits;
    }

    // Nothing where it holds for none.
    float weight_of(const Hits& hits) const { return hits.empty() ? 0 : inverse_frequency(all_.size(), hits.size()); }

    // An entry has its own words whole, and those of its neighbours in part: the best of them counts.
    void add_hits(float weight) {
        touched_.clear();
        const auto touch = [this](std::size_t place, float share) {
            if (best_[place] == 0) touched_.push_back(static_cast<std::uint32_t>(place));
            best_[place] = std::max(best_[place], share);
        };
        for (const auto& [place, factor] : hits_) {
            touch(place, factor);
            for_those_around(all_, kWordsReach, place,
                             [&, own = factor](std::size_t other, float share) { touch(other, own * share); });
        }
        for (const std::uint32_t place : touched_) shares_[place] += weight * std::exchange(best_[place], 0.0F);
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
        raised_ = kHintWeight;
        for (Hits& hits : all) {
            hits_ = std::move(hits);
            add_hits(weight_of(hits_) / ideal);
        }
        for (std::size_t place = 0; place < all_.size(); ++place)
            scores_[place] = kHintWeight * std::exchange(shares_[place], 0.0F);
    }

    void add_hit(Doc doc, float factor) {
        const std::uint32_t place = all_.place(doc);
        if (place == Conversations::kNowhere) return;
        hits_.push_back({place, factor});
        has_word_.add(doc);
    }

    // What passes and has a word, and the nearest of the others.
    DocSet find(const Filter& filter) const {
        DocSet found(documents_.size());
        if (filter.is_empty()) return found;
        Nearest nearest;
        for (std::size_t word = 0; word * 64 < documents_.size(); ++word) {
            const std::uint64_t passing = filter.pass(word, ~std::uint64_t{0});
            found.add_bits(word, passing & has_word_.bits(word));
            for (std::uint64_t bits = passing & ~has_word_.bits(word); bits != 0; bits &= bits - 1) {
                const Doc doc = static_cast<Doc>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
                nearest.offer(score(doc), doc);
            }
        }
        for (const auto& [score, doc] : nearest.take()) found.add(doc);
        return found;
    }

    const Documents& documents_;
    const Conversations& all_;
    std::vector<float> scores_, shares_, best_;  // by place
    float raised_ = 0;                           // what a hint adds at most
    Hits hits_;
    std::vector<std::uint32_t> touched_;  // places
    DocSet has_word_;
};

}  // namespace

Ranking blend(const Documents& documents, const Conversations& all, const Blended& asked, const Filter& filter,
              std::size_t best_count, Facets* facets) {
    return Blend(documents, all, asked).rank(filter, best_count, facets);
}

}  // namespace engram::search
