// Any bytes as a text and as a query: nothing throws, words lie in order inside the text and are those of ICU, spans
// of highlights stay apart.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "search/highlight.hpp"
#include "search/owner_index.hpp"
#include "search/word_break.hpp"

namespace {

using namespace engram;

void require(bool holds) {
    if (!holds) std::abort();
}

std::vector<search::Token> check_words(std::string_view text) {
    std::vector<search::Token> tokens, by_icu;
    search::break_words(text, tokens);
    search::break_words_by_icu(text, by_icu);
    require(tokens == by_icu);
    std::size_t begin = 0;
    for (const search::Token& token : tokens) {
        require(begin <= token.begin && token.begin < token.end && token.end <= text.size());
        begin = token.begin;
    }
    return tokens;
}

void check_search(std::string_view text, std::string_view query, const std::vector<search::Token>& tokens) {
    search::OwnerIndex index(std::pmr::new_delete_resource());
    ports::IndexChange change;
    change.revision = 1;
    change.text = text;
    index.apply(change, tokens);
    ports::IndexQuery wanted;
    wanted.text = query;
    wanted.typing = true;
    const auto answer = index.search(wanted);
    require(answer.total == static_cast<std::int64_t>(answer.hits.size()));
    for (const auto& hit : answer.hits) require(hit.score > 0 && hit.score <= 1);
    std::size_t end = 0;
    for (const auto& span : search::make_marker(wanted, answer.words)->mark(text, "en")) {
        require(end <= span.begin && span.begin < span.end && span.end <= text.size());
        end = span.end;
    }
}

}  // namespace

// The first line is the query, the rest the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::string_view query = all.substr(0, all.find('\n'));
    const std::string_view text = all.substr(query.size());
    check_search(text, query, check_words(text));
    return 0;
}
