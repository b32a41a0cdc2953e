#include "modules/memory/change_memory.hpp"

#include <charconv>

#include "http/entity_tag.hpp"
#include "http/json_write.hpp"
#include "modules/memory/create_memory.hpp"

namespace engram::memory {
namespace {

base::Error not_found() { return {base::Code::kNotFound, "There is no such memory."}; }

// Of an If-Match header; nothing where any will do. A tag that no memory has is no revision.
IfRevision revisions_of(std::string_view header) {
    if (http::is_any_tag(header)) return std::nullopt;
    const auto tags = http::parse_entity_tags(header);
    if (!tags) throw base::invalid_field("if_match", "format", "must be the ETag of the memory as it was read, or *");
    std::vector<std::int64_t> revisions;
    for (const std::string& tag : *tags) {
        std::int64_t revision = 0;
        const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), revision);
        if (error == std::errc() && end == tag.data() + tag.size()) revisions.push_back(revision);
    }
    return revisions;
}

base::Error stale(const Memory& current) {
    base::Error error(base::Code::kStale,
                      "The memory has been changed since it was read. Nothing was stored; \"current\" is what it says "
                      "now.");
    error.members = "\"current\":";
    http::write_json(error.members, current);
    return error;
}

// Of fields that a memory always has.
void require_values(const ChangeMemory::Input& input) {
    std::vector<base::FieldError> nulls;
    const auto require = [&](const auto& patch, const char* name) {
        if (patch.present() && !patch.value())
            nulls.push_back({name, "null", "must not be null; leave it out to keep what is there"});
    };
    require(input.content, "content");
    require(input.classification, "classification");
    require(input.source, "source");
    require(input.pinned, "pinned");
    if (nulls.empty()) return;
    base::Error error = base::invalid_field(nulls[0].field, nulls[0].code, nulls[0].message);
    error.fields = std::move(nulls);
    throw error;
}

http::Answer<Memory> answer_of(Memory memory) {
    std::string etag = etag_of(memory);
    return {.headers = {{"ETag", std::move(etag)}}, .body = std::move(memory)};
}

http::FieldRule id_rule() { return {.name = "id", .in = http::In::kPath, .required = true}; }

}  // namespace

std::string etag_of(const Memory& memory) { return '"' + std::to_string(memory.revision) + '"'; }

std::vector<http::FieldRule> ChangeMemory::Input::rules() {
    return {
        id_rule(),
        {.name = "if_match", .in = http::In::kHeader, .length_max = 200, .doc = "The ETag that was read"},
        {.name = "on_conflict",
         .in = http::In::kQuery,
         .one_of = {"keep_both"},
         .doc = "Store although If-Match is stale; what others wrote stays as a version"},
        {.name = "content", .length_min = 1, .length_max = kContentMax},
        {.name = "classification", .one_of = {kClasses.begin(), kClasses.end()}},
        {.name = "source", .length_min = 1, .length_max = 50},
        {.name = "context", .length_max = kContextMax},
        {.name = "title", .length_max = kTitleMax},
        {.name = "tags", .length_min = 1, .items_max = kTagsMax, .item_length_max = kTagMax},
        {.name = "metadata", .json_bytes_max = 16 << 10, .json_depth_max = 5},
    };
}

http::Answer<Memory> ChangeMemory::process(const http::Caller& caller, Input input) const {
    require_values(input);
    IfRevision only_if = input.if_match ? revisions_of(*input.if_match) : std::nullopt;
    if (input.on_conflict) only_if.reset();
    auto changed = service().change(actor_of(caller), input.id,
                                    {.content = input.content.value(),
                                     .classification = input.classification.value(),
                                     .source = input.source.value(),
                                     .context = std::move(input.context),
                                     .title = std::move(input.title),
                                     .tags = std::move(input.tags),
                                     .metadata = std::move(input.metadata),
                                     .occurred_at = input.occurred_at,
                                     .remind_at = input.remind_at,
                                     .pinned = input.pinned.value(),
                                     .thread_id = input.thread_id,
                                     .reply_to = input.reply_to},
                                    only_if);
    if (!changed) throw not_found();
    if (changed->stale) throw stale(changed->memory);
    return answer_of(std::move(changed->memory));
}

std::vector<http::FieldRule> DeleteMemory::Input::rules() {
    return {id_rule(),
            {.name = "purge", .in = http::In::kQuery, .doc = "Erase it at once, instead of 30 days in the trash"}};
}

http::Answer<http::Empty> DeleteMemory::process(const http::Caller& caller, Input input) const {
    const Actor actor = actor_of(caller);
    const bool found =
        input.purge.value_or(false) ? service().purge(actor, input.id) : service().trash(actor, input.id);
    if (!found) throw not_found();
    return {};
}

std::vector<http::FieldRule> RestoreMemory::Input::rules() {
    return {id_rule(),
            {.name = "version", .min = 1, .doc = "One of its versions; left out: as it went into the trash"}};
}

http::Answer<Memory> RestoreMemory::process(const http::Caller& caller, Input input) const {
    auto memory = service().restore(actor_of(caller), input.id, input.version);
    if (!memory) throw not_found();
    return answer_of(*std::move(memory));
}

std::vector<http::FieldRule> ListVersions::Input::rules() { return {id_rule()}; }

http::Answer<std::vector<Version>> ListVersions::process(const http::Caller& caller, Input input) const {
    auto versions = service().versions(actor_of(caller), input.id);
    if (!versions) throw not_found();
    return {.body = *std::move(versions)};
}

}  // namespace engram::memory
