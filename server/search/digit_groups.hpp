// Words that are digits, in groups where dots stand between.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engram::search {

struct DigitGroup {
    std::uint32_t value = 0;  // 9999 for all above
    std::uint8_t digits = 0;
    bool zero_first = false;
};

class DigitGroups {
public:
    // At most 15 digits; none where the word is anything else.
    static DigitGroups of(std::string_view word);

    std::size_t size() const { return size_; }
    std::size_t digits() const { return digits_; }
    const DigitGroup& operator[](std::size_t number) const { return groups_[number]; }
    const DigitGroup* begin() const { return groups_.data(); }
    const DigitGroup* end() const { return groups_.data() + size_; }

private:
    bool add_digit(int digit, bool new_group);

    std::array<DigitGroup, 15> groups_{};
    std::size_t size_ = 0, digits_ = 0;
};

// 2024, 05, 01 in this order or from the day to the year.
bool is_date(const DigitGroup& first, const DigitGroup& second, const DigitGroup& third);

bool is_year(const DigitGroup& group);

// Whether the groups of one word may be dialled: no decimals, thousands, addresses of machines, versions or dates.
bool may_be_dialled(const DigitGroups& groups);

}  // namespace engram::search
