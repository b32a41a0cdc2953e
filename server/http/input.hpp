// A request into a handler's Input: path, query, headers and JSON body, every bad field named at once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/json_read.hpp"
#include "http/message.hpp"

namespace engram::http {

// "If-Match" of the field if_match.
std::string header_name(std::string_view field);

// The parts of one request, and what was found wrong so far. Used by one thread, for one reading.
class InputReader {
public:
    // Throws kMalformed where the query's escapes are broken.
    InputReader(const Caller& caller, const Request& request, const PathValues& path, std::span<const FieldRule> rules);

    // The texts of a field from path, query or header, until the next call; adds `required` where there is none.
    std::span<const std::string_view> texts(const FieldRule& rule);

    // True where there is a body to read. Adds `required` for each field that a missing body leaves out; throws
    // kUnsupportedType where a body is not JSON.
    bool has_json();

    // The key that may stand in a body without a field: "user_id", where it names the caller.
    std::string_view ignored_key(const boost::json::object& object) const;

    // Throws kInvalid where anything was wrong, parameters that no rule names included.
    void finish();

    Findings& findings() { return findings_; }
    std::string_view body() const { return request_.body; }

private:
    const Caller& caller_;
    const Request& request_;
    const PathValues& path_;
    std::span<const FieldRule> rules_;
    std::vector<std::pair<std::string, std::string>> query_;
    std::vector<std::string_view> texts_;
    Findings findings_;
};

template <class T>
concept Streamed = requires(T& input) {
    { input.body } -> std::same_as<BodyReader*&>;
};

template <class Input>
void read_body(InputReader& reader, Input& input) {
    if (!reader.has_json()) return;
    const base::JsonDocument document(reader.body());
    const std::vector<FieldRule>& rules = rules_of<Input>();
    std::size_t at = 0;
    bool whole = false;
    for_each_member<Input>([&](auto member) {
        const FieldRule& rule = rules[at++];
        if constexpr (!std::is_same_v<MemberType<Input, decltype(member)>, BodyReader*>) {
            if (rule.in != In::kWholeBody) return;
            whole = true;
            read_field(&document.root(), input.*member.pointer, Spot{rule, Place(), reader.findings()});
        }
    });
    if (whole) return;
    const boost::json::object* object = expect_object(document.root(), Place(), reader.findings());
    if (object) read_members(*object, input, reader.ignored_key(*object), Place(), reader.findings());
}

// Throws kMalformed, kUnsupportedType or kInvalid; the Input that is returned keeps its rules.
template <class Input>
Input read_input(const Caller& caller, const Request& request, const PathValues& path) {
    const std::vector<FieldRule>& rules = rules_of<Input>();
    InputReader reader(caller, request, path, rules);
    Input input{};
    std::size_t at = 0;
    for_each_member<Input>([&](auto member) {
        const FieldRule& rule = rules[at++];
        if constexpr (kFromText<MemberType<Input, decltype(member)>>) {
            if (rule.in == In::kBody || rule.in == In::kWholeBody) return;
            const std::span<const std::string_view> texts = reader.texts(rule);
            if (!texts.empty())
                read_texts(texts, input.*member.pointer, Spot{rule, Place(Place(), rule.name), reader.findings()});
        }
    });
    if constexpr (Streamed<Input>)
        input.body = request.body_reader;
    else
        read_body(reader, input);
    reader.finish();
    return input;
}

}  // namespace engram::http
