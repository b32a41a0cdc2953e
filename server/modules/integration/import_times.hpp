// Times as people and programs write them into JSON, CSV and front matter. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time_zone.hpp"
#include "modules/integration/imported_message.hpp"

namespace engram::integration {

// "2024-03-05", "03/04/24 9:45 PM", "2024-03-05T10:00:00+02:00": taken apart, not yet judged.
struct WrittenTime {
    std::array<int, 3> date{};  // in the order of the text
    bool year_first = false;    // the first number has four digits
    bool twelve_hours = false;  // AM or PM was said
    char separator = '-';
    std::chrono::microseconds of_day{0};
    std::optional<std::chrono::minutes> offset;  // that it tells
    bool is_utc = false;                         // by 'Z', which tells no place (RFC 9557)
};

// Nothing for every other text.
std::optional<WrittenTime> parse_written_time(std::string_view text);

struct ImportedTime {
    base::Time time;
    std::int64_t utc_offset_minutes = 0;  // as told; else of the zone
};

// A written time, or Unix seconds, milliseconds or microseconds in digits. What tells no offset is of `zone`. Nothing
// for every other text, a date that does not exist, and one whose order (no year first) is not given.
std::optional<ImportedTime> parse_import_time(std::string_view text, const base::TimeZone& zone,
                                              std::optional<DateOrder> order);

// Unix seconds, milliseconds or microseconds: what the size makes likely. Nothing outside the years 0 to 9999.
std::optional<ImportedTime> unix_import_time(double number, const base::TimeZone& zone);

// "03/04/2024" is one date of many in a column: all of them tell the order. Is shown each in the order of the file,
// then asked.
class WrittenOrderGuess {
public:
    void see(const WrittenTime& time);

    bool any() const { return seen_; }  // whether there was a date that does not tell its order itself

    // By numbers above 12; else by which order makes the file run in one direction; else by habit: M/D with AM and PM,
    // D/M without.
    DateOrder order() const;

    bool certain() const;  // whether more than habit told

private:
    struct Run {
        std::size_t forward = 0, backward = 0;
        std::int64_t last = 0;
        void see(std::int64_t rank);
        std::size_t against() const { return std::min(forward, backward); }
    };

    std::size_t day_first_ = 0, month_first_ = 0;  // dates that only fit that order
    Run by_day_, by_month_;
    bool seen_ = false, slash_ = false, twelve_hours_ = false;
};

}  // namespace engram::integration
