#include "modules/memory/hints/topic_hints.hpp"

#include <array>

#include "modules/memory/hints/topic_reader.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

// As people see the classes.
constexpr std::array<std::string_view, 4> kPrivacyWords{"everyday", "private", "locked", "sealed"};

}  // namespace

std::optional<TopicHint> TopicReader::read(std::size_t at) const {
    if (auto found = read_class(at)) return found;
    for (const auto reader : {&TopicReader::read_tag, &TopicReader::read_tag_word, &TopicReader::read_tagged_behind,
                              &TopicReader::read_led_person, &TopicReader::read_giver, &TopicReader::read_owner,
                              &TopicReader::read_speaker})
        if (auto found = (this->*reader)(at)) return found;
    return std::nullopt;
}

std::string TopicReader::typed(std::size_t first, std::size_t end) const {
    return std::string(text_.substr(tokens_[first].begin, tokens_[end - 1].end - tokens_[first].begin));
}

// With what a hyphen joins: "spare-parts".
std::size_t TopicReader::word_end(std::size_t at) const {
    ++at;
    while (at < tokens_.size() && (tokens_[at].before == "-" || tokens_[at].before == "_")) ++at;
    return at;
}

// "private notes", "notas privadas"
std::optional<TopicHint> TopicReader::read_class(std::size_t at) const {
    HintCursor before(tokens_, at), behind(tokens_, at);
    const HintWord* word = before.take(kClass);
    const bool is_before = word != nullptr && before.skip(kNotes);
    if (!is_before) {
        behind.skip(kNotes);
        word = behind.at() > at ? behind.take(kClassBehind) : nullptr;
    }
    if (word == nullptr) return std::nullopt;
    const std::size_t end = is_before ? before.at() : behind.at();
    return TopicHint{Topic::kClass, tokens_[at].begin, tokens_[end - 1].end, tokens_[end - 1].end,
                     std::string(kPrivacyWords.at(static_cast<std::size_t>(word->value)))};
}

// With a second word where nothing else follows: "spare parts".
std::size_t TopicReader::tag_end(std::size_t at) const {
    const std::size_t end = word_end(at);
    if (end >= tokens_.size() || tokens_[end].before != " " || !tokens_[at].is_plain() || !tokens_[end].is_plain())
        return end;
    const std::size_t behind = word_end(end);
    return behind == tokens_.size() || tokens_[behind].apart || !tokens_[behind].is_plain() ? behind : end;
}

// "tagged garden", "#garden"
std::optional<TopicHint> TopicReader::read_tag(std::size_t at) const {
    const std::string_view before = tokens_[at].before;
    const bool hash = before.ends_with('#') && (before.size() == 1 ? at == 0 : before[before.size() - 2] == ' ');
    HintCursor cursor(tokens_, at);
    const HintWord* lead = hash ? nullptr : cursor.take(kTagLead);
    if (!hash && lead == nullptr) return std::nullopt;
    const HintToken* tag = cursor.token();
    if (tag == nullptr || tag->has(kNoName) || (hash && tag->digits > 0)) return std::nullopt;
    if (lead != nullptr && lead->value == 1 && !tag->capital) return std::nullopt;
    const std::size_t end = hash ? word_end(cursor.at()) : tag_end(cursor.at());
    const std::size_t begin = tokens_[at].begin - (hash ? 1 : 0);
    return TopicHint{Topic::kTag, begin, tokens_[end - 1].end, hash ? begin : tag->begin, typed(cursor.at(), end)};
}

// "my garden tag"
std::optional<TopicHint> TopicReader::read_tag_word(std::size_t at) const {
    HintCursor cursor(tokens_, at - (at > 0 ? 1 : 0));
    if (at == 0 || !(cursor.skip(kMine) || cursor.skip(kArticle)) || cursor.at() != at) return std::nullopt;
    for (std::size_t end = word_end(at), i = 0; i < 2 && end < tokens_.size(); ++i, end = word_end(end)) {
        if (tokens_[end].apart || !tokens_[end - 1].is_plain()) return std::nullopt;
        cursor.go_to(end, cursor.languages());
        if (!cursor.skip(kTagWord)) continue;
        const std::size_t begin = tokens_[at].begin;
        return TopicHint{Topic::kTag, begin, tokens_[end].end, begin, typed(at, end)};
    }
    return std::nullopt;
}

// "mit Garten getaggt"
std::optional<TopicHint> TopicReader::read_tagged_behind(std::size_t at) const {
    HintCursor cursor(tokens_, at);
    if (!cursor.skip(kWith) || cursor.token() == nullptr || cursor.token()->has(kNoName)) return std::nullopt;
    const std::size_t tag = cursor.at(), end = word_end(tag);
    cursor.go_to(end, cursor.languages());
    if (!cursor.skip(kTaggedBehind)) return std::nullopt;
    const std::size_t begin = tokens_[at].begin;
    return TopicHint{Topic::kTag, begin, tokens_[cursor.at() - 1].end, begin, typed(tag, end)};
}

std::vector<TopicHint> find_topic_hints(std::string_view text, const std::vector<HintToken>& tokens) {
    const TopicReader reader(text, tokens);
    std::vector<TopicHint> hints;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        auto found = reader.read(at);
        if (!found) continue;
        while (at + 1 < tokens.size() && tokens[at + 1].begin < found->end) ++at;
        hints.push_back(*std::move(found));
    }
    return hints;
}

}  // namespace engram::memory
