// Days in numerals: 2024-03-09, 9.3.2024, 03/09/2024.
#include <string_view>

#include "modules/memory/hints/date_items.hpp"

namespace engram::memory {
namespace {

constexpr int kYearFirst = 1900, kYearLast = 2099;

// Numbers with one sign between them, and nothing else glued to either end.
struct Numerals {
    std::vector<const HintToken*> parts;
    char sign = 0;
};

bool is_glue(std::string_view between) {
    return between.size() == 1 && std::string_view("-./:_+").find(between[0]) != std::string_view::npos;
}

std::optional<Numerals> read_row(const std::vector<HintToken>& tokens, std::size_t at) {
    const std::string_view before = tokens[at].before;
    if (!before.empty() && std::string_view("-./:_+#$@").find(before.back()) != std::string_view::npos)
        return std::nullopt;
    Numerals row;
    for (;; ++at) {
        if (!tokens[at].is_number()) return std::nullopt;
        row.parts.push_back(&tokens[at]);
        const bool ends = at + 1 == tokens.size() || !is_glue(tokens[at].behind);
        if (ends) return row.parts.size() > 1 ? std::optional(row) : std::nullopt;
        const char sign = tokens[at].behind[0];
        if (row.parts.size() == 3 || (row.sign != 0 && sign != row.sign)) return std::nullopt;
        if (std::string_view("-./").find(sign) == std::string_view::npos) return std::nullopt;
        row.sign = sign;
    }
}

bool is_year(const HintToken& part) {
    return part.digits == 4 && part.number >= kYearFirst && part.number <= kYearLast;
}
bool is_short(const HintToken& part) { return part.digits <= 2; }

struct Date {
    std::optional<int> year;
    int month = 0, day = 0;  // day 0: the month
};

// Of two readings the American one for slashes, unless it has no such month.
Date in_order(int first, int second, char sign, std::optional<int> year) {
    const bool month_first = sign == '/' && (first <= 12 || second > 12);
    return month_first ? Date{year, first, second} : Date{year, second, first};
}

std::optional<Date> read_three(const Numerals& row, bool asked) {
    const HintToken &a = *row.parts[0], &b = *row.parts[1], &c = *row.parts[2];
    if (is_year(a) && is_short(b) && is_short(c)) return Date{a.number, b.number, c.number};
    if (!is_short(a) || !is_short(b)) return std::nullopt;
    if (is_year(c)) return in_order(a.number, b.number, row.sign, c.number);
    if (asked && c.digits == 2) return in_order(a.number, b.number, row.sign, 2000 + c.number);
    return std::nullopt;
}

// "03/2024"; asked for by "in" and its like also "2024-03", "3.2024" and "9.3."
std::optional<Date> read_two(const Numerals& row, bool asked) {
    const HintToken &a = *row.parts[0], &b = *row.parts[1];
    if (is_year(a) && is_short(b) && asked) return Date{a.number, b.number, 0};
    if (is_short(a) && is_year(b) && (asked || row.sign == '/')) return Date{b.number, a.number, 0};
    if (is_short(a) && is_short(b) && asked && row.sign == '.' && b.behind.starts_with('.'))
        return Date{std::nullopt, b.number, a.number};
    return std::nullopt;
}

}  // namespace

std::optional<DateItem> DateItems::read_numerals(HintCursor at, const DateContext& context) const {
    if (at.token() == nullptr || (at.previous() != nullptr && at.previous()->has(HintRole::kCode))) return std::nullopt;
    const auto row = read_row(tokens_, at.at());
    if (!row) return std::nullopt;
    const bool asked = context.in || context.on;
    const auto date = row->parts.size() == 3 ? read_three(*row, asked) : read_two(*row, asked);
    if (!date || date->month < 1 || date->month > 12 || date->day > 31) return std::nullopt;
    const Yearly yearly{.kind = date->day > 0 ? Yearly::Kind::kDays : Yearly::Kind::kMonth,
                        .number = date->month,
                        .day = date->day,
                        .last_day = date->day};
    const auto year = date->year || context.paired ? date->year : year_elsewhere_;
    const auto span = year ? in_year(yearly, *year) : last_begun(yearly, ask_today_());
    at.go_to(at.at() + row->parts.size(), at.languages());
    auto found = item(at, span);
    if (!found) return std::nullopt;
    found->yearly = yearly;
    found->has_year = year.has_value();
    found->repeats = found->has_year ? Repeats::kOnce : Repeats::kYearly;
    found->named = true;
    return found;
}

}  // namespace engram::memory
