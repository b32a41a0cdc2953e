// C++ values into JSON text, without a tree in between. Appends to `out`; never fails.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "http/described.hpp"

namespace engram::http {

template <class T>
void write_json(std::string& out, const T& value);

// The bytes `,"name":` of a described member, put together by the compiler.
template <class Member>
inline constexpr auto kKeyText = [] {
    constexpr std::string_view kName(Member::name);
    std::array<char, kName.size() + 4> text{};
    text[0] = ',';
    text[1] = '"';
    for (std::size_t i = 0; i < kName.size(); ++i) text[i + 2] = kName[i];
    text[kName.size() + 2] = '"';
    text[kName.size() + 3] = ':';
    return text;
}();

template <class T>
void write_members(std::string& out, const T& value) {
    static_assert(Described<T>, "a type that is written as JSON needs BOOST_DESCRIBE_STRUCT, in its own namespace");
    out += '{';
    std::size_t comma = 1;  // the first key goes without it
    for_each_member<T>([&](auto member) {
        const auto& field = value.*member.pointer;
        if constexpr (kIsA<MemberType<T, decltype(member)>, Maybe>) {
            if (!field.value) return;
        }
        constexpr const auto& kKey = kKeyText<decltype(member)>;
        out.append(kKey.data() + comma, kKey.size() - comma);
        comma = 0;
        write_json(out, field);
    });
    out += '}';
}

template <class T>
void write_items(std::string& out, const std::vector<T>& items) {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) out += ',';
        write_json<T>(out, items[i]);
    }
    out += ']';
}

// A map is an object whose keys are data.
template <class T>
void write_map(std::string& out, const std::map<std::string, T>& map) {
    out += '{';
    bool first = true;
    for (const auto& [key, value] : map) {
        if (!first) out += ',';
        first = false;
        base::append_json_string(out, key);
        out += ':';
        write_json(out, value);
    }
    out += '}';
}

template <class T>
void write_quoted(std::string& out, const T& value) {
    out += '"';
    if constexpr (std::is_same_v<T, base::Uuid>)
        base::append_uuid(out, value);
    else
        base::append_rfc3339(out, value);
    out += '"';
}

template <class T>
void write_json(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>)
        out += value ? "true" : "false";
    else if constexpr (std::is_integral_v<T>)
        base::append_json_number(out, static_cast<std::int64_t>(value));
    else if constexpr (std::is_floating_point_v<T>)
        base::append_json_number(out, static_cast<double>(value));
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
        base::append_json_string(out, value);
    else if constexpr (std::is_same_v<T, base::Uuid> || std::is_same_v<T, base::Time>)
        write_quoted(out, value);
    else if constexpr (std::is_same_v<T, base::JsonText>)
        out += value.text;
    else if constexpr (kIsA<T, std::vector>)
        write_items(out, value);
    else if constexpr (kIsA<T, std::map>)
        write_map(out, value);
    else if constexpr (kIsA<T, std::optional>)
        value ? write_json(out, *value) : void(out += "null");
    else if constexpr (kIsA<T, std::variant>)
        std::visit([&](const auto& each) { write_json(out, each); }, value);
    else if constexpr (kIsA<T, Maybe>)
        write_json(out, value.value);
    else
        write_members(out, value);
}

}  // namespace engram::http
