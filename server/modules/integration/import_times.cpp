#include "modules/integration/import_times.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kOffsetHoursMax = 14;
constexpr double kUnixSecondsMin = -62'167'219'200, kUnixSecondsMax = 253'402'300'799;  // the years 0 to 9999
constexpr double kMillisecondsFrom = 1e11, kMicrosecondsFrom = 1e14;
constexpr std::size_t kUnixDigitsMin = 9;  // fewer are a year, a number, a day

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Front {
public:
    explicit Front(std::string_view text) : text_(text) {}

    // Of at most `digits`; -1 where there is none.
    int number(std::size_t digits) {
        std::size_t length = 0;
        int value = 0;
        while (length < std::min(digits, text_.size()) && is_digit(text_[length]))
            value = value * 10 + (text_[length++] - '0');
        text_.remove_prefix(length);
        length_ = length;
        return length == 0 ? -1 : value;
    }

    // The character that it was; NUL where it is none of them.
    char take(std::string_view any_of) {
        if (text_.empty() || any_of.find(text_[0]) == std::string_view::npos) return '\0';
        const char taken = text_[0];
        text_.remove_prefix(1);
        return taken;
    }

    void skip_spaces() {
        while (const std::size_t length = space_length(text_)) text_.remove_prefix(length);
    }

    bool take_word(std::string_view word) {
        if (base::to_lower_ascii(text_.substr(0, word.size())) != word) return false;
        text_.remove_prefix(word.size());
        return true;
    }

    std::size_t length() const { return length_; }  // of the last number
    bool done() const { return text_.empty(); }

private:
    std::string_view text_;
    std::size_t length_ = 0;
};

bool read_date(Front& front, WrittenTime& time) {
    time.date[0] = front.number(4);
    const std::size_t first_length = front.length();
    time.year_first = first_length == 4;
    time.separator = front.take("-/.");
    if (first_length == 0 || first_length == 3 || time.separator == '\0') return false;
    front.skip_spaces();
    time.date[1] = front.number(2);
    front.skip_spaces();
    if (front.take({&time.separator, 1}) == '\0') return false;
    front.skip_spaces();
    time.date[2] = front.number(time.year_first ? 2 : 4);
    const bool year_good = time.year_first || front.length() == 4 || front.length() == 2;
    return time.date[1] >= 0 && time.date[2] >= 0 && year_good;
}

microseconds read_fraction(Front& front) {
    microseconds value{0};
    int scale = 100'000;
    for (int digit = front.number(1); digit >= 0; digit = front.number(1), scale /= 10)
        value += microseconds(digit * scale);
    return value;
}

// "am", "p.m." and none; false where the hour does not fit.
bool read_half(Front& front, WrittenTime& time, int& hour) {
    front.skip_spaces();
    const bool morning = front.take_word("am") || front.take_word("a.m.");
    const bool evening = !morning && (front.take_word("pm") || front.take_word("p.m."));
    time.twelve_hours = morning || evening;
    if (!time.twelve_hours) return hour < 24;
    if (hour < 1 || hour > 12) return false;
    hour = hour % 12 + (evening ? 12 : 0);
    return true;
}

bool read_clock(Front& front, WrittenTime& time) {
    int hour = front.number(2);
    if (hour < 0 || front.take(":.h") == '\0') return false;
    const int minute = front.number(2);
    if (front.length() != 2 || minute > 59) return false;
    int second = 0;
    microseconds fraction{0};
    if (front.take(":.") != '\0') {
        second = front.number(2);
        if (front.length() != 2 || second > 60) return false;
        if (front.take(".,") != '\0') fraction = read_fraction(front);
    }
    if (!read_half(front, time, hour)) return false;
    time.of_day = hours(hour) + minutes(minute) + seconds(second) + fraction;
    return true;
}

bool read_offset(Front& front, WrittenTime& time) {
    front.skip_spaces();
    if (front.take_word("utc") || front.take_word("gmt") || front.take_word("z")) time.is_utc = true;
    const char sign = front.take("+-");
    if (sign == '\0') return true;
    const int hour = front.number(2);
    const bool colon = front.take(":") != '\0';
    const int minute = front.number(2);
    if (hour < 0 || hour > kOffsetHoursMax || minute > 59 || (colon && minute < 0)) return false;
    time.offset = (hours(hour) + minutes(std::max(minute, 0))) * (sign == '-' ? -1 : 1);
    time.is_utc = false;
    return true;
}

std::optional<base::LocalTime> to_local(const WrittenTime& time, DateOrder order) {
    if (time.year_first) order = DateOrder::kYearMonthDay;
    const auto& [first, second, third] = time.date;
    const int day = order == DateOrder::kDayMonthYear ? first : order == DateOrder::kMonthDayYear ? second : third;
    const int month = order == DateOrder::kMonthDayYear ? first : second;
    const int year = order == DateOrder::kYearMonthDay ? first : third;
    const std::chrono::year_month_day date{std::chrono::year(year < 100 ? year + 2000 : year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return base::LocalTime(std::chrono::local_days(date)) + time.of_day;
}

bool is_writable(base::Time time) {
    const auto count = static_cast<double>(std::chrono::floor<seconds>(time).time_since_epoch().count());
    return count >= kUnixSecondsMin && count <= kUnixSecondsMax;
}

std::optional<ImportedTime> of_instant(base::Time time, const base::TimeZone& zone) {
    if (!is_writable(time)) return std::nullopt;
    return ImportedTime{time, zone.offset_at(time).count()};
}

std::optional<ImportedTime> read_unix(std::string_view text, const base::TimeZone& zone) {
    double number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
    if (text.size() < kUnixDigitsMin || !is_digit(text.back())) return std::nullopt;
    return unix_import_time(number, zone);
}

// A number that grows with the date; the date need not exist.
std::int64_t rank(int year, int month, int day, microseconds of_day) {
    return ((std::int64_t{year} * 100 + month) * 100 + day) * 86'401 + of_day / seconds(1);
}

}  // namespace

std::optional<WrittenTime> parse_written_time(std::string_view text) {
    WrittenTime time;
    Front front(trim_marks(text));
    if (!read_date(front, time)) return std::nullopt;
    if (front.done()) return time;
    if (front.take("Tt,") == '\0' && front.done()) return std::nullopt;
    front.skip_spaces();
    if (!read_clock(front, time) || !read_offset(front, time) || !front.done()) return std::nullopt;
    return time;
}

std::optional<ImportedTime> parse_import_time(std::string_view text, const base::TimeZone& zone,
                                              std::optional<DateOrder> order) {
    text = trim_marks(text);
    const auto written = parse_written_time(text);
    if (!written) return read_unix(text, zone);
    if (!written->year_first && !order) return std::nullopt;
    const auto local = to_local(*written, order.value_or(DateOrder::kYearMonthDay));
    if (!local) return std::nullopt;
    if (!written->offset && !written->is_utc) return of_instant(zone.to_utc(*local), zone);
    const base::Time time{local->time_since_epoch() - written->offset.value_or(minutes(0))};
    auto result = of_instant(time, zone);
    if (result && written->offset) result->utc_offset_minutes = written->offset->count();
    return result;
}

std::optional<ImportedTime> unix_import_time(double number, const base::TimeZone& zone) {
    const double size = std::abs(number);
    const double in_seconds = size < kMillisecondsFrom   ? number
                              : size < kMicrosecondsFrom ? number / 1e3
                                                         : number / 1e6;
    if (!(in_seconds >= kUnixSecondsMin && in_seconds <= kUnixSecondsMax)) return std::nullopt;
    return of_instant(base::Time(microseconds(std::llround(in_seconds * 1e6))), zone);
}

void WrittenOrderGuess::Run::see(std::int64_t rank) {
    if (last != 0) (rank < last ? backward : forward) += rank == last ? 0 : 1;
    last = rank;
}

void WrittenOrderGuess::see(const WrittenTime& time) {
    if (time.year_first) return;
    const auto& [first, second, third] = time.date;
    seen_ = true;
    slash_ = slash_ || time.separator == '/';
    twelve_hours_ = twelve_hours_ || time.twelve_hours;
    day_first_ += first > 12 && second <= 12 ? 1 : 0;
    month_first_ += second > 12 && first <= 12 ? 1 : 0;
    by_day_.see(rank(third, second, first, time.of_day));
    by_month_.see(rank(third, first, second, time.of_day));
}

DateOrder WrittenOrderGuess::order() const {
    if (day_first_ != month_first_)
        return day_first_ > month_first_ ? DateOrder::kDayMonthYear : DateOrder::kMonthDayYear;
    if (by_day_.against() != by_month_.against())
        return by_day_.against() < by_month_.against() ? DateOrder::kDayMonthYear : DateOrder::kMonthDayYear;
    return slash_ && twelve_hours_ ? DateOrder::kMonthDayYear : DateOrder::kDayMonthYear;
}

bool WrittenOrderGuess::certain() const {
    return !seen_ || day_first_ != month_first_ || by_day_.against() != by_month_.against();
}

}  // namespace engram::integration
