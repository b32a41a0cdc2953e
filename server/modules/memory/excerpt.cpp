#include "modules/memory/excerpt.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "modules/memory/text_cut.hpp"

namespace engram::memory {
namespace {

constexpr std::size_t kContextBytes = 40;  // before the first word that was looked for
constexpr std::size_t kWordsToldApart = 32;

struct Stretch {
    std::size_t begin = 0, end = 0;
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The same number for the same word; beyond kWordsToldApart one number for all.
std::vector<std::size_t> numbers_of(std::string_view text, std::span<const ports::Highlight> spans) {
    std::vector<std::string_view> known;
    std::vector<std::size_t> all;
    all.reserve(spans.size());
    for (const ports::Highlight& span : spans) {
        const std::string_view word = text.substr(span.begin, span.end - span.begin);
        const auto is_word = [&](std::string_view other) { return std::ranges::equal(word, other, {}, lower, lower); };
        const auto place = std::ranges::find_if(known, is_word);
        all.push_back(static_cast<std::size_t>(place - known.begin()));
        if (place == known.end() && known.size() < kWordsToldApart) known.push_back(word);
    }
    return all;
}

// From the first to the last of those spans that are together the most telling.
Stretch densest(std::string_view text, std::span<const ports::Highlight> spans) {
    const std::vector<std::size_t> numbers = numbers_of(text, spans);
    std::vector<std::size_t> counts(kWordsToldApart + 1);
    std::size_t different = 0, first = 0;
    std::pair<std::size_t, std::size_t> most;  // different words, all words
    Stretch best;
    for (std::size_t last = 0; last < spans.size(); ++last) {
        different += counts[numbers[last]]++ == 0 ? 1 : 0;
        while (first < last && spans[last].end - spans[first].begin > kExcerptBytes - kContextBytes)
            different -= --counts[numbers[first++]] == 0 ? 1 : 0;
        const std::pair here(different, last - first + 1);
        if (here <= most) continue;
        most = here;
        best = {spans[first].begin, spans[last].end};
    }
    return best;
}

Stretch stretch_of(std::string_view text, std::span<const ports::Highlight> spans, std::size_t otherwise) {
    if (text.size() <= kExcerptBytes) return {0, text.size()};
    const Stretch words = densest(text, spans);
    std::size_t begin = words.begin <= kContextBytes ? 0 : words.begin - kContextBytes;
    if (spans.empty()) begin = otherwise;
    begin = word_start(text, std::min(begin, text.size() - kExcerptBytes));
    const std::size_t end = begin + kExcerptBytes < text.size() ? word_start(text, begin + kExcerptBytes) : text.size();
    return {begin, std::max(end, words.end)};
}

void add(Highlight& highlight, std::string&& text, bool hit) {
    if (!text.empty()) highlight.parts.push_back({std::move(text), hit});
}

}  // namespace

Highlight excerpt(std::string field, std::string_view text, std::span<const ports::Highlight> spans,
                  std::size_t otherwise) {
    const auto [begin, end] = stretch_of(text, spans, otherwise);
    Highlight highlight{std::move(field), {}};
    highlight.parts.reserve(2 * std::min(spans.size(), kExcerptBytes / 8) + 1);
    std::string plain = begin > 0 ? "…" : "";
    std::size_t at = begin;
    for (const ports::Highlight& span : spans) {
        if (span.begin < at || span.end > end) continue;
        plain += text.substr(at, span.begin - at);
        add(highlight, std::move(plain), false);
        add(highlight, std::string(text.substr(span.begin, span.end - span.begin)), true);
        plain.clear();
        at = span.end;
    }
    plain += text.substr(at, end - at);
    if (end < text.size()) {
        while (plain.ends_with(' ') || plain.ends_with('\n')) plain.pop_back();
        plain += "…";
    }
    add(highlight, std::move(plain), false);
    return highlight;
}

}  // namespace engram::memory
