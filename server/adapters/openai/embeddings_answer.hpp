// Reads what a service answers to POST /embeddings. Internal. Any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace engram::openai {

// The vectors of `texts` texts, in their order, each of length 1. All have `dimensions`; 0: whichever, but all the
// same. Values are numbers or, as base64, little-endian floats. Throws kMalformed where the answer is no such: its text
// goes on after "has answered with".
std::vector<std::vector<float>> read_embeddings(std::string_view body, std::size_t texts, std::size_t dimensions);

}  // namespace engram::openai
