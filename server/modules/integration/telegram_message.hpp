// One message of Telegram Desktop's export ("Machine-readable JSON"). Pure functions.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "modules/integration/import_times.hpp"

namespace engram::integration {

// The text of a message: a string, or an array of strings and of pieces with a form of their own. A link behind other
// words comes after them in brackets.
std::string telegram_text(const boost::json::object& message);

struct TelegramContent {
    std::string text;                // with what a poll, a place, a contact or a sticker says
    std::vector<std::string> media;  // names of the files that the export has
};
TelegramContent telegram_content(const boost::json::object& message);

// Nothing where there is none that exists.
std::optional<ImportedTime> telegram_time(const boost::json::object& message, const base::TimeZone& zone);

// The minutes of the clock that the export tells, in no zone; those of `time` where it tells none.
std::string telegram_stated(const boost::json::object& message, base::Time time);

// The number of the member `name` as text, "" where it has none; a text of digits counts as one.
std::string telegram_number(const boost::json::value& value);
std::string telegram_number(const boost::json::object& object, std::string_view name);

// The text of the member `name`; empty where it is null, absent or none.
std::string_view telegram_member(const boost::json::object& object, std::string_view name);

}  // namespace engram::integration
