#include "modules/integration/front_matter.hpp"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cmath>
#include <exception>

#include "base/text.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kFieldsMax = 200, kListMax = 200;
constexpr double kWholeNumberEnd = 9'223'372'036'854'775'808.0;  // 2^63: from here on a text, as in json_stream.hpp

// Takes the first line off `text`.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    return line;
}

// A quoted scalar is a text whatever stands in it.
boost::json::value value_of(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    if (node.Tag() == "!") return boost::json::string(text);
    if (text == "true" || text == "false") return text == "true";
    std::int64_t whole = 0;
    const char* end = text.data() + text.size();
    if (const auto result = std::from_chars(text.data(), end, whole); result.ec == std::errc() && result.ptr == end)
        return whole;
    double number = 0;
    const auto result = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    const bool has_digits = text.find_first_of("0123456789") != std::string::npos;
    if (result.ec == std::errc() && result.ptr == end && has_digits && std::abs(number) < kWholeNumberEnd)
        return number;
    return boost::json::string(text);
}

// What yaml-cpp makes of escapes need not be well-formed.
std::string clean(std::string text) {
    repair_text(text);
    return text;
}

FrontField field_of(const std::string& key, const YAML::Node& node) {
    FrontField field{.key = clean(key)};
    if (node.IsScalar()) {
        field.texts.push_back(clean(node.Scalar()));
        field.value = value_of(node);
        if (field.value.is_string()) field.value = boost::json::string(field.texts.front());
    }
    field.is_list = node.IsSequence();
    if (!field.is_list) return field;
    for (const YAML::Node& item : node)
        if (item.IsScalar() && field.texts.size() < kListMax) field.texts.push_back(clean(item.Scalar()));
    return field;
}

void read_fields(std::string_view yaml, FrontMatter& front) {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (root.IsNull()) return;
    if (!root.IsMap()) {
        front.problem = "The front matter has no names and values; it was left out.";
        return;
    }
    for (const auto& member : root) {
        if (!member.first.IsScalar() || front.fields.size() >= kFieldsMax) continue;
        front.fields.push_back(field_of(member.first.Scalar(), member.second));
    }
}

// The YAML, and `rest` behind its last line. Without a last line a first one is a rule, and all is text.
bool split(std::string_view& rest, std::string_view& yaml) {
    if (take_line(rest) != "---") return false;
    const std::string_view from = rest;
    while (!rest.empty()) {
        const std::size_t at = from.size() - rest.size();
        const std::string_view line = take_line(rest);
        if (line != "---" && line != "...") continue;
        yaml = from.substr(0, at);
        return true;
    }
    return false;
}

}  // namespace

FrontMatter read_front_matter(std::string_view note) {
    FrontMatter front{.body = note};
    std::string_view rest = note, yaml;
    if (!split(rest, yaml)) return front;
    front.is_there = true;
    front.body = rest;
    if (yaml.size() > kFrontMatterBytesMax) {
        front.problem = "The front matter is longer than 16 KiB; it was left out.";
        return front;
    }
    // A note with bad YAML is the report's, not an error of the import (ADR 0002).
    try {
        read_fields(yaml, front);
    } catch (const std::exception& error) {
        front.fields.clear();
        std::string why = clean(error.what());
        why = base::cut_code_points(why, 200);
        front.problem = "The front matter is no YAML (" + why + "); it was left out.";
    }
    return front;
}

}  // namespace engram::integration
