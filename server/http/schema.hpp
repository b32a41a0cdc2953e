// JSON Schemas (2020-12, as OpenAPI 3.1 uses them) of the types that inputs and outputs are made of.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "http/rules.hpp"

namespace engram::http {

enum class Direction { kInput, kOutput };

boost::json::object plain_schema(Kind kind);
boost::json::object nullable(boost::json::object schema);

// Adds the bounds and the doc of a field's rule. `kind` is the kind of the field once its wrappers are off.
void apply_rule(boost::json::object& schema, const FieldRule& rule, Kind kind);

// What a struct is called there. One that is read is "…Input": it has bounds that the same struct written does not
// have.
std::string schema_name(std::string type, Direction direction);

// {"$ref": ...} to the named schema. `built` replaces the placeholder; throws kInternal where another struct has the
// name.
boost::json::object add_schema(boost::json::object& schemas, const std::string& name, boost::json::object built);

template <class T>
constexpr Kind kind_of() {
    if constexpr (std::is_same_v<T, bool>)
        return Kind::kBool;
    else if constexpr (std::is_integral_v<T>)
        return Kind::kInteger;
    else if constexpr (std::is_floating_point_v<T>)
        return Kind::kNumber;
    else if constexpr (std::is_same_v<T, base::Uuid>)
        return Kind::kUuid;
    else if constexpr (std::is_same_v<T, base::Time>)
        return Kind::kTime;
    else if constexpr (std::is_same_v<T, base::JsonText>)
        return Kind::kJson;
    else if constexpr (kIsA<T, std::vector>)
        return Kind::kArray;
    else if constexpr (kIsA<T, std::optional> || kIsA<T, Patch> || kIsA<T, Maybe>)
        return kind_of<Unwrapped<T>>();
    else if constexpr (std::is_class_v<T> && !std::is_convertible_v<const T&, std::string_view>)
        return Kind::kObject;
    else
        return Kind::kText;
}

template <class T>
boost::json::object schema_of(Direction direction, boost::json::object& schemas);

template <class T>
boost::json::object object_schema(Direction direction, boost::json::object& schemas) {
    boost::json::object properties;
    boost::json::array required;
    const std::vector<FieldRule>* rules = direction == Direction::kInput ? &rules_of<T>() : nullptr;
    std::size_t at = 0;
    for_each_member<T>([&](auto member) {
        using M = MemberType<T, decltype(member)>;
        const FieldRule rule = rules ? (*rules)[at++] : FieldRule{.name = member.name};
        if constexpr (!std::is_same_v<M, BodyReader*>) {
            if (rule.in != In::kBody) return;
            const bool never_null = kIsA<M, std::optional> && rule.required;
            boost::json::object schema =
                never_null ? schema_of<Unwrapped<M>>(direction, schemas) : schema_of<M>(direction, schemas);
            if (rules) apply_rule(schema, rule, kind_of<M>());
            properties[rule.name] = std::move(schema);
            if (rules ? rule.required : !kIsA<M, Maybe>) required.emplace_back(rule.name);
        }
    });
    boost::json::object out{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    if (rules) out["additionalProperties"] = false;
    return out;
}

// A described struct goes into `schemas` under its name and is referred to.
template <class T>
boost::json::object named_schema(Direction direction, boost::json::object& schemas) {
    const std::string name = schema_name(type_name<T>(), direction);
    const boost::json::value* known = schemas.if_contains(name);
    if (known && known->is_null()) return {{"$ref", "#/components/schemas/" + name}};  // being built: it holds itself
    const boost::json::value before = known ? *known : boost::json::value();
    schemas[name] = nullptr;
    boost::json::object built = object_schema<T>(direction, schemas);
    schemas[name] = before;
    return add_schema(schemas, name, std::move(built));
}

// A variant: one of its types.
template <class... Each>
boost::json::object one_of_schema(const std::variant<Each...>*, Direction direction, boost::json::object& schemas) {
    boost::json::array each;
    (each.push_back(schema_of<Each>(direction, schemas)), ...);
    return {{"oneOf", std::move(each)}};
}

template <class T>
boost::json::object schema_of(Direction direction, boost::json::object& schemas) {
    if constexpr (kIsA<T, std::optional> || kIsA<T, Patch>)
        return nullable(schema_of<Unwrapped<T>>(direction, schemas));
    else if constexpr (kIsA<T, Maybe> || kIsA<T, Parsed>)
        return schema_of<Unwrapped<T>>(direction, schemas);
    else if constexpr (kIsA<T, std::vector>)
        return {{"type", "array"}, {"items", schema_of<Unwrapped<T>>(direction, schemas)}};
    else if constexpr (kIsA<T, std::map>)
        return {{"type", "object"}, {"additionalProperties", schema_of<typename T::mapped_type>(direction, schemas)}};
    else if constexpr (kIsA<T, std::variant>)
        return one_of_schema(static_cast<const T*>(nullptr), direction, schemas);
    else if constexpr (Described<T>)
        return named_schema<T>(direction, schemas);
    else
        return plain_schema(kind_of<T>());
}

}  // namespace engram::http
