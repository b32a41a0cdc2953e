#include "modules/integration/whatsapp_dates.hpp"

namespace engram::integration {

namespace {

// A number that grows with the date; the date need not exist.
std::int64_t rank(int year, int month, int day, int seconds) {
    return ((std::int64_t{year} * 100 + month) * 100 + day) * 86'400 + seconds;
}

}  // namespace

void DateOrderGuess::see(const WhatsappHead& head) {
    const auto& [first, second, third] = head.date;
    slash_ = slash_ || head.separator == '/';
    twelve_hours_ = twelve_hours_ || head.twelve_hours;
    if (head.year_first || first > 31) {
        ++year_first_;
        return;
    }
    day_first_ += first > 12 && second <= 12 ? 1 : 0;
    month_first_ += second > 12 && first <= 12 ? 1 : 0;
    const std::array<std::int64_t, 2> now{rank(third, second, first, head.seconds_of_day),
                                          rank(third, first, second, head.seconds_of_day)};
    for (std::size_t i = 0; i < now.size(); ++i) {
        backward_[i] += now[i] < latest_[i] ? 1 : 0;
        latest_[i] = now[i];
    }
}

DateOrder DateOrderGuess::order() const {
    if (year_first_ > day_first_ + month_first_) return DateOrder::kYearMonthDay;
    if (day_first_ != month_first_)
        return day_first_ > month_first_ ? DateOrder::kDayMonthYear : DateOrder::kMonthDayYear;
    if (backward_[0] != backward_[1]) {
        return backward_[0] < backward_[1] ? DateOrder::kDayMonthYear : DateOrder::kMonthDayYear;
    }
    return slash_ && twelve_hours_ ? DateOrder::kMonthDayYear : DateOrder::kDayMonthYear;
}

bool DateOrderGuess::certain() const {
    return year_first_ > 0 || day_first_ != month_first_ || backward_[0] != backward_[1];
}

}  // namespace engram::integration
