#include "modules/memory/read_memories.hpp"

#include "http/url.hpp"
#include "modules/memory/change_memory.hpp"
#include "modules/memory/create_memory.hpp"

namespace engram::memory {
namespace {

constexpr double kRevisionMax = 9'007'199'254'740'991;  // what every client's numbers hold

void add(std::string& query, std::string_view name, std::string_view value) {
    ((query += query.empty() ? "" : "&") += name) += '=';
    query += http::percent_encode(value);
}

// The address of the next page: the filters of this one and the place where it ended.
std::string link_to(const ListQuery& query, std::string_view cursor) {
    std::string text;
    const MemoryFilter& filter = query.filter;
    for (const auto& [name, value] :
         {std::pair("classification", filter.classification), std::pair("source", filter.source),
          std::pair("tag", filter.tag), std::pair("author", filter.author), std::pair("has", filter.has)})
        if (value) add(text, name, *value);
    if (filter.thread) add(text, "thread", to_string(*filter.thread));
    if (filter.date_from) add(text, "date_from", base::format_rfc3339(*filter.date_from));
    if (filter.date_to) add(text, "date_to", base::format_rfc3339(*filter.date_to));
    if (filter.pinned) add(text, "pinned", *filter.pinned ? "true" : "false");
    if (query.trash) add(text, "trash", "true");
    add(text, "limit", std::to_string(query.limit));
    add(text, "cursor", cursor);
    return "</api/v1/memories/?" + text + ">; rel=\"next\"";
}

}  // namespace

std::vector<http::FieldRule> GetMemory::Input::rules() {
    return {{.name = "id", .in = http::In::kPath, .required = true}};
}

http::Answer<Memory> GetMemory::process(const http::Caller& caller, Input input) const {
    auto memory = service().find(actor_of(caller), input.id);
    if (!memory) throw base::Error(base::Code::kNotFound, "There is no such memory.");
    return {.headers = {{"ETag", etag_of(*memory)}}, .body = *std::move(memory)};
}

std::vector<http::FieldRule> MemoryFilter::rules(http::In in) {
    return {
        {.name = "classification", .in = in, .one_of = {kClasses.begin(), kClasses.end()}},
        {.name = "source", .in = in, .length_max = 50},
        {.name = "tag", .in = in, .length_min = 1, .length_max = 50},
        {.name = "author",
         .in = in,
         .length_min = 1,
         .length_max = 200,
         .doc = "The id of who wrote it, or a name as an imported chat has it"},
        {.name = "has", .in = in, .one_of = {kHas.begin(), kHas.end()}},
        {.name = "thread", .in = in, .doc = "The id of its first memory, which belongs to it"},
        {.name = "date_from", .in = in, .doc = "Of created_at, included"},
        {.name = "date_to", .in = in, .doc = "Of created_at, not included"},
        {.name = "pinned", .in = in},
    };
}

std::vector<http::FieldRule> ListMemories::Input::rules() {
    using http::In;
    std::vector<http::FieldRule> all = MemoryFilter::rules(In::kQuery);
    all.insert(all.end(), {{.name = "cursor", .in = In::kQuery, .length_max = 100, .doc = "From the Link header"},
                           {.name = "trash", .in = In::kQuery, .doc = "What is in the trash, instead of all else"},
                           {.name = "limit", .in = In::kQuery, .min = 1, .max = 100, .doc = "50 unless told"},
                           {.name = "offset", .in = In::kQuery, .min = 0, .max = 1'000'000'000}});
    return all;
}

http::Answer<std::vector<Memory>> ListMemories::process(const http::Caller& caller, Input input) const {
    const ListQuery query{.filter = std::move(static_cast<MemoryFilter&>(input)),
                          .trash = input.trash.value_or(false),
                          .limit = input.limit.value_or(50),
                          .offset = input.offset.value_or(0),
                          .cursor = std::move(input.cursor)};
    ListPage page = service().list(actor_of(caller), query);
    http::Headers headers{{"X-Total-Count", std::to_string(page.total)}};
    if (page.next_cursor) headers.add("Link", link_to(query, *page.next_cursor));
    return {.headers = std::move(headers), .body = std::move(page.memories)};
}

http::Answer<Status> GetStatus::process(const http::Caller& caller, Input) const {
    return {.body = service().status(actor_of(caller))};
}

std::vector<http::FieldRule> Sync::Input::rules() {
    return {
        {.name = "since",
         .in = http::In::kQuery,
         .min = 0,
         .max = kRevisionMax,
         .doc = "0, or the revision of the page before"},
        {.name = "epoch", .in = http::In::kQuery, .min = 0, .max = kRevisionMax, .doc = "As the page before gave it"},
    };
}

http::Answer<SyncPage> Sync::process(const http::Caller& caller, Input input) const {
    return {.body = service().sync(actor_of(caller), input.since.value_or(0), input.epoch)};
}

}  // namespace engram::memory
