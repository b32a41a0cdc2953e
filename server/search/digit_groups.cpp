#include "search/digit_groups.hpp"

#include <algorithm>

#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kDigitsMax = 15;
constexpr std::uint32_t kValueMax = 9999;

bool is_month(const DigitGroup& group) { return group.digits <= 2 && group.value >= 1 && group.value <= 12; }
bool is_day(const DigitGroup& group) { return group.digits <= 2 && group.value >= 1 && group.value <= 31; }

bool are_bytes(const DigitGroups& groups) {
    return std::all_of(groups.begin(), groups.end(), [](const DigitGroup& group) {
        return group.value <= 255 && (group.digits == 1 || !group.zero_first);
    });
}

bool are_thousands(const DigitGroups& groups) {
    return groups[0].digits <= 3 && !groups[0].zero_first &&
           std::all_of(groups.begin() + 1, groups.end(), [](const DigitGroup& group) { return group.digits == 3; });
}

bool are_long(const DigitGroups& groups) {
    return std::all_of(groups.begin() + 1, groups.end(), [](const DigitGroup& group) { return group.digits >= 2; });
}

}  // namespace

bool DigitGroups::add_digit(int digit, bool new_group) {
    if (digits_ == kDigitsMax) return false;
    size_ += new_group ? 1 : 0;
    DigitGroup& group = groups_[size_ - 1];
    if (new_group) group.zero_first = digit == 0;
    group.value = std::min(10 * group.value + static_cast<std::uint32_t>(digit), kValueMax);
    ++group.digits;
    ++digits_;
    return true;
}

DigitGroups DigitGroups::of(std::string_view word) {
    DigitGroups groups;
    bool new_group = true;
    for (std::size_t at = 0; at < word.size();) {
        const UChar32 c = next_character(word, word.size(), at);
        if (is_invisible(c)) continue;
        const int digit = digit_value(c);
        const bool parts = c == '.' && !new_group;
        if (!parts && (digit < 0 || !groups.add_digit(digit, new_group))) return {};
        new_group = parts;
    }
    return groups;
}

bool is_year(const DigitGroup& group) { return group.digits == 4 && group.value >= 1900 && group.value < 2100; }

bool is_date(const DigitGroup& first, const DigitGroup& second, const DigitGroup& third) {
    const bool year_first = is_year(first) && is_month(second) && is_day(third);
    const bool year_last = is_year(third) && is_day(first) && is_day(second) && (is_month(first) || is_month(second));
    return year_first || year_last;
}

bool may_be_dialled(const DigitGroups& groups) {
    if (groups.size() < 2) return groups.size() == 1;
    if (groups.size() == 2) return groups[0].zero_first && groups[0].digits >= 3;
    if (groups.size() == 3 && is_date(groups[0], groups[1], groups[2])) return false;
    return are_long(groups) && !are_thousands(groups) && !(groups.size() == 4 && are_bytes(groups));
}

}  // namespace engram::search
