// The OpenAPI operation of one handler, from its Input, its Output and its route.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <utility>

#include "http/schema.hpp"

namespace engram::http {

// What the kit itself finds of an operation; openapi.hpp adds what stands in front of it.
struct OperationParts {
    boost::json::array parameters;
    std::optional<boost::json::object> body;  // the schema of a JSON body
    bool body_required = false;
    bool streamed = false;                      // a body of any type
    std::optional<boost::json::object> answer;  // the schema of a JSON answer
    bool raw_answer = false;                    // an answer of any type
};

boost::json::object parameter(const FieldRule& rule, boost::json::object schema);
boost::json::object make_operation(const Route& route, OperationParts parts);

// "get_memories_id" of GET /memories/{id}.
std::string operation_id(const Route& route);

template <class Input>
void describe_input(OperationParts& parts, boost::json::object& schemas) {
    const std::vector<FieldRule>& rules = rules_of<Input>();
    std::size_t at = 0;
    bool named_fields = false;
    for_each_member<Input>([&](auto member) {
        using M = MemberType<Input, decltype(member)>;
        const FieldRule& rule = rules[at++];
        if constexpr (!std::is_same_v<M, BodyReader*>) {
            named_fields = named_fields || rule.in == In::kBody;
            parts.body_required =
                parts.body_required || ((rule.in == In::kBody || rule.in == In::kWholeBody) && rule.required);
            if (rule.in == In::kBody) return;
            boost::json::object schema = schema_of<Unwrapped<M>>(Direction::kInput, schemas);
            if constexpr (kIsA<M, std::vector>) schema = schema_of<M>(Direction::kInput, schemas);
            apply_rule(schema, rule, kind_of<M>());
            if (rule.in == In::kWholeBody)
                parts.body = std::move(schema);
            else
                parts.parameters.push_back(parameter(rule, std::move(schema)));
        }
    });
    parts.streamed = requires(Input& input) {
        { input.body } -> std::same_as<BodyReader*&>;
    };
    if (named_fields && !parts.streamed) parts.body = named_schema<Input>(Direction::kInput, schemas);
}

template <class Input, class Output>
boost::json::object describe_operation(const Route& route, boost::json::object& schemas) {
    OperationParts parts;
    describe_input<Input>(parts, schemas);
    if constexpr (std::is_same_v<Output, Raw>)
        parts.raw_answer = true;
    else if constexpr (!std::is_same_v<Output, Empty>)
        parts.answer = schema_of<Output>(Direction::kOutput, schemas);
    return make_operation(route, std::move(parts));
}

}  // namespace engram::http
