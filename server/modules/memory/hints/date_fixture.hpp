// What hints a text gives, told as a line, on a day that many things fall on.
#pragma once

#include <string>
#include <string_view>

#include "modules/memory/hints/date_phrases.hpp"

namespace engram::memory {

inline constexpr LocalDay kToday(std::chrono::year(2024) / 3 / 31);  // a Sunday, Easter, the last day of a month

// "in March: 2024-03-01..2024-03-31 yearly", each hint with what it is of the text; "or": it or the one before.
inline std::string hints_of(std::string_view text, LocalDay today = kToday) {
    std::string told;
    for (const DateHint& hint : find_date_hints(text, [&] { return today; })) {
        if (!told.empty()) told += "; ";
        told.append(text.substr(hint.begin, hint.end - hint.begin)) += ": " + text_of(hint.days);
        if (hint.or_before) told += " or";
        if (hint.repeats != Repeats::kOnce) told += hint.repeats == Repeats::kYearly ? " yearly" : " weekly";
    }
    return told;
}

struct DateRow {
    std::string_view text, hints;
};

}  // namespace engram::memory
