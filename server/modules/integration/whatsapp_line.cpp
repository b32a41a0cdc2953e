#include "modules/integration/whatsapp_line.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>

#include "base/text.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

constexpr int kBuddhistYears = 2400;  // Thai telephones count from the Buddha's death

// Reads a line from its front; whatever does not fit leaves it where it was.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    std::string_view rest() const { return rest_; }

    bool eat(char letter) {
        if (!rest_.starts_with(letter)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool eat_word(std::string_view word) {
        if (base::to_lower_ascii(rest_.substr(0, word.size())) != word) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    // Spaces of any width and marks of direction.
    void blanks() {
        while (const std::size_t length = std::max(mark_length(rest_), space_length(rest_)))
            rest_.remove_prefix(length);
    }

    // A number of 1 to `digits_max` digits, Latin, Arabic or Persian; -1 where there is none or a longer one.
    int number(std::size_t digits_max) {
        std::size_t digits = 0;
        int value = 0;
        std::string_view rest = rest_;
        for (int digit = eat_digit(rest); digit >= 0 && digits <= digits_max; digit = eat_digit(rest), ++digits)
            value = value * 10 + digit;
        if (digits == 0 || digits > digits_max) return -1;
        rest_ = rest;
        return value;
    }

private:
    // U+0030-9, U+0660-9, U+06F0-9; -1: none of them.
    static int eat_digit(std::string_view& rest) {
        const auto byte = [&](std::size_t i) { return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0; };
        std::size_t length = 0;
        int digit = -1;
        if (byte(0) >= '0' && byte(0) <= '9') {
            length = 1;
            digit = byte(0) - '0';
        } else if ((byte(0) == 0xD9 && byte(1) >= 0xA0 && byte(1) <= 0xA9) ||
                   (byte(0) == 0xDB && byte(1) >= 0xB0 && byte(1) <= 0xB9)) {
            length = 2;
            digit = byte(1) & 0xF;
        }
        rest.remove_prefix(length);
        return digit;
    }

    std::string_view rest_;
};

bool is_date_separator(std::string_view rest) {
    return rest.starts_with('/') || rest.starts_with('.') || rest.starts_with('-');
}

bool read_date(Cursor& cursor, WhatsappHead& head) {
    head.date[0] = cursor.number(4);
    head.year_first = head.date[0] >= 1000;
    if (head.date[0] < 0 || !is_date_separator(cursor.rest())) return false;
    head.separator = cursor.rest().front();
    for (std::size_t i = 1; i < head.date.size(); ++i) {
        if (!cursor.eat(head.separator)) return false;
        cursor.blanks();
        head.date[i] = cursor.number(4);
        if (head.date[i] < 0) return false;
    }
    cursor.eat('.');
    return true;
}

enum class HalfDay { kNone, kMorning, kAfternoon };

struct HalfDayWord {
    std::string_view word;
    HalfDay half;
};

HalfDay read_half_day(Cursor& cursor, std::span<const HalfDayWord> words) {
    for (const auto& [word, half] : words) {
        if (cursor.eat_word(word)) return half;
    }
    return HalfDay::kNone;
}

HalfDay read_half_day_before(Cursor& cursor) {
    static constexpr std::array<HalfDayWord, 6> kWords{{{"上午", HalfDay::kMorning},
                                                        {"下午", HalfDay::kAfternoon},
                                                        {"오전", HalfDay::kMorning},
                                                        {"오후", HalfDay::kAfternoon},
                                                        {"午前", HalfDay::kMorning},
                                                        {"午後", HalfDay::kAfternoon}}};
    const HalfDay half = read_half_day(cursor, kWords);
    if (half != HalfDay::kNone) cursor.blanks();
    return half;
}

// "PM", "p.m.", "p. m." with spaces of any width; the words of Arabic, Hindi, Vietnamese, Greek and Turkish.
HalfDay read_half_day_after(Cursor& cursor) {
    Cursor ahead = cursor;
    ahead.blanks();
    static constexpr std::array<HalfDayWord, 10> kWhole{{{"ص", HalfDay::kMorning},
                                                         {"م", HalfDay::kAfternoon},
                                                         {"पूर्वाह्न", HalfDay::kMorning},
                                                         {"अपराह्न", HalfDay::kAfternoon},
                                                         {"sa", HalfDay::kMorning},
                                                         {"ch", HalfDay::kAfternoon},
                                                         {"π.μ.", HalfDay::kMorning},
                                                         {"μ.μ.", HalfDay::kAfternoon},
                                                         {"ÖÖ", HalfDay::kMorning},
                                                         {"Ös", HalfDay::kAfternoon}}};
    if (const HalfDay half = read_half_day(ahead, kWhole); half != HalfDay::kNone) {
        cursor = ahead;
        return half;
    }
    static constexpr std::array<HalfDayWord, 2> kWords{{{"a", HalfDay::kMorning}, {"p", HalfDay::kAfternoon}}};
    const HalfDay half = read_half_day(ahead, kWords);
    ahead.eat('.');
    ahead.blanks();
    if (half == HalfDay::kNone || !ahead.eat_word("m")) return HalfDay::kNone;
    ahead.eat('.');
    cursor = ahead;
    return half;
}

// Between date and time: a comma, or a short word such as "à", "um", "klo".
void skip_joint(Cursor& cursor) {
    cursor.eat(',');
    cursor.eat_word("،");
    cursor.blanks();
    for (const std::string_view word : {"à", "um", "klo", "kl.", "at", "às", "alle", "om"}) {
        if (cursor.eat_word(word)) break;
    }
    cursor.blanks();
}

bool read_time(Cursor& cursor, WhatsappHead& head) {
    HalfDay half = read_half_day_before(cursor);
    int hour = cursor.number(2);
    if (!cursor.eat(':') && !cursor.eat('.')) return false;
    const int minute = cursor.number(2);
    const int second = cursor.eat(':') || cursor.eat('.') ? cursor.number(2) : 0;
    if (half == HalfDay::kNone) half = read_half_day_after(cursor);
    head.twelve_hours = half != HalfDay::kNone;
    if (head.twelve_hours && hour > 12) return false;
    if (head.twelve_hours) hour = hour % 12 + (half == HalfDay::kAfternoon ? 12 : 0);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
    head.seconds_of_day = (hour * 60 + minute) * 60 + second;
    return true;
}

// iOS closes a bracket, Android sets a dash.
bool read_border(Cursor& cursor, bool bracket) {
    cursor.blanks();
    if (!cursor.eat(bracket ? ']' : '-')) return false;
    cursor.eat(' ');
    return true;
}

}  // namespace

std::optional<WhatsappHead> parse_whatsapp_head(std::string_view line) {
    Cursor cursor(line);
    cursor.blanks();
    WhatsappHead head;
    const bool bracket = cursor.eat('[');
    if (!read_date(cursor, head)) return {};
    skip_joint(cursor);
    if (!read_time(cursor, head) || !read_border(cursor, bracket)) return {};
    head.rest = cursor.rest();
    return head;
}

std::optional<base::LocalTime> to_local(const WhatsappHead& head, DateOrder order) {
    static constexpr std::array<std::array<std::size_t, 3>, 3> kPlaces{{{2, 1, 0}, {2, 0, 1}, {0, 1, 2}}};  // y m d
    const auto& [year_at, month_at, day_at] = kPlaces[static_cast<std::size_t>(order)];
    int year = head.date[year_at] < 100 ? 2000 + head.date[year_at] : head.date[year_at];
    if (year >= kBuddhistYears) year -= 543;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(head.date[month_at])),
                                           std::chrono::day(static_cast<unsigned>(head.date[day_at]))};
    if (!date.ok() || head.date[month_at] > 12 || head.date[day_at] > 31 || year < 1970) return {};
    return base::LocalTime(std::chrono::local_days(date)) + std::chrono::seconds(head.seconds_of_day);
}

}  // namespace engram::integration
