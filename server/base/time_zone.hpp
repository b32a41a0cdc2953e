// Time zones: which time a clock on a wall meant. The rules are ICU's copy of the IANA database.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace engram::base {

// What a clock on a wall shows, with no word about where it hangs.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

// Copies share what they know. Any thread.
class TimeZone {
public:
    TimeZone() = default;  // UTC

    // "Europe/Berlin", "UTC", "+02:00", "-05:30"; nothing for every other text.
    static std::optional<TimeZone> find(std::string_view name);

    const std::string& name() const { return name_; }

    std::chrono::minutes offset_at(Time time) const;

    // Of an hour that came twice the first; one that was left out counts on from before it.
    Time to_utc(LocalTime local) const;

private:
    struct Rules;

    std::string name_ = "UTC";
    std::chrono::minutes fixed_{0};
    std::shared_ptr<const Rules> rules_;  // null: `fixed_`
};

}  // namespace engram::base
