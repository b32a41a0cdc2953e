// How near entries are to a query in meaning, in units that hold for every query and model.
#pragma once

#include <span>
#include <vector>

#include "ports/search_index.hpp"
#include "search/conversation.hpp"
#include "search/model_vectors.hpp"

namespace engram::search {

// By place: how many standard deviations an entry's cosine lies above the mean of all entries; the mean over the models
// that know it. 0 where none does, and for entries that are far away, where a model has too many to read all. Nothing
// where no model that was asked knows any entry.
std::vector<float> standard_scores(const ModelVectors& vectors, const Conversations& all,
                                   std::span<const ports::IndexMeaning::Asked> asked);

// The passage of an entry that is nearest to what was asked, by the first model that has several of it.
std::optional<ports::IndexPassage> nearest_passage(const ModelVectors& vectors, Doc doc,
                                                   std::span<const ports::IndexMeaning::Asked> asked);

}  // namespace engram::search
