// Numbers of phones, which people part in groups as they like, with or without the code of the country.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "search/word_break.hpp"

namespace engram::search {

// Appends a kPhone token for groups of digits, 7 to 15 digits in all, with at most two of " -/.()" between; one from
// the first group to each further group, as a number may go on, or something else may follow it. Not for dates, years,
// decimals, thousands and addresses of machines.
void append_phone_numbers(std::string_view text, std::size_t first, std::vector<Token>& tokens);

// What every spelling of a number shares: + and the last seven digits, as Android's PhoneNumberUtils compares them.
// No word equals it.
std::string phone_key(std::string_view raw);

}  // namespace engram::search
