#include "base/time.hpp"

namespace engram::base {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;

// Reads fixed-width decimals and punctuation from the front of a text.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    int number(std::size_t width) {
        int value = 0;
        for (std::size_t i = 0; i < width; ++i) {
            if (text_.empty() || text_[0] < '0' || text_[0] > '9') return fail();
            value = value * 10 + (text_[0] - '0');
            text_.remove_prefix(1);
        }
        return value;
    }

    void expect(std::string_view any_of) {
        if (!accept(any_of)) fail();
    }

    bool accept(std::string_view any_of) {
        if (text_.empty() || any_of.find(text_[0]) == std::string_view::npos) return false;
        last_ = text_[0];
        text_.remove_prefix(1);
        return true;
    }

    // Up to 9 decimals of a second, as microseconds.
    microseconds decimals() {
        int digits = 0, value = 0;
        for (; !text_.empty() && text_[0] >= '0' && text_[0] <= '9'; ++digits, text_.remove_prefix(1))
            if (digits < 6) value = value * 10 + (text_[0] - '0');
        if (digits == 0 || digits > 9) fail();
        for (int i = digits; i < 6; ++i) value *= 10;
        return microseconds(value);
    }

    char last() const { return last_; }
    bool done() const { return good_ && text_.empty(); }

    int fail() {
        good_ = false;
        return 0;
    }

private:
    std::string_view text_;
    char last_ = 0;
    bool good_ = true;
};

minutes read_offset(Reader& reader) {
    reader.expect("Zz+-");
    if (reader.last() != '+' && reader.last() != '-') return minutes(0);
    const int sign = reader.last() == '-' ? -1 : 1;
    const int hours = reader.number(2);
    reader.expect(":");
    const int rest = reader.number(2);
    if (hours > 23 || rest > 59) reader.fail();
    return minutes(sign * (hours * 60 + rest));
}

// Writes `value` in so many digits and what follows it; returns the place after that.
char* put_number(char* at, int value, int width, char after) {
    for (int i = width; i-- > 0; value /= 10) at[i] = static_cast<char>('0' + value % 10);
    at[width] = after;
    return at + width + 1;
}

// An offset may lead out of the years that have four digits.
bool is_writable(Time time) {
    using std::chrono::year;
    return time >= std::chrono::sys_days(year(0) / 1 / 1) && time < std::chrono::sys_days(year(10'000) / 1 / 1);
}

}  // namespace

std::optional<Time> parse_rfc3339(std::string_view text) {
    Reader reader(text);
    const int year = reader.number(4);
    reader.expect("-");
    const int month = reader.number(2);
    reader.expect("-");
    const int day = reader.number(2);
    reader.expect("Tt ");
    const int hour = reader.number(2);
    reader.expect(":");
    const int minute = reader.number(2);
    reader.expect(":");
    const int second = reader.number(2);
    const microseconds fraction = reader.accept(".") ? reader.decimals() : microseconds(0);
    const minutes offset = read_offset(reader);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!reader.done() || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const Time time = std::chrono::sys_days(date) + std::chrono::hours(hour) + minutes(minute) +
                      std::chrono::seconds(second) + fraction - offset;
    return is_writable(time) ? std::optional(time) : std::nullopt;
}

void append_rfc3339(std::string& out, Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const auto ms = static_cast<int>((time - day).count() / 1000);
    char text[24];
    char* at = put_number(text, static_cast<int>(date.year()), 4, '-');
    at = put_number(at, static_cast<int>(static_cast<unsigned>(date.month())), 2, '-');
    at = put_number(at, static_cast<int>(static_cast<unsigned>(date.day())), 2, 'T');
    at = put_number(at, ms / 3'600'000, 2, ':');
    at = put_number(at, ms / 60'000 % 60, 2, ':');
    at = put_number(at, ms / 1000 % 60, 2, '.');
    put_number(at, ms % 1000, 3, 'Z');
    out.append(text, sizeof text);
}

std::string format_rfc3339(Time time) {
    std::string out;
    out.reserve(24);
    append_rfc3339(out, time);
    return out;
}

}  // namespace engram::base
