#include "http/operation.hpp"

#include "base/text.hpp"
#include "http/input.hpp"

namespace engram::http {
namespace {

namespace json = boost::json;

std::string_view place_word(In in) {
    switch (in) {
        case In::kPath:
            return "path";
        case In::kHeader:
            return "header";
        case In::kQuery:
        case In::kBody:
        case In::kWholeBody:
            return "query";
    }
    __builtin_unreachable();
}

json::object content(std::string_view type, json::object schema) {
    return {{type, json::object{{"schema", std::move(schema)}}}};
}

json::object problem(std::string_view description) {
    return {{"description", description},
            {"content", content("application/problem+json", {{"$ref", "#/components/schemas/Problem"}})}};
}

std::string_view success_text(int status) {
    if (status == 101) return "The connection is a WebSocket from here on.";
    return status == 201 ? "It was made." : "It went well.";
}

json::object success(const Route& route, OperationParts& parts) {
    json::object out{{"description", success_text(route.success)}};
    if (parts.answer) out["content"] = content("application/json", std::move(*parts.answer));
    if (parts.raw_answer && route.success != 101) out["content"] = content("*/*", {});
    return out;
}

}  // namespace

json::object parameter(const FieldRule& rule, json::object schema) {
    json::object out{{"name", rule.in == In::kHeader ? header_name(rule.name) : std::string(rule.name)},
                     {"in", place_word(rule.in)}};
    if (rule.required || rule.in == In::kPath) out["required"] = true;
    if (!rule.doc.empty()) out["description"] = rule.doc;
    schema.erase("description");
    out["schema"] = std::move(schema);
    return out;
}

std::string operation_id(const Route& route) {
    std::string out = base::to_lower_ascii(to_string(route.method));
    for (const char c : route.path) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        if (word)
            out += c;
        else if (out.back() != '_')
            out += '_';
    }
    if (out.back() == '_') out.pop_back();
    return out;
}

json::object make_operation(const Route& route, OperationParts parts) {
    json::object out{{"operationId", operation_id(route)}};
    if (!route.summary.empty()) out["summary"] = route.summary;
    if (!route.tag.empty()) out["tags"] = json::array{route.tag};
    if (!parts.parameters.empty()) out["parameters"] = std::move(parts.parameters);
    const bool json_body = parts.body.has_value();
    if (json_body)
        out["requestBody"] = json::object{{"required", parts.body_required},
                                          {"content", content("application/json", std::move(*parts.body))}};
    else if (parts.streamed)
        out["requestBody"] = json::object{{"required", true}, {"content", content("*/*", {})}};
    const bool no_content = !parts.answer && !parts.raw_answer && route.success == 200;
    json::object responses{{std::to_string(no_content ? 204 : route.success), success(route, parts)}};
    responses["400"] = problem("The request is malformed.");
    if (json_body) responses["415"] = problem("The body is not JSON.");
    responses["422"] = problem("Fields are not valid; all of them are named.");
    if (route.success == 101) responses["426"] = problem("The request does not ask for a WebSocket.");
    out["responses"] = std::move(responses);
    return out;
}

}  // namespace engram::http
