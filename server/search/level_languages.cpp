#include "search/level_languages.hpp"

#include <array>

#include "search/language.hpp"
#include "search/vectors.hpp"

namespace engram::search {
namespace {

// A language of few entries says little of itself: as if so many more lay where all do.
constexpr double kMoreEntries = 20;

struct Sum {
    double count = 0, total = 0;

    void add(float cosine) { ++count, total += double{cosine}; }
};

// By how much the cosines of each language lie above all; of entries that are told in the same way.
class Leads {
public:
    void add(Language language, float cosine) {
        all_.add(cosine);
        languages_[language].add(cosine);
    }

    std::array<float, kLanguageCount> settle() const {
        std::array<float, kLanguageCount> leads{};
        for (std::size_t i = 0; i < kLanguageCount; ++i)
            if (const auto& [count, total] = languages_[i]; count > 0)
                leads[i] = static_cast<float>((total - count * all_.total / all_.count) / (count + kMoreEntries));
        return leads;
    }

private:
    Sum all_;
    std::array<Sum, kLanguageCount> languages_;
};

}  // namespace

void level_languages(const Conversations& all, std::span<const std::uint32_t> sample, std::span<float> cosines) {
    Leads alone, told_together;
    for (const std::uint32_t place : sample) {
        const Surroundings& around = all.around(place);
        if (cosines[place] != Vectors::kNone)
            (around.stands_alone() ? alone : told_together).add(around.language, cosines[place]);
    }
    const std::array leads{alone.settle(), told_together.settle()};
    for (std::size_t place = 0; place < cosines.size(); ++place) {
        const Surroundings& around = all.around(place);
        if (cosines[place] != Vectors::kNone) cosines[place] -= leads[around.stands_alone() ? 0 : 1][around.language];
    }
}

}  // namespace engram::search
