#include "http/openapi.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <map>
#include <set>

#include "base/text.hpp"
#include "http/operation.hpp"

namespace engram::http {
namespace {

namespace json = boost::json;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

void append_pretty(std::string& out, const json::value& value, std::size_t indent);

// One line where it is short and flat, so that the file stays readable and diffs by meaning.
bool is_flat(const json::array& array) {
    return std::none_of(array.begin(), array.end(), [](const json::value& item) { return item.is_structured(); });
}

void append_line(std::string& out, std::size_t indent) { (out += '\n').append(indent, ' '); }

void append_pretty_array(std::string& out, const json::array& array, std::size_t indent) {
    if (is_flat(array)) return base::append_json(out, array);
    out += '[';
    for (const json::value& item : array) {
        if (&item != array.data()) out += ',';
        append_line(out, indent + 2);
        append_pretty(out, item, indent + 2);
    }
    append_line(out, indent);
    out += ']';
}

void append_pretty_object(std::string& out, const json::object& object, std::size_t indent) {
    if (object.empty()) {
        out += "{}";
        return;
    }
    out += '{';
    for (const json::key_value_pair& pair : object) {
        if (&pair != object.begin()) out += ',';
        append_line(out, indent + 2);
        base::append_json_string(out, view(pair.key()));
        out += ": ";
        append_pretty(out, pair.value(), indent + 2);
    }
    append_line(out, indent);
    out += '}';
}

void append_pretty(std::string& out, const json::value& value, std::size_t indent) {
    if (value.is_array())
        append_pretty_array(out, value.get_array(), indent);
    else if (value.is_object())
        append_pretty_object(out, value.get_object(), indent);
    else
        base::append_json(out, value);
}

// RFC 9457.
json::object problem_schema() {
    const json::object text = plain_schema(Kind::kText);
    const json::object error{
        {"type", "object"},
        {"properties", json::object{{"field", text}, {"code", text}, {"message", text}}},
        {"required", json::array{"field", "code", "message"}},
    };
    return {
        {"type", "object"},
        {"properties", json::object{{"type", text},
                                    {"title", text},
                                    {"status", plain_schema(Kind::kInteger)},
                                    {"detail", text},
                                    {"code", text},
                                    {"params", plain_schema(Kind::kObject)},
                                    {"request_id", text},
                                    {"errors", json::object{{"type", "array"}, {"items", error}}}}},
        {"required", json::array{"type", "title", "status", "code"}},
    };
}

json::object problem_response(std::string_view description) {
    const json::object schema{{"schema", json::object{{"$ref", "#/components/schemas/Problem"}}}};
    return {{"description", description}, {"content", json::object{{"application/problem+json", schema}}}};
}

json::object sorted_responses(const json::object& responses, const std::vector<StatusDoc>& more) {
    std::map<std::string, json::value> sorted;
    for (const json::key_value_pair& pair : responses) sorted.emplace(view(pair.key()), pair.value());
    for (const StatusDoc& status : more)
        sorted.emplace(std::to_string(status.status), problem_response(status.description));
    json::object out;
    for (auto& [key, value] : sorted) out.emplace(key, std::move(value));
    return out;
}

std::string openapi_path(const Route& route, const OpenApiInfo& info) {
    std::string path = route.root ? std::string() : info.server_url;
    path += route.path;
    if (path.size() > 1 && path.ends_with('/') && route.path == "/" && !route.root) path.pop_back();
    return path;
}

std::string_view method_key(Method method) {
    switch (method) {
        case Method::kGet:
            return "get";
        case Method::kHead:
            return "head";
        case Method::kPost:
            return "post";
        case Method::kPut:
            return "put";
        case Method::kPatch:
            return "patch";
        case Method::kDelete:
            return "delete";
        case Method::kOptions:
            return "options";
        case Method::kOther:
            return "trace";
    }
    __builtin_unreachable();
}

using Paths = std::map<std::string, std::map<int, std::pair<std::string, json::object>>>;

void add_operation(Paths& paths, const Endpoint& endpoint, const OpenApiInfo& info, const StatusesOf& statuses,
                   json::object& schemas) {
    const Route& route = endpoint.route;
    json::object operation = endpoint.describe(schemas);
    const std::vector<StatusDoc> more = statuses ? statuses(route) : std::vector<StatusDoc>();
    operation["responses"] = sorted_responses(operation["responses"].get_object(), more);
    if (route.access == Access::kPublic) operation["security"] = json::array();
    std::pair entry{std::string(method_key(route.method)), std::move(operation)};
    if (!paths[openapi_path(route, info)].emplace(static_cast<int>(route.method), std::move(entry)).second)
        throw base::Error(base::Code::kInternal, "Two endpoints have one method and path.", std::string(route.path));
}

json::object components(const json::object& schemas) {
    std::map<std::string, json::value> sorted{{"Problem", problem_schema()}};
    for (const json::key_value_pair& pair : schemas) sorted.insert_or_assign(std::string(pair.key()), pair.value());
    json::object out;
    for (auto& [name, schema] : sorted) out.emplace(name, std::move(schema));
    const json::object bearer{{"type", "http"}, {"scheme", "bearer"}};
    return {{"schemas", std::move(out)}, {"securitySchemes", json::object{{"bearer", bearer}}}};
}

}  // namespace

std::string openapi_document(const OpenApiInfo& info, std::span<const Endpoint> endpoints, const StatusesOf& statuses) {
    json::object schemas;
    Paths paths;
    for (const Endpoint& endpoint : endpoints)
        if (endpoint.route.access != Access::kLocal) add_operation(paths, endpoint, info, statuses, schemas);
    json::object path_items;
    for (auto& [path, operations] : paths) {
        json::object item;
        for (auto& [order, operation] : operations) item.emplace(operation.first, std::move(operation.second));
        path_items.emplace(path, std::move(item));
    }
    json::object about{{"title", info.title}, {"version", info.version}};
    if (!info.description.empty()) about["description"] = info.description;
    const json::object document{{"openapi", "3.1.0"},
                                {"info", std::move(about)},
                                {"security", json::array{json::object{{"bearer", json::array()}}}},
                                {"paths", std::move(path_items)},
                                {"components", components(schemas)}};
    std::string out;
    append_pretty(out, document, 0);
    return out += '\n';
}

}  // namespace engram::http
