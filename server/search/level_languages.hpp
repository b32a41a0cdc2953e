// Cosines of a model that reads every language, brought to one level for all of them.
#pragma once

#include <cstdint>
#include <span>

#include "search/conversation.hpp"

namespace engram::search {

// Such a model holds what is told in the language of the query for nearer than it is. From each cosine, by place, it is
// taken by how much those of its language lie above all others: among what stands alone and in conversations apart, as
// one tells other things there. `sample`: the places whose cosines say it. What is Vectors::kNone stays so.
void level_languages(const Conversations& all, std::span<const std::uint32_t> sample, std::span<float> cosines);

}  // namespace engram::search
