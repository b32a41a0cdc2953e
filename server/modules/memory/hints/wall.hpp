// The clock on a person's wall.
#pragma once

#include <functional>

#include "base/time_zone.hpp"
#include "modules/memory/hints/query_dates.hpp"

namespace engram::memory {

struct Wall {
    base::Time now{};
    base::TimeZone zone;

    LocalDay today() const {
        return std::chrono::floor<std::chrono::days>(base::LocalTime{now.time_since_epoch() + zone.offset_at(now)});
    }
    base::Time beginning_of(LocalDay day) const { return zone.to_utc(base::LocalTime(day)); }
};
using AskWall = std::function<Wall()>;

}  // namespace engram::memory
