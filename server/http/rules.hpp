// Field rules: which rule belongs to which field, the checks, and the collection of everything that is wrong at once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/described.hpp"
#include "http/route.hpp"

namespace engram::http {

// Where in the input something is: a chain on the stack, put into words ("tags[1]") only for an error.
class Place {
public:
    Place() = default;
    Place(const Place& parent, std::string_view name) : parent_(&parent), name_(name) {}
    Place(const Place& parent, std::size_t index) : parent_(&parent), index_(index), indexed_(true) {}
    std::string path() const;

private:
    const Place* parent_ = nullptr;
    std::string_view name_;
    std::size_t index_ = 0;
    bool indexed_ = false;
};

// The codes of field errors are stable words, the messages plain English with the remedy.
class Findings {
public:
    void add(const Place& place, std::string_view code, std::string message);
    bool empty() const { return errors_.empty(); }
    std::size_t size() const { return errors_.size(); }
    std::vector<base::FieldError> take() { return std::move(errors_); }

    // Throws kInvalid with every finding; returns where there is none.
    void raise();

private:
    std::vector<base::FieldError> errors_;
};

// What a field holds once its wrappers are off, for checks and words.
enum class Kind { kText, kBool, kInteger, kNumber, kUuid, kTime, kJson, kArray, kObject, kStream };

// Each adds what is wrong. `item`: the value is one of an array's. Text is well-formed UTF-8.
void check_text(const FieldRule& rule, std::string_view text, bool item, const Place& place, Findings& findings);
void check_number(const FieldRule& rule, double value, const Place& place, Findings& findings);
void check_items(const FieldRule& rule, std::size_t count, const Place& place, Findings& findings);
void check_json(const FieldRule& rule, std::size_t bytes, std::size_t depth, const Place& place, Findings& findings);
void add_required(const Place& place, Findings& findings);
void add_null(const Place& place, Findings& findings);
void add_type(const Place& place, Kind expected, std::string_view found, Findings& findings);
void add_unknown(const Place& place, In in, std::span<const FieldRule> rules, Findings& findings);
void add_format(const Place& place, Kind expected, Findings& findings);

// The rule of each field, in the fields' order. Throws kInternal where a rule names no field, or one twice.
std::vector<FieldRule> arrange_rules(std::vector<FieldRule> rules, std::span<const std::string_view> fields);

// Throws kInternal where a rule says that a text gives a field which only JSON can.
void check_source(const FieldRule& rule, bool from_text);

// "delete" of the member delete_: C++ keeps some words for itself.
constexpr std::string_view field_name(std::string_view member) {
    if (member.ends_with('_')) member.remove_suffix(1);
    return member;
}

template <class T>
std::vector<FieldRule> make_rules() {
    std::vector<std::string_view> fields;
    for_each_member<T>([&](auto member) { fields.push_back(field_name(member.name)); });
    std::vector<FieldRule> given;
    if constexpr (requires { T::rules(); }) given = T::rules();
    std::vector<FieldRule> rules = arrange_rules(std::move(given), fields);
    std::size_t at = 0;
    for_each_member<T>([&](auto member) { check_source(rules[at++], kFromText<MemberType<T, decltype(member)>>); });
    return rules;
}

// Made once per type; the first call throws as make_rules does.
template <class T>
const std::vector<FieldRule>& rules_of() {
    static const std::vector<FieldRule> rules = make_rules<T>();
    return rules;
}

}  // namespace engram::http
