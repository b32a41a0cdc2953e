// The first line of a WhatsApp message: "31.12.23, 21:45 - Anna: text" (Android), "[31/12/2023, 9:45:12 PM] Anna: text"
// (iOS), in the many spellings that the phone's language gives them. Pure functions.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/time_zone.hpp"
#include "modules/integration/imported_message.hpp"

namespace engram::integration {

struct WhatsappHead {
    std::array<int, 3> date{};  // in the order of the file
    bool year_first = false;    // the first number has four digits
    bool twelve_hours = false;  // AM or PM was said
    char separator = '/';
    int seconds_of_day = 0;
    std::string_view rest;  // what follows: "Anna: text", or a system line
};

// Nothing for a line that begins no message.
std::optional<WhatsappHead> parse_whatsapp_head(std::string_view line);

// Nothing for a date that does not exist in that order. Two-digit years are of this century.
std::optional<base::LocalTime> to_local(const WhatsappHead& head, DateOrder order);

}  // namespace engram::integration
