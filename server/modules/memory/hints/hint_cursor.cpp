#include "modules/memory/hints/hint_cursor.hpp"

#include <algorithm>
#include <array>

namespace engram::memory {
namespace {

constexpr int kYearFirst = 1900, kYearLast = 2099;
constexpr int kSmallWordsMax = 3;
constexpr int kCenturyTurn = 70;  // '69 is 2069, '70 is 1970
constexpr std::size_t kCountDigitsMax = 3;
constexpr std::array<std::string_view, 14> kOrdinals{"st", "nd", "rd", "th",  "er", "ere", "e",
                                                     "o",  "a",  "de", "ste", "го", "eme", "os"};
constexpr std::array<std::string_view, 3> kApostrophes{"'", "\u2019", "\u2018"};

bool ends_like(std::string_view text, std::string_view signs) {
    return !text.empty() && signs.find(text.back()) != std::string_view::npos;
}

bool is_year(const HintToken& token) {
    return token.is_number() && token.number >= kYearFirst && token.number <= kYearLast;
}

}  // namespace

const HintToken* HintCursor::token() const {
    if (at_ >= tokens_->size()) return nullptr;
    const HintToken& token = (*tokens_)[at_];
    return token.apart && at_ != begin_ ? nullptr : &token;
}

const HintWord* HintCursor::take(HintRole role) {
    const HintToken* here = token();
    if (here == nullptr) return nullptr;
    for (const HintWord& word : here->words) {
        if (word.role != role || (word.languages & languages_) == 0) continue;
        at_ += word.tokens;
        languages_ &= word.languages;
        return &word;
    }
    return nullptr;
}

int HintCursor::skip_any(std::initializer_list<HintRole> roles) {
    int skipped = 0;
    const auto skip_one = [&] { return std::ranges::any_of(roles, [&](HintRole role) { return skip(role); }); };
    while (skipped < kSmallWordsMax && skip_one()) ++skipped;
    return skipped;
}

void HintCursor::skip_possessive() {
    if (token() != nullptr && token()->folded == "s" && is_behind_apostrophe()) ++at_;
}

bool HintCursor::is_behind_dash() const {
    if (token() == nullptr) return false;
    const std::string_view before = token()->before;
    return before.find('-') != std::string_view::npos || before.find("\u2013") != std::string_view::npos ||
           before.find("\u2014") != std::string_view::npos || before.find("\u2011") != std::string_view::npos;
}

bool HintCursor::is_behind_apostrophe() const {
    if (token() == nullptr) return false;
    return std::ranges::any_of(kApostrophes, [&](std::string_view sign) { return token()->before.ends_with(sign); });
}

// Neither "10:30" nor "3.5" nor "#12" nor "A-4".
bool HintCursor::stands_alone(const HintToken& token, bool dashes) const {
    if (ends_like(token.before, dashes ? "#$@_+:=/" : "#$@_+:=./-")) return false;
    if (!token.behind.empty() && std::string_view("%$:_@=+").find(token.behind[0]) != std::string_view::npos)
        return false;
    const bool glued = token.behind.size() == 1 && ends_like(token.behind, dashes ? "./" : "./-");
    return !glued || at_ + 1 >= tokens_->size() || (*tokens_)[at_ + 1].digits == 0;
}

std::optional<int> HintCursor::take_number(bool in_range) {
    if (const HintWord* word = take(HintRole::kNumber)) return word->value;
    const HintToken* here = token();
    if (here == nullptr || !here->is_number() || here->digits > kCountDigitsMax || here->number == 0)
        return std::nullopt;
    if (!stands_alone(*here, in_range)) return std::nullopt;
    ++at_;
    return here->number;
}

std::optional<int> HintCursor::take_day(bool in_range) {
    if (const HintWord* word = take(HintRole::kDayNumber)) return word->value;
    const HintToken* here = token();
    if (here == nullptr || here->digits > 2 || here->number < 1 || here->number > 31 || is_behind_apostrophe())
        return std::nullopt;
    if (!here->suffix.empty() && std::ranges::find(kOrdinals, here->suffix) == kOrdinals.end()) return std::nullopt;
    if (!stands_alone(*here, in_range)) return std::nullopt;
    ++at_;
    return here->number;
}

std::optional<int> HintCursor::take_year(bool two) {
    const HintToken* here = token();
    if (here == nullptr || !is_year(*here)) return std::nullopt;
    if (stands_alone(*here, false)) {
        ++at_;
        return here->number;
    }
    if (!two || at_ + 1 >= tokens_->size()) return std::nullopt;
    const HintToken& next = (*tokens_)[at_ + 1];
    if (!next.is_number() || next.digits % 2 != 0 || next.number % 100 != (here->number + 1) % 100) return std::nullopt;
    at_ += 2;
    return here->number;
}

std::optional<HintCursor::Years> HintCursor::take_years() {
    if (const auto year = take_year()) return Years{*year, *year};
    HintCursor behind = *this;
    const HintToken* first = behind.token();
    if (first == nullptr || !is_year(*first) || !behind.stands_alone(*first, true)) return std::nullopt;
    behind.step();
    const HintToken* last = behind.token();
    if (last == nullptr || !is_year(*last) || !behind.is_behind_dash() || last->number <= first->number ||
        !behind.stands_alone(*last, true))
        return std::nullopt;
    behind.step();
    *this = behind;
    return Years{first->number, last->number};
}

// The other half of "23/24".
bool HintCursor::skip_year_behind_slash(int year) {
    const HintToken* here = token();
    if (here == nullptr || here->before != "/" || !here->is_number() || here->number != (year + 1) % 100) return false;
    ++at_;
    return true;
}

std::optional<int> HintCursor::take_short_year(bool bare) {
    const HintToken* here = token();
    if (here == nullptr || !here->is_number() || here->digits != 2) return std::nullopt;
    HintCursor behind = *this;
    behind.step();
    const bool two = bare && behind.skip_year_behind_slash(here->number);
    const bool stands = bare && here->before == " " && (two || stands_alone(*here, false));
    if (!is_behind_apostrophe() && !stands) return std::nullopt;
    if (bare && behind.token() != nullptr && behind.token()->has(HintRole::kUnit)) return std::nullopt;
    *this = behind;
    return here->number < kCenturyTurn ? 2000 + here->number : 1900 + here->number;
}

}  // namespace engram::memory
