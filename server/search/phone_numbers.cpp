#include "search/phone_numbers.hpp"

#include <algorithm>

#include "search/characters.hpp"
#include "search/digit_groups.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kDigitsMin = 7;
constexpr std::size_t kDigitsMax = 15;
constexpr std::size_t kBytesMax = 64;
constexpr std::size_t kKeyDigits = 7;

bool is_separator(UChar32 c) {
    switch (c) {
        case ' ':
        case '-':
        case '/':
        case '.':
        case '(':
        case ')':
        case 0x00a0:
        case 0x2007:
        case 0x2009:
        case 0x202f:
        case 0x2212:
        case 0xff08:
        case 0xff09:
        case 0xff0d:
            return true;
        default:
            return c >= 0x2010 && c <= 0x2014;
    }
}

// A + begins a number; it never stands within one.
bool may_lie_within(std::string_view gap) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < gap.size() && count <= 2;) {
        const UChar32 c = next_character(gap, gap.size(), at);
        if (is_invisible(c)) continue;
        if (!is_separator(c)) return false;
        ++count;
    }
    return count <= 2;
}

class Finder {
public:
    Finder(std::string_view text, std::size_t first, std::vector<Token>& tokens)
        : text_(text), end_(tokens.size()), tokens_(tokens), at_(first) {}

    void run() {
        while (at_ < end_) {
            if (!has_digit_first(at_)) {
                number_ = next_ = {};
                ++at_;
            } else {
                at_ += read(groups_at(at_));
            }
        }
    }

private:
    std::string_view bytes(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }

    bool has_digit_first(std::size_t number) const {
        if (tokens_[number].kind != TokenKind::kWord) return false;
        std::size_t at = tokens_[number].begin;
        return digit_value(next_character(text_, tokens_[number].end, at)) >= 0;
    }

    DigitGroups groups_at(std::size_t number) const {
        return DigitGroups::of(bytes(tokens_[number].begin, tokens_[number].end));
    }

    // How many tokens that took.
    std::size_t read(const DigitGroups& groups) {
        const bool date = is_date_at(at_, groups);
        if (!date && may_be_dialled(groups)) {
            add(tokens_[at_], groups);
        } else {
            number_ = next_ = {};
        }
        return date ? 3 : 1;
    }

    std::string_view gap_behind(std::size_t number) const {
        return bytes(tokens_[number].end, std::max(tokens_[number].end, tokens_[number + 1].begin));
    }

    bool is_date_at(std::size_t number, const DigitGroups& first) const {
        if (first.size() != 1 || first.digits() > 4 || number + 2 >= end_) return false;
        const auto mark = gap_behind(number);
        if ((mark != "-" && mark != "/") || gap_behind(number + 1) != mark) return false;
        if (!has_digit_first(number + 1) || !has_digit_first(number + 2)) return false;
        const DigitGroups second = groups_at(number + 1), third = groups_at(number + 2);
        return second.size() == 1 && third.size() == 1 && is_date(first[0], second[0], third[0]);
    }

    struct Number {
        std::uint32_t begin = 0;
        std::size_t digits = 0;  // 0 where none has begun
        bool years_only = true;

        void add(const Token& token, const DigitGroups& groups) {
            if (digits == 0) *this = {.begin = token.begin};
            digits += groups.digits();
            years_only = years_only && std::all_of(groups.begin(), groups.end(), is_year);
        }
        bool is_whole() const { return digits >= kDigitsMin; }
        bool is_phone() const { return is_whole() && digits <= kDigitsMax && !years_only; }
        bool takes(const DigitGroups& groups) const { return digits > 0 && digits + groups.digits() <= kDigitsMax; }

        // Groups that are no whole number are further cells of a table.
        static Number after_too_many(const DigitGroups& groups) {
            return groups.digits() >= kDigitsMin ? Number{} : Number{.digits = kDigitsMax + 1};
        }
    };

    // A group such as 030 after a whole number may begin another one: then `next_` is what is right in the end.
    void add(const Token token, const DigitGroups& groups) {
        if (!may_lie_within(bytes(last_end_, std::max(last_end_, token.begin)))) number_ = next_ = {};
        if (number_.digits > 0 && !number_.takes(groups)) {
            number_ = next_.takes(groups) ? next_ : Number::after_too_many(groups);
            next_ = {};
        }
        const bool begins_anew = number_.is_whole() && groups[0].zero_first && groups[0].digits > 2;
        if (begins_anew || next_.digits > 0) next_.add(token, groups);
        number_.add(token, groups);
        last_end_ = token.end;
        if (number_.is_phone() && last_end_ - number_.begin <= kBytesMax)
            tokens_.push_back({number_.begin, last_end_, TokenKind::kPhone});
    }

    std::string_view text_;
    std::size_t end_;
    std::vector<Token>& tokens_;
    std::size_t at_;
    Number number_, next_;
    std::uint32_t last_end_ = 0;
};

}  // namespace

void append_phone_numbers(std::string_view text, std::size_t first, std::vector<Token>& tokens) {
    Finder(text, first, tokens).run();
}

std::string phone_key(std::string_view raw) {
    std::string digits;
    for (std::size_t at = 0; at < raw.size();) {
        const int digit = digit_value(next_character(raw, raw.size(), at));
        if (digit >= 0) digits.push_back(static_cast<char>('0' + digit));
    }
    if (digits.size() > kKeyDigits) digits.erase(0, digits.size() - kKeyDigits);
    return "+" + digits;
}

}  // namespace engram::search
