// What the score of a blend is worth (docs/search.md).
#pragma once

#include <span>

namespace engram::search {

// The chance that an entry is what was meant, by its score and by how well others score: where many do, each of them is
// the less sure. A logistic regression over the collections that the ranking was tuned on, and over questions that they
// do not answer. The higher score has the higher chance.
class Chance {
public:
    // `scores`: of all entries, in any order, whether a filter passes them or not. `raised`: by how much hints raise
    // what they hold for, whatever it says.
    explicit Chance(std::span<const float> scores, float raised = 0);

    float of(float score) const;

private:
    float against_;
};

}  // namespace engram::search
