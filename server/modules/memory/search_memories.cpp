#include "modules/memory/search_memories.hpp"

#include "modules/memory/create_memory.hpp"
#include "modules/memory/query_language.hpp"

namespace engram::memory {

std::vector<http::FieldRule> SearchMemories::Input::rules() {
    return {
        {.name = "query",
         .required = true,
         .length_min = 1,
         .length_max = kQueryMax,
         .doc = "Words, \"phrases\", -not, tag:garden, from:anna, before:2024, after:7d, on:2024-03, has:link, "
                "is:pinned. What is not understood is left out and told in `interpreted`"},
        {.name = "mode", .one_of = {"hybrid", "keyword", "semantic"}, .doc = "hybrid unless told"},
        {.name = "classification", .one_of = {kClasses.begin(), kClasses.end()}},
        {.name = "source", .length_max = 50},
        {.name = "tags", .items_max = 20, .item_length_max = 50, .doc = "All of them"},
        {.name = "date_from", .doc = "Of created_at, included"},
        {.name = "date_to", .doc = "Of created_at, not included"},
        {.name = "limit", .min = 1, .max = 100, .doc = "50 unless told"},
        {.name = "offset", .min = 0, .max = 10'000},
        {.name = "typing", .doc = "The last word is still being typed: words that begin so count"},
        {.name = "envelope",
         .in = http::In::kQuery,
         .doc = "Answer an object that also says how the query was understood and counts what was found"},
    };
}

http::Answer<SearchMemories::Output> SearchMemories::process(const http::Caller& caller, Input input) const {
    const SearchQuery query{.query = std::move(input.query),
                            .mode = std::move(input.mode),
                            .classification = std::move(input.classification),
                            .source = std::move(input.source),
                            .tags = input.tags.value_or(std::vector<std::string>{}),
                            .date_from = input.date_from,
                            .date_to = input.date_to,
                            .typing = input.typing.value_or(false),
                            .facets = input.envelope.value_or(false),
                            .limit = input.limit.value_or(50),
                            .offset = input.offset.value_or(0)};
    SearchPage page = service().search(actor_of(caller), query);
    http::Answer<Output> answer{.headers = {{"X-Total-Count", std::to_string(page.total)}}, .body = {}};
    if (input.envelope.value_or(false)) {
        answer.body = SearchEnvelope{std::move(page.results), std::move(page.facets), page.total,
                                     std::move(page.interpreted), std::move(page.degraded)};
    } else {
        answer.body = std::move(page.results);
    }
    return answer;
}

}  // namespace engram::memory
