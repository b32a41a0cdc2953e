// Any bytes as a text and as a query: nothing throws, words lie in order inside the text, are cut between characters
// and are those of ICU, terms and queries are bounded, spans of highlights stay apart.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "search/analysis.hpp"
#include "search/characters.hpp"
#include "search/fold.hpp"
#include "search/highlight.hpp"
#include "search/owner_index.hpp"
#include "search/word_break.hpp"

namespace {

using namespace engram;

void require(bool holds) {
    if (!holds) std::abort();
}

constexpr std::size_t kTermBytesMax = std::size_t{64} * 18;  // one character of NFKC becomes eighteen at most

std::string_view bytes_of(std::string_view text, const search::Token& token) {
    return text.substr(token.begin, token.end - token.begin);
}

// By byte, whether a character begins there; true for the end.
std::vector<bool> find_boundaries(std::string_view text) {
    std::vector<bool> boundaries(text.size() + 1, false);
    for (std::size_t at = 0; at < text.size(); search::next_character(text, text.size(), at)) boundaries[at] = true;
    boundaries[text.size()] = true;
    return boundaries;
}

void check_term(std::string_view raw, search::TokenKind kind) {
    for (const search::Language language : {0, 1, 2, 5, 7, 9, 10, 11, 18})
        require(search::term_of(raw, kind, language).size() <= kTermBytesMax);
    if (kind == search::TokenKind::kJoined) require(raw.size() <= 64 && raw.size() >= 3);
    if (kind == search::TokenKind::kPhone) require(search::term_of(raw, kind, 0).size() == 8);
    const std::string folded = search::fold_word(search::lower_word(search::cut_word(raw)));
    if (kind == search::TokenKind::kWord) require(folded.empty() == search::term_of(raw, kind, 1).empty());
}

std::vector<search::Token> check_words(std::string_view text) {
    std::vector<search::Token> tokens, by_icu;
    search::break_words(text, tokens);
    search::break_words_by_icu(text, by_icu);
    require(tokens == by_icu);
    const std::vector<bool> boundaries = find_boundaries(text);
    std::size_t begin = 0, word_end = 0;
    for (const search::Token& token : tokens) {
        require(begin <= token.begin && token.begin < token.end && token.end <= text.size());
        require(boundaries[token.begin] && boundaries[token.end]);
        begin = token.begin;
        if (token.kind == search::TokenKind::kWord) {
            require(word_end <= token.begin);
            word_end = token.end;
        }
        check_term(bytes_of(text, token), token.kind);
    }
    return tokens;
}

void check_query(std::string_view query) {
    std::vector<search::QueryWord> words = search::query_words(query);
    require(words.size() <= 1000);
    std::size_t begin = 0;
    for (const search::QueryWord& word : words) {
        require(begin <= word.begin && word.begin < word.end && word.end <= query.size());
        require(!word.folded.empty() && word.folded.size() <= kTermBytesMax);
        begin = word.begin;
    }
    const std::size_t count = words.size();
    search::settle_phones(words, [](const search::QueryWord& word) { return word.begin % 2 == 0; });
    search::drop_stop_words(words, {1, 2});
    require(words.size() <= count && words.empty() == (count == 0));
}

// "words|phrase|left out|a synonym", each for the index as it is.
ports::IndexQuery query_of(std::string_view query) {
    std::array<std::string, 4> parts;
    for (std::string& part : parts) {
        const std::string_view front = query.substr(0, query.find('|'));
        part = front;
        query.remove_prefix(std::min(front.size() + 1, query.size()));
    }
    ports::IndexQuery wanted;
    wanted.text = parts[0];
    wanted.typing = true;
    if (!parts[1].empty()) wanted.phrases = {parts[1]};
    if (!parts[2].empty()) wanted.excluded = {parts[2]};
    if (!parts[3].empty()) wanted.synonyms = {{parts[0], parts[3]}};
    return wanted;
}

void check_search(std::string_view text, std::string_view query, const std::vector<search::Token>& tokens) {
    search::OwnerIndex index(std::pmr::new_delete_resource());
    ports::IndexChange change;
    change.revision = 1;
    change.text = text;
    index.apply(change, tokens);
    index.mark_applied(change.revision);
    const ports::IndexQuery wanted = query_of(query);
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
    check_query(query);
    check_search(text, query, check_words(text));
    return 0;
}
