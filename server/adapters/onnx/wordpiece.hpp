// Texts as the numbers that a model of the BERT family takes in: lower case, accents stripped, CJK and punctuation one
// by one, words in the longest pieces that the vocabulary has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "adapters/onnx/vocabulary.hpp"

namespace engram::onnx {

// [CLS], the pieces of `text`, [SEP]: `tokens_max` (at least 2) of them at most, and what is longer counts by its
// beginning. Any bytes; "[SEP]" in a text is text. Linear in what it reads, which is no more than it needs. Any thread.
std::vector<std::int64_t> encode(const Vocabulary& vocabulary, std::string_view text, std::size_t tokens_max);

}  // namespace engram::onnx
