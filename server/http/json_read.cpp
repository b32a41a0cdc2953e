#include "http/json_read.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace engram::http {
namespace {

namespace json = boost::json;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

std::string_view found(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null:
            return "null";
        case json::kind::bool_:
            return "true or false";
        case json::kind::int64:
        case json::kind::uint64:
            return "a whole number";
        case json::kind::double_:
            return "a number";
        case json::kind::string:
            return "a text";
        case json::kind::array:
            return "an array";
        case json::kind::object:
            return "an object";
    }
    __builtin_unreachable();
}

void wrong_type(const json::value& value, Kind expected, const Spot& spot) {
    add_type(spot.place, expected, found(value), spot.findings);
}

// A number that is whole and that an int64 can hold: 3 and 3.0 are one number (JSON Schema).
bool whole(const json::value& value, std::int64_t& out) {
    if (const std::int64_t* number = value.if_int64()) {
        out = *number;
        return true;
    }
    const double* number = value.if_double();
    if (!number || std::trunc(*number) != *number || std::abs(*number) >= 0x1p63) return false;
    out = static_cast<std::int64_t>(*number);
    return true;
}

void read_uuid(std::string_view text, base::Uuid& out, const Spot& spot) {
    if (const auto id = base::parse_uuid(text))
        out = *id;
    else
        add_format(spot.place, Kind::kUuid, spot.findings);
}

void read_time(std::string_view text, base::Time& out, const Spot& spot) {
    if (const auto time = base::parse_rfc3339(text))
        out = *time;
    else
        add_format(spot.place, Kind::kTime, spot.findings);
}

// The whole text as a number; false where it is none or does not fit.
template <class Number>
bool whole_text(std::string_view text, Number& out) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    return code == std::errc() && end == text.data() + text.size();
}

}  // namespace

void read_scalar(const json::value& json, std::string& out, const Spot& spot) {
    const json::string* text = json.if_string();
    if (!text) return wrong_type(json, Kind::kText, spot);
    check_text(spot.rule, view(*text), spot.item, spot.place, spot.findings);
    out.assign(text->data(), text->size());
}

void read_scalar(const json::value& json, bool& out, const Spot& spot) {
    if (!json.is_bool()) return wrong_type(json, Kind::kBool, spot);
    out = json.get_bool();
}

void read_scalar(const json::value& json, std::int64_t& out, const Spot& spot) {
    if (!whole(json, out)) return wrong_type(json, Kind::kInteger, spot);
    check_number(spot.rule, static_cast<double>(out), spot.place, spot.findings);
}

void read_scalar(const json::value& json, double& out, const Spot& spot) {
    if (!json.is_number()) return wrong_type(json, Kind::kNumber, spot);
    out = json.is_double() ? json.get_double() : static_cast<double>(json.get_int64());
    check_number(spot.rule, out, spot.place, spot.findings);
}

void read_scalar(const json::value& json, base::Uuid& out, const Spot& spot) {
    if (!json.is_string()) return wrong_type(json, Kind::kUuid, spot);
    read_uuid(view(json.get_string()), out, spot);
}

void read_scalar(const json::value& json, base::Time& out, const Spot& spot) {
    if (!json.is_string()) return wrong_type(json, Kind::kTime, spot);
    read_time(view(json.get_string()), out, spot);
}

void read_scalar(const json::value& json, base::JsonText& out, const Spot& spot) {
    if (!json.is_object()) return wrong_type(json, Kind::kJson, spot);
    out.text.clear();
    base::append_json(out.text, json);
    const std::size_t depth = spot.rule.json_depth_max == 0 ? 0 : base::json_depth(json);
    check_json(spot.rule, out.text.size(), depth, spot.place, spot.findings);
}

void read_scalar(std::string_view text, std::string& out, const Spot& spot) {
    if (text.find('\0') != std::string_view::npos || !base::is_utf8(text))
        return add_format(spot.place, Kind::kText, spot.findings);
    check_text(spot.rule, text, spot.item, spot.place, spot.findings);
    out = text;
}

void read_scalar(std::string_view text, bool& out, const Spot& spot) {
    const bool yes = text == "true" || text.empty() || text == "1";
    if (!yes && text != "false" && text != "0") return add_type(spot.place, Kind::kBool, "another text", spot.findings);
    out = yes;
}

void read_scalar(std::string_view text, std::int64_t& out, const Spot& spot) {
    if (!whole_text(text, out)) return add_type(spot.place, Kind::kInteger, "another text", spot.findings);
    check_number(spot.rule, static_cast<double>(out), spot.place, spot.findings);
}

void read_scalar(std::string_view text, double& out, const Spot& spot) {
    if (!whole_text(text, out) || !std::isfinite(out))
        return add_type(spot.place, Kind::kNumber, "another text", spot.findings);
    check_number(spot.rule, out, spot.place, spot.findings);
}

void read_scalar(std::string_view text, base::Uuid& out, const Spot& spot) { read_uuid(text, out, spot); }
void read_scalar(std::string_view text, base::Time& out, const Spot& spot) { read_time(text, out, spot); }

void add_overflow(double min, double max, const Spot& spot) {
    std::string message = "must be between ";
    base::append_json_number(message, min);
    message += " and ";
    base::append_json_number(message, max);
    spot.findings.add(spot.place, "out_of_range", std::move(message));
}

const json::array* expect_array(const json::value& json, const Spot& spot) {
    const json::array* array = json.if_array();
    if (!array) {
        wrong_type(json, Kind::kArray, spot);
        return nullptr;
    }
    check_items(spot.rule, array->size(), spot.place, spot.findings);
    const bool too_many = spot.rule.items_max != 0 && array->size() > spot.rule.items_max;
    return too_many ? nullptr : array;
}

const json::object* expect_object(const json::value& json, const Place& place, Findings& findings) {
    const json::object* object = json.if_object();
    if (!object) add_type(place, Kind::kObject, found(json), findings);
    return object;
}

void add_unknown_keys(const json::object& object, std::span<const FieldRule> rules, std::string_view ignored,
                      const Place& place, Findings& findings) {
    for (const json::key_value_pair& pair : object) {
        const std::string_view key = view(pair.key());
        const auto names_it = [&](const FieldRule& rule) { return rule.in == In::kBody && rule.name == key; };
        if ((!ignored.empty() && key == ignored) || std::any_of(rules.begin(), rules.end(), names_it)) continue;
        add_unknown(Place(place, key), In::kBody, rules, findings);
    }
}

}  // namespace engram::http
