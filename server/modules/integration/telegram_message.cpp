#include "modules/integration/telegram_message.hpp"

#include <charconv>

#include "base/json.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;

const json::object* object_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr ? nullptr : found->if_object();
}

std::string piece_text(const json::value& piece) {
    if (piece.is_string()) return std::string(piece.get_string());
    if (!piece.is_object()) return {};
    const json::object& object = piece.get_object();
    std::string text(telegram_member(object, "text"));
    const std::string_view href = telegram_member(object, "href");
    if (telegram_member(object, "type") == "text_link" && !href.empty() && href != text)
        ((text += " (") += href) += ')';
    return text;
}

std::string pieces_text(const json::value& value) {
    if (!value.is_array()) return piece_text(value);
    std::string text;
    for (const json::value& piece : value.get_array()) text += piece_text(piece);
    return text;
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr ? std::string() : pieces_text(*found);
}

// What the export leaves out is named by a sentence in brackets: "(File not included. Change data ...)".
bool is_there(std::string_view path) { return !path.empty() && !(path.starts_with('(') && path.ends_with(')')); }

std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

void add_media(const json::object& message, std::vector<std::string>& media) {
    for (const std::string_view name : {"photo", "file"}) {
        const std::string_view path = telegram_member(message, name);
        if (is_there(path) && !base_name(path).empty()) media.emplace_back(base_name(path));
    }
}

void add_line(std::string& text, std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

void add_poll(const json::object& poll, std::string& text) {
    add_line(text, text_in(poll, "question"));
    const json::value* answers = poll.if_contains("answers");
    if (answers == nullptr || !answers->is_array()) return;
    for (const json::value& answer : answers->get_array())
        if (answer.is_object()) add_line(text, "- " + text_in(answer.get_object(), "text"));
}

void add_place(const json::object& message, const json::object& place, std::string& text) {
    add_line(text, telegram_member(message, "place_name"));
    add_line(text, telegram_member(message, "address"));
    const json::value* latitude = place.if_contains("latitude");
    const json::value* longitude = place.if_contains("longitude");
    if (latitude == nullptr || longitude == nullptr || !latitude->is_number() || !longitude->is_number()) return;
    std::string coordinates;
    base::append_json(coordinates, *latitude);
    base::append_json(coordinates += ", ", *longitude);
    add_line(text, coordinates);
}

void add_contact(const json::object& contact, std::string& text) {
    std::string name(telegram_member(contact, "first_name"));
    const std::string_view last = telegram_member(contact, "last_name");
    if (!last.empty()) (name += name.empty() ? "" : " ") += last;
    add_line(text, name);
    add_line(text, telegram_member(contact, "phone_number"));
}

}  // namespace

std::string_view telegram_member(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    if (found == nullptr || !found->is_string()) return {};
    return {found->get_string().data(), found->get_string().size()};
}

std::string telegram_number(const json::value& value) {
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (!value.is_string()) return {};
    const std::string text(value.get_string());
    const bool digits =
        !text.empty() && text.size() <= 20 && text.find_first_not_of("-0123456789") == std::string::npos;
    return digits ? text : std::string();
}

std::string telegram_number(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found == nullptr ? std::string() : telegram_number(*found);
}

std::string telegram_text(const json::object& message) {
    const std::string text = text_in(message, "text");
    return trim_marks(text).empty() ? text_in(message, "text_entities") : text;
}

TelegramContent telegram_content(const json::object& message) {
    TelegramContent content{.text = telegram_text(message)};
    add_media(message, content.media);
    if (const auto* poll = object_in(message, "poll")) add_poll(*poll, content.text);
    if (const auto* place = object_in(message, "location_information")) add_place(message, *place, content.text);
    if (const auto* contact = object_in(message, "contact_information")) add_contact(*contact, content.text);
    if (trim_marks(content.text).empty()) content.text = telegram_member(message, "sticker_emoji");
    // A picture without a word says its name until it is there itself.
    if (trim_marks(content.text).empty() && !content.media.empty()) {
        const std::string_view name = telegram_member(message, "file_name");
        content.text = is_there(name) ? name : std::string_view(content.media.front());
    }
    return content;
}

std::optional<ImportedTime> telegram_time(const json::object& message, const base::TimeZone& zone) {
    const std::string exact = telegram_number(message, "date_unixtime");
    std::int64_t seconds = 0;
    const auto result = std::from_chars(exact.data(), exact.data() + exact.size(), seconds);
    if (!exact.empty() && result.ec == std::errc()) return unix_import_time(static_cast<double>(seconds), zone);
    return parse_import_time(telegram_member(message, "date"), zone, std::nullopt);
}

std::string telegram_stated(const json::object& message, base::Time time) {
    const auto told = parse_import_time(telegram_member(message, "date"), {}, std::nullopt);
    const auto minute = std::chrono::floor<std::chrono::minutes>(told ? told->time : time).time_since_epoch();
    return std::to_string(minute.count());
}

}  // namespace engram::integration
