#include "modules/integration/memory_object.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;

constexpr std::size_t kToldMax = 1'000;

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

std::string shown(std::string_view name) { return '\'' + std::string(base::cut_code_points(name, 100)) + '\''; }

// By field the name that counts.
using BestNames = std::map<const MemoryField*, std::string_view>;

BestNames best_names(const json::object& object) {
    BestNames best;
    for (const auto& member : object) {
        const std::string_view name = view(member.key());
        const MemoryField* field = member.value().is_null() ? nullptr : find_memory_field(name);
        if (field == nullptr) continue;
        const auto [at, is_first] = best.emplace(field, name);
        if (!is_first && rank_of_name(name) < rank_of_name(at->second)) at->second = name;
    }
    return best;
}

}  // namespace

bool has_memory_content(const json::value& root) {
    const json::object* object = root.if_object();
    return object != nullptr && std::ranges::any_of(*object, [](const auto& member) {
               const MemoryField* field = find_memory_field(view(member.key()));
               return field != nullptr && field->name == "content" && member.value().is_string();
           });
}

void MemoryObjects::tell_once(std::size_t line, std::string_view name, std::string_view what, std::string remedy) {
    if (told_.size() >= kToldMax || !told_.insert(std::string(what) + std::string(name)).second) return;
    collector_.problem(line, "The field " + shown(name) + std::string(what), std::move(remedy));
}

void MemoryObjects::tell_misfit(std::size_t line, std::string_view name, const MemoryField& field) {
    const bool is_time = field.name == "created_at" || field.name == "occurred_at";
    if (foreign_ == ForeignFields::kKeep && !is_time) return;
    const std::string_view what = foreign_ == ForeignFields::kKeep ? " is no time that exists; it is in metadata."
                                                                   : " does not fit; it was left out.";
    collector_.problem(line, "The field " + shown(name) + std::string(what),
                       "Make it " + std::string(field.wanted) + ".");
}

void MemoryObjects::keep_foreign(const json::object& object, const Names& names, ImportedMessage& message) {
    const auto given = std::ranges::find_if(
        object, [](const auto& member) { return member.value().is_object() && view(member.key()) == "metadata"; });
    ForeignMetadata metadata = given == object.end() ? ForeignMetadata() : ForeignMetadata(given->value().get_object());
    for (const std::string_view name : names)
        if (!metadata.add(name, object.at(name)))
            tell_once(message.line, name, " is not known, and metadata cannot take it: it was left out.",
                      "Put what matters of it into the text.");
    message.metadata = metadata.text();
}

bool MemoryObjects::read_fields(const json::object& object, ImportedMessage& message) {
    const BestNames best = best_names(object);
    Names foreign;
    for (const auto& member : object) {
        const std::string_view name = view(member.key());
        if (member.value().is_null()) continue;
        const auto at = best.find(find_memory_field(name));
        const bool is_known = at != best.end() && at->second == name;
        if (is_known && at->first->read(member.value(), options_, message)) continue;
        if (is_known) tell_misfit(message.line, name, *at->first);
        if (is_known && foreign_ == ForeignFields::kReport) return false;
        if (foreign_ == ForeignFields::kReport)
            tell_once(message.line, name, " is not known and was left out.", "Put it into metadata.");
        foreign.push_back(name);
    }
    if (foreign_ == ForeignFields::kKeep && !foreign.empty()) keep_foreign(object, foreign, message);
    return true;
}

void MemoryObjects::read(const json::value& root, std::size_t line) {
    ImportedMessage message;
    message.line = line;
    message.source = "import";
    if (!root.is_object())
        return collector_.problem(line, "This is no JSON object.", "Write one object for each memory.");
    if (!read_fields(root.get_object(), message)) return;
    if (trim_marks(message.content).empty())
        return collector_.problem(line, "It has no content.", "Give it a field 'content'.");
    if (foreign_ == ForeignFields::kKeep) cut_to_limits(message);
    collector_.message(std::move(message));
}

}  // namespace engram::integration
