#include "modules/memory/bulk_memories.hpp"

#include "modules/memory/create_memory.hpp"

namespace engram::memory {
namespace {

// One way to say which, and one thing to do.
void check(const BulkMemories::Input& input) {
    base::Error error(base::Code::kInvalid, "The request does not say what to do; nothing was changed.");
    if (input.ids.has_value() == input.query.has_value())
        error.fields.push_back({"ids", "one_of", "either ids or query must say which memories"});
    if (input.set.has_value() == input.delete_.value_or(false))
        error.fields.push_back({"set", "one_of", "either set or \"delete\": true must say what to do with them"});
    if (input.set && input.set->tags && (input.set->add_tags || input.set->remove_tags))
        error.fields.push_back({"set.tags", "one_of", "cannot go with add_tags or remove_tags"});
    if (!error.fields.empty()) throw error;
}

BulkChange change_of(BulkMemories::Input&& input) {
    BulkChange change{.ids = input.ids.value_or(std::vector<base::Uuid>{}), .query = {}, .set = {}};
    if (input.query) change.query = std::move(static_cast<MemoryFilter&>(*input.query));
    if (input.set) change.set = std::move(*input.set);
    return change;
}

}  // namespace

std::vector<http::FieldRule> BulkMemories::Set::rules() {
    return {{.name = "classification", .one_of = {kClasses.begin(), kClasses.end()}},
            {.name = "source", .length_min = 1, .length_max = 50},
            {.name = "tags",
             .length_min = 1,
             .items_max = kTagsMax,
             .item_length_max = kTagMax,
             .doc = "Instead of the present"},
            {.name = "add_tags",
             .length_min = 1,
             .items_max = kTagsMax,
             .item_length_max = kTagMax,
             .doc = "Up to 20 in all"},
            {.name = "remove_tags", .length_min = 1, .items_max = kTagsMax, .item_length_max = kTagMax}};
}

std::vector<http::FieldRule> BulkMemories::Input::rules() {
    return {{.name = "ids", .items_max = 1'000, .doc = "What is not there, or in the trash, is passed over"},
            {.name = "query", .doc = "Or all that fit; an empty one is all"},
            {.name = "set", .doc = "What shall be otherwise"},
            {.name = "delete", .doc = "Or true: into the trash"}};
}

http::Answer<BulkResult> BulkMemories::process(const http::Caller& caller, Input input) const {
    check(input);
    return {.body = service().change_many(actor_of(caller), change_of(std::move(input)))};
}

std::vector<http::FieldRule> UndoBulk::Input::rules() {
    return {{.name = "undo_id", .in = http::In::kPath, .required = true}};
}

http::Answer<UndoBulk::Output> UndoBulk::process(const http::Caller& caller, Input input) const {
    const auto changed = service().undo(actor_of(caller), input.undo_id);
    if (!changed) throw base::Error(base::Code::kNotFound, "There is no such change to take back; a day is the limit.");
    return {.body = {*changed}};
}

}  // namespace engram::memory
