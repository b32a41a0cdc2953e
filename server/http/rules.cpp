#include "http/rules.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace engram::http {
namespace {

constexpr std::size_t kFindingsMax = 100;  // an array of a million bad items must not become a larger answer

std::string number_text(double value) {
    std::string out;
    base::append_json_number(out, value);
    return out;
}

std::string_view noun(Kind kind) {
    switch (kind) {
        case Kind::kText:
            return "a text";
        case Kind::kBool:
            return "true or false";
        case Kind::kInteger:
            return "a whole number";
        case Kind::kNumber:
            return "a number";
        case Kind::kUuid:
            return "an id such as 0192f3a4-5b6c-7d8e-9f00-112233445566";
        case Kind::kTime:
            return "a time such as 2026-11-23T05:51:47.123Z";
        case Kind::kJson:
            return "an object";
        case Kind::kArray:
            return "an array";
        case Kind::kObject:
            return "an object";
        case Kind::kStream:
            return "a stream";
    }
    __builtin_unreachable();
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string out;
    for (const std::string_view word : words) {
        if (!out.empty()) out += ", ";
        out += word;
    }
    return out;
}

}  // namespace

std::string Place::path() const {
    std::string out = parent_ ? parent_->path() : std::string();
    if (indexed_) return out + '[' + std::to_string(index_) + ']';
    if (!out.empty() && !name_.empty()) out += '.';
    return out += name_;
}

void Findings::add(const Place& place, std::string_view code, std::string message) {
    if (errors_.size() == kFindingsMax) return;
    std::string path = place.path();
    errors_.push_back({path.empty() ? "body" : std::move(path), std::string(code), std::move(message)});
}

void Findings::raise() {
    if (errors_.empty()) return;
    std::string safe = "The request is not valid: " + errors_[0].field + ' ' + errors_[0].message;
    if (errors_.size() > 1) safe += ", and " + base::counted(errors_.size() - 1, "more error");
    base::Error error(base::Code::kInvalid, safe + '.');
    error.fields = take();
    throw error;
}

void check_text(const FieldRule& rule, std::string_view text, bool item, const Place& place, Findings& findings) {
    const std::size_t length_max = item ? rule.item_length_max : rule.length_max;
    const bool maybe_long = length_max != 0 && text.size() > length_max;  // bytes are at least as many as code points
    const std::size_t length = maybe_long || text.size() < 4 * rule.length_min ? base::count_code_points(text) : 0;
    if (maybe_long && length > length_max)
        findings.add(
            place, "too_long",
            "must be at most " + base::counted(length_max, "character") + " long; it has " + base::grouped(length));
    if (text.size() < 4 * rule.length_min && length < rule.length_min)
        findings.add(place, "too_short",
                     rule.length_min == 1 ? std::string("must not be empty")
                                          : "must be at least " + base::counted(rule.length_min, "character") +
                                                " long; it has " + base::grouped(length));
    if (!rule.one_of.empty() && std::find(rule.one_of.begin(), rule.one_of.end(), text) == rule.one_of.end())
        findings.add(place, "not_one_of", "must be one of: " + joined(rule.one_of));
    if (rule.matches && !rule.matches(text))
        findings.add(place, "pattern",
                     rule.form.empty() ? std::string("does not have the form that is expected here")
                                       : "must be " + std::string(rule.form));
}

void check_number(const FieldRule& rule, double value, const Place& place, Findings& findings) {
    const bool small = rule.min && value < *rule.min, large = rule.max && value > *rule.max;
    if (!small && !large) return;
    std::string message = "must be ";
    if (rule.min && rule.max)
        message += "between " + number_text(*rule.min) + " and " + number_text(*rule.max);
    else
        message += small ? "at least " + number_text(*rule.min) : "at most " + number_text(*rule.max);
    findings.add(place, "out_of_range", message + "; it is " + number_text(value));
}

void check_items(const FieldRule& rule, std::size_t count, const Place& place, Findings& findings) {
    if (rule.items_max != 0 && count > rule.items_max)
        findings.add(place, "too_many",
                     "must have at most " + base::counted(rule.items_max, "item") + "; it has " + base::grouped(count));
}

void check_json(const FieldRule& rule, std::size_t bytes, std::size_t depth, const Place& place, Findings& findings) {
    if (rule.json_bytes_max != 0 && bytes > rule.json_bytes_max)
        findings.add(place, "too_long",
                     "must be at most " + base::counted(rule.json_bytes_max, "byte") + " of JSON; it has " +
                         base::grouped(bytes));
    if (rule.json_depth_max != 0 && depth > rule.json_depth_max)
        findings.add(place, "too_deep",
                     "must be nested at most " + base::counted(rule.json_depth_max, "level") + " deep; it has " +
                         base::grouped(depth));
}

void add_required(const Place& place, Findings& findings) { findings.add(place, "required", "is required"); }

void add_null(const Place& place, Findings& findings) {
    findings.add(place, "null_not_allowed", "must not be null; leave it out or give a value");
}

void add_type(const Place& place, Kind expected, std::string_view found, Findings& findings) {
    findings.add(place, "type", "must be " + std::string(noun(expected)) + "; it is " + std::string(found));
}

void add_format(const Place& place, Kind expected, Findings& findings) {
    findings.add(
        place, "format",
        expected == Kind::kText ? std::string("must be UTF-8 without NUL") : "must be " + std::string(noun(expected)));
}

void add_unknown(const Place& place, In in, std::span<const FieldRule> rules, Findings& findings) {
    std::vector<std::string_view> known;
    for (const FieldRule& rule : rules)
        if (rule.in == in) known.push_back(rule.name);
    findings.add(place, "unknown",
                 known.empty() ? std::string("is not known here; leave it out")
                               : "is not known here; leave it out or use one of: " + joined(known));
}

std::vector<FieldRule> arrange_rules(std::vector<FieldRule> rules, std::span<const std::string_view> fields) {
    std::vector<FieldRule> arranged;
    for (const std::string_view field : fields) {
        const auto same = [&](const FieldRule& rule) { return rule.name == field; };
        const auto rule = std::find_if(rules.begin(), rules.end(), same);
        arranged.push_back(rule == rules.end() ? FieldRule{.name = field} : *rule);
        if (rule != rules.end()) rules.erase(rule);
    }
    if (!rules.empty())
        throw base::Error(base::Code::kInternal, "A rule does not fit its struct.",
                          "no field, or a second rule, for: " + std::string(rules[0].name));
    return arranged;
}

void check_source(const FieldRule& rule, bool from_text) {
    const bool needs_text = rule.in == In::kPath || rule.in == In::kQuery || rule.in == In::kHeader;
    if (needs_text && !from_text)
        throw base::Error(base::Code::kInternal, "A rule does not fit its field.",
                          "a text cannot give the field " + std::string(rule.name));
}

}  // namespace engram::http
