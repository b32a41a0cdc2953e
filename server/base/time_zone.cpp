#include "base/time_zone.hpp"

#include <unicode/basictz.h>
#include <unicode/timezone.h>

namespace engram::base {
namespace {

constexpr std::size_t kNameMax = 64;

double milliseconds_of(std::chrono::microseconds span) {
    return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(span).count());
}

bool is_plain(std::string_view name) {
    return !name.empty() && name.size() <= kNameMax &&
           name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-") ==
               std::string_view::npos;
}

// "+02:00"
std::optional<std::chrono::minutes> parse_offset(std::string_view name) {
    if (name.size() != 6 || (name[0] != '+' && name[0] != '-')) return std::nullopt;
    const auto time = parse_rfc3339("2000-01-02T00:00:00" + std::string(name));
    if (!time) return std::nullopt;
    const auto offset = *parse_rfc3339("2000-01-02T00:00:00Z") - *time;
    return std::chrono::duration_cast<std::chrono::minutes>(offset);
}

}  // namespace

struct TimeZone::Rules {
    std::shared_ptr<const icu::BasicTimeZone> zone;
};

std::optional<TimeZone> TimeZone::find(std::string_view name) {
    TimeZone found;
    found.name_ = name;
    if (name == "UTC") return found;
    if (const auto offset = parse_offset(name)) {
        found.fixed_ = *offset;
        return found;
    }
    if (!is_plain(name)) return std::nullopt;
    const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
    const std::shared_ptr<const icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    if (!zone || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
    auto basic = std::dynamic_pointer_cast<const icu::BasicTimeZone>(zone);
    if (!basic) return std::nullopt;
    found.rules_ = std::make_shared<Rules>(Rules{std::move(basic)});
    return found;
}

std::chrono::minutes TimeZone::offset_at(Time time) const {
    if (!rules_) return fixed_;
    int32_t raw = 0, daylight = 0;
    UErrorCode status = U_ZERO_ERROR;
    rules_->zone->getOffset(milliseconds_of(time.time_since_epoch()), false, raw, daylight, status);
    return std::chrono::floor<std::chrono::minutes>(std::chrono::milliseconds(raw + daylight));
}

Time TimeZone::to_utc(LocalTime local) const {
    if (!rules_) return Time(local.time_since_epoch()) - fixed_;
    int32_t raw = 0, daylight = 0;
    UErrorCode status = U_ZERO_ERROR;
    rules_->zone->getOffsetFromLocal(milliseconds_of(local.time_since_epoch()), UCAL_TZ_LOCAL_FORMER,
                                     UCAL_TZ_LOCAL_FORMER, raw, daylight, status);
    return Time(local.time_since_epoch()) - std::chrono::milliseconds(raw + daylight);
}

}  // namespace engram::base
