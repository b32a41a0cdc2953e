#include "http/schema.hpp"

#include <cmath>

namespace engram::http {
namespace {

namespace json = boost::json;

// 20, not 20.0, where a bound is whole: the same number, and the document reads better.
json::value number(double value) {
    if (std::trunc(value) == value && std::abs(value) < 0x1p53) return static_cast<std::int64_t>(value);
    return value;
}

void apply_text_bounds(json::object& schema, const FieldRule& rule, std::size_t length_max) {
    if (rule.length_min != 0) schema["minLength"] = rule.length_min;
    if (length_max != 0) schema["maxLength"] = length_max;
    if (!rule.pattern.empty()) schema["pattern"] = rule.pattern;
    if (rule.one_of.empty()) return;
    json::array words(rule.one_of.begin(), rule.one_of.end());
    if (schema.contains("type") && schema["type"].is_array()) words.push_back(nullptr);
    schema["enum"] = std::move(words);
}

void apply_number_bounds(json::object& schema, const FieldRule& rule) {
    if (rule.min) schema["minimum"] = number(*rule.min);
    if (rule.max) schema["maximum"] = number(*rule.max);
}

bool is_type(const json::object& schema, std::string_view name) {
    const json::value* type = schema.if_contains("type");
    if (!type) return false;
    const json::value& first = type->is_array() ? type->get_array()[0] : *type;
    return first.is_string() && first.get_string() == json::string_view(name);
}

}  // namespace

json::object plain_schema(Kind kind) {
    switch (kind) {
        case Kind::kBool:
            return {{"type", "boolean"}};
        case Kind::kInteger:
            return {{"type", "integer"}, {"format", "int64"}};
        case Kind::kNumber:
            return {{"type", "number"}};
        case Kind::kUuid:
            return {{"type", "string"}, {"format", "uuid"}};
        case Kind::kTime:
            return {{"type", "string"}, {"format", "date-time"}};
        case Kind::kJson:
        case Kind::kObject:
            return {{"type", "object"}};
        case Kind::kArray:
            return {{"type", "array"}};
        case Kind::kText:
        case Kind::kStream:
            return {{"type", "string"}};
    }
    __builtin_unreachable();
}

json::object nullable(json::object schema) {
    if (json::value* type = schema.if_contains("type")) {
        if (!type->is_array()) *type = json::array{*type, "null"};
        return schema;
    }
    return {{"anyOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
}

void apply_rule(json::object& schema, const FieldRule& rule, Kind kind) {
    if (kind == Kind::kText) apply_text_bounds(schema, rule, rule.length_max);
    if (kind == Kind::kInteger || kind == Kind::kNumber) apply_number_bounds(schema, rule);
    if (kind == Kind::kArray) {
        if (rule.items_max != 0) schema["maxItems"] = rule.items_max;
        json::object& items = schema["items"].get_object();
        if (is_type(items, "string") && !items.contains("format")) apply_text_bounds(items, rule, rule.item_length_max);
        if (is_type(items, "integer") || is_type(items, "number")) apply_number_bounds(items, rule);
    }
    if (!rule.doc.empty()) schema["description"] = rule.doc;
}

std::string schema_name(std::string type, Direction direction) {
    if (direction == Direction::kInput && !type.ends_with("Input")) type += "Input";
    return type;
}

json::object add_schema(json::object& schemas, const std::string& name, json::object built) {
    json::value& slot = schemas[name];
    if (!slot.is_null() && slot != json::value(built))
        throw base::Error(base::Code::kInternal, "Two different structs have one name in the OpenAPI document.", name);
    slot = std::move(built);
    return {{"$ref", "#/components/schemas/" + name}};
}

}  // namespace engram::http
