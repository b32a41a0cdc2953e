// JSON and plain text into checked C++ values. Nothing throws for a bad field: it is added to the findings.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/rules.hpp"

namespace engram::http {

// What is read: under which rule, where, and whether it is one element of an array.
struct Spot {
    const FieldRule& rule;
    const Place& place;
    Findings& findings;
    bool item = false;
};

void read_scalar(const boost::json::value& json, std::string& out, const Spot& spot);
void read_scalar(const boost::json::value& json, bool& out, const Spot& spot);
void read_scalar(const boost::json::value& json, std::int64_t& out, const Spot& spot);
void read_scalar(const boost::json::value& json, double& out, const Spot& spot);
void read_scalar(const boost::json::value& json, base::Uuid& out, const Spot& spot);
void read_scalar(const boost::json::value& json, base::Time& out, const Spot& spot);
void read_scalar(const boost::json::value& json, base::JsonText& out, const Spot& spot);
void read_scalar(std::string_view text, std::string& out, const Spot& spot);
void read_scalar(std::string_view text, bool& out, const Spot& spot);  // "true", "false", "" as true, "1", "0"
void read_scalar(std::string_view text, std::int64_t& out, const Spot& spot);
void read_scalar(std::string_view text, double& out, const Spot& spot);
void read_scalar(std::string_view text, base::Uuid& out, const Spot& spot);
void read_scalar(std::string_view text, base::Time& out, const Spot& spot);

// Adds out_of_range where the whole number does not fit into the field's type.
void add_overflow(double min, double max, const Spot& spot);

// The array or object, or a finding and nullptr.
const boost::json::array* expect_array(const boost::json::value& json, const Spot& spot);
const boost::json::object* expect_object(const boost::json::value& json, const Place& place, Findings& findings);

// Adds `unknown` for each key that no body rule names; `ignored` is let pass.
void add_unknown_keys(const boost::json::object& object, std::span<const FieldRule> rules, std::string_view ignored,
                      const Place& place, Findings& findings);

template <class T>
void read_members(const boost::json::object& object, T& out, std::string_view ignored, const Place& place,
                  Findings& findings);
template <class T>
void read_value(const boost::json::value& json, T& out, const Spot& spot);

// A JSON value or a text into a plain field; whole numbers of any width.
template <class Source, class T>
void read_plain(const Source& source, T& out, const Spot& spot) {
    static_assert(!std::is_class_v<T> || kFromText<T> || std::is_same_v<T, base::JsonText>,
                  "a type that is read needs BOOST_DESCRIBE_STRUCT, in its own namespace");
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, std::int64_t>) {
        std::int64_t wide = out;
        const std::size_t before = spot.findings.size();
        read_scalar(source, wide, spot);
        using Limits = std::numeric_limits<T>;
        if (std::in_range<T>(wide))
            out = static_cast<T>(wide);
        else if (spot.findings.size() == before)
            add_overflow(static_cast<double>(Limits::min()), static_cast<double>(Limits::max()), spot);
    } else {
        read_scalar(source, out, spot);
    }
}

template <class T>
void read_items(const boost::json::array& array, std::vector<Parsed<T>>& out, const Spot&) {
    for (const boost::json::value& json : array) {
        Findings own;
        T value{};
        const FieldRule plain{};
        read_value(json, value, Spot{plain, Place(), own, true});
        Parsed<T>& parsed = out.emplace_back();
        parsed.errors = own.take();
        if (parsed.errors.empty()) parsed.value = std::move(value);
    }
}

template <class T>
void read_items(const boost::json::array& array, std::vector<T>& out, const Spot& spot) {
    for (std::size_t i = 0; i < array.size(); ++i) {
        const Place place(spot.place, i);
        T value{};
        if (array[i].is_null())
            add_null(place, spot.findings);
        else
            read_value(array[i], value, Spot{spot.rule, place, spot.findings, true});
        out.push_back(std::move(value));
    }
}

template <class T>
void read_value(const boost::json::value& json, T& out, const Spot& spot) {
    if constexpr (kIsA<T, std::optional> || kIsA<T, Patch>) {
        Unwrapped<T> inner{};
        read_value(json, inner, spot);
        out = T(std::move(inner));
    } else if constexpr (kIsA<T, std::vector>) {
        const boost::json::array* array = expect_array(json, spot);
        if (!array) return;
        out.clear();
        out.reserve(array->size());
        read_items(*array, out, spot);
    } else if constexpr (Described<T>) {
        const boost::json::object* object = expect_object(json, spot.place, spot.findings);
        if (object) read_members(*object, out, {}, spot.place, spot.findings);
    } else {
        read_plain(json, out, spot);
    }
}

// A field of an object; `json` is nullptr where it is absent.
template <class T>
void read_field(const boost::json::value* json, T& out, const Spot& spot) {
    if (!json) {
        if (spot.rule.required) add_required(spot.place, spot.findings);
    } else if (!json->is_null()) {
        read_value(*json, out, spot);
    } else if constexpr (kIsA<T, Patch>) {
        out = T(std::nullopt);
    } else if (!kIsA<T, std::optional> || spot.rule.required) {
        add_null(spot.place, spot.findings);
    }
}

// Every field that the rules take from the JSON body.
template <class T>
void read_members(const boost::json::object& object, T& out, std::string_view ignored, const Place& place,
                  Findings& findings) {
    const std::vector<FieldRule>& rules = rules_of<T>();
    std::size_t at = 0, known = 0;
    for_each_member<T>([&](auto member) {
        const FieldRule& rule = rules[at++];
        if constexpr (!std::is_same_v<MemberType<T, decltype(member)>, BodyReader*>) {
            if (rule.in != In::kBody) return;
            const boost::json::value* json = object.if_contains(rule.name);
            known += json ? 1 : 0;
            read_field(json, out.*member.pointer, Spot{rule, Place(place, rule.name), findings});
        }
    });
    if (known != object.size()) add_unknown_keys(object, rules, ignored, place, findings);
}

// A field that came as text, perhaps more than once.
template <class T>
void read_texts(std::span<const std::string_view> texts, T& out, const Spot& spot) {
    if constexpr (kIsA<T, std::vector>) {
        check_items(spot.rule, texts.size(), spot.place, spot.findings);
        for (std::size_t i = 0; i < texts.size(); ++i)
            read_plain(texts[i], out.emplace_back(), Spot{spot.rule, Place(spot.place, i), spot.findings, true});
    } else if constexpr (kIsA<T, std::optional>) {
        read_texts(texts, out.emplace(), spot);
    } else if (texts.size() > 1) {
        spot.findings.add(spot.place, "too_many", "must be given once");
    } else {
        read_plain(texts[0], out, spot);
    }
}

}  // namespace engram::http
