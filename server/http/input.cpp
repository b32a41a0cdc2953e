#include "http/input.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/url.hpp"

namespace engram::http {
namespace {

// application/json, or any type that is JSON by its suffix (RFC 6839), in UTF-8.
bool is_json_type(std::string_view content_type) {
    const std::string lower = base::to_lower_ascii(content_type);
    const std::string_view type = base::trim(std::string_view(lower).substr(0, lower.find(';')));
    const bool json = type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
    const auto charset = lower.find("charset=");
    if (!json || charset == std::string::npos) return json;
    const std::string_view value = std::string_view(lower).substr(charset + 8);
    return value.starts_with("utf-8") || value.starts_with("\"utf-8\"");
}

bool from_body(const FieldRule& rule) { return rule.in == In::kBody || rule.in == In::kWholeBody; }

// A body means nothing there (RFC 9110, 9.3), so one that nobody reads is not looked at.
bool body_has_no_meaning(Method method) {
    return method == Method::kGet || method == Method::kHead || method == Method::kDelete;
}

}  // namespace

std::string header_name(std::string_view field) {
    std::string name(field);
    bool first = true;
    for (char& c : name) {
        if (first && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        first = c == '_';
        if (first) c = '-';
    }
    return name;
}

InputReader::InputReader(const Caller& caller, const Request& request, const PathValues& path,
                         std::span<const FieldRule> rules)
    : caller_(caller), request_(request), path_(path), rules_(rules) {
    const std::string_view target = request.target;
    const auto mark = target.find('?');
    if (mark != std::string_view::npos) query_ = parse_query(target.substr(mark + 1));
}

std::span<const std::string_view> InputReader::texts(const FieldRule& rule) {
    texts_.clear();
    if (rule.in == In::kPath)
        for (const auto& [name, value] : path_)
            if (name == rule.name) texts_.push_back(value);
    if (rule.in == In::kQuery)
        for (const auto& [name, value] : query_)
            if (name == rule.name) texts_.push_back(value);
    if (rule.in == In::kHeader) {
        // HTTP lets headers have any bytes; what is no text counts as not sent.
        const auto value = request_.headers.find(header_name(rule.name));
        if (value && base::is_utf8(*value)) texts_.push_back(*value);
    }
    if (texts_.empty() && rule.required) add_required(Place(Place(), rule.name), findings_);
    return texts_;
}

bool InputReader::has_json() {
    if (request_.body.empty()) {
        for (const FieldRule& rule : rules_)
            if (rule.required && from_body(rule))
                add_required(rule.in == In::kWholeBody ? Place() : Place(Place(), rule.name), findings_);
        return false;
    }
    if (body_has_no_meaning(request_.method) && std::none_of(rules_.begin(), rules_.end(), from_body)) return false;
    const auto encoding = request_.headers.find("Content-Encoding");
    if (encoding && *encoding != "identity")
        throw base::Error(base::Code::kUnsupportedType, "A compressed body is not understood. Send it as it is.");
    const auto type = request_.headers.find("Content-Type");
    if (!type || !is_json_type(*type))
        throw base::Error(base::Code::kUnsupportedType,
                          "The body must be JSON in UTF-8, with the header Content-Type: application/json.");
    return true;
}

std::string_view InputReader::ignored_key(const boost::json::object& object) const {
    const boost::json::value* id = object.if_contains("user_id");
    if (!id || !id->is_string() || !caller_.known()) return {};
    const auto parsed = base::parse_uuid(std::string_view(id->get_string().data(), id->get_string().size()));
    return parsed == caller_.user_id ? "user_id" : std::string_view();
}

void InputReader::finish() {
    std::vector<std::string_view> reported;
    for (const auto& pair : query_) {
        const std::string_view name = pair.first;
        const auto is_named = [name](const FieldRule& rule) { return rule.in == In::kQuery && rule.name == name; };
        if (std::any_of(rules_.begin(), rules_.end(), is_named)) continue;
        if (std::find(reported.begin(), reported.end(), name) != reported.end()) continue;
        reported.push_back(name);
        add_unknown(Place(Place(), base::is_utf8(name) ? name : "query"), In::kQuery, rules_, findings_);
    }
    findings_.raise();
}

}  // namespace engram::http
