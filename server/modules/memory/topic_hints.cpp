#include "modules/memory/topic_hints.hpp"

#include <algorithm>
#include <array>

#include "modules/memory/hint_cursor.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

// As people see the classes.
constexpr std::array<std::string_view, 4> kPrivacyWords{"everyday", "private", "locked", "sealed"};
constexpr std::size_t kParticipleDistanceMax = 10;  // tokens between "hat Anna" and "gesagt"

// Of the words of days those that people are called as well: June, Noël.
bool may_be_called(const HintToken& token) {
    return token.capital && std::ranges::all_of(token.words, [](const HintWord& word) {
               return word.role == kMonth || word.role == kHoliday || word.role == kSeason;
           });
}

class TopicReader {
public:
    TopicReader(std::string_view text, const std::vector<HintToken>& tokens) : text_(text), tokens_(tokens) {}

    std::optional<TopicHint> read(std::size_t at) const {
        if (auto found = read_class(at)) return found;
        if (auto found = read_tag(at)) return found;
        return read_person(at);
    }

private:
    std::optional<TopicHint> read_class(std::size_t at) const;
    std::optional<TopicHint> read_tag(std::size_t at) const;
    std::optional<TopicHint> read_person(std::size_t at) const;
    std::size_t word_end(std::size_t at) const;
    std::size_t name_end(std::size_t at) const;
    bool may_begin_a_sentence(std::size_t at) const;
    bool is_said_later(std::size_t at) const;
    std::string typed(std::size_t first, std::size_t end) const;
    TopicHint person(std::size_t first, std::size_t end) const;

    std::string_view text_;
    const std::vector<HintToken>& tokens_;
};

std::string TopicReader::typed(std::size_t first, std::size_t end) const {
    return std::string(text_.substr(tokens_[first].begin, tokens_[end - 1].end - tokens_[first].begin));
}

TopicHint TopicReader::person(std::size_t first, std::size_t end) const {
    return {Topic::kPerson, tokens_[first].begin, tokens_[end - 1].end, typed(first, end)};
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
    return TopicHint{Topic::kClass, tokens_[at].begin, tokens_[end - 1].end,
                     std::string(kPrivacyWords.at(static_cast<std::size_t>(word->value)))};
}

// "tagged garden", "#garden"
std::optional<TopicHint> TopicReader::read_tag(std::size_t at) const {
    const std::string_view before = tokens_[at].before;
    const bool hash = before.ends_with('#') && (before.size() == 1 ? at == 0 : before[before.size() - 2] == ' ');
    HintCursor cursor(tokens_, at);
    if (!hash && !cursor.skip(kTagLead)) return std::nullopt;
    const HintToken* tag = cursor.token();
    if (tag == nullptr || tag->has(kNoName) || (hash && tag->digits > 0)) return std::nullopt;
    const std::size_t end = word_end(cursor.at());
    return TopicHint{Topic::kTag, tokens_[at].begin - (hash ? 1 : 0), tokens_[end - 1].end, typed(cursor.at(), end)};
}

// The token behind a name that begins there; `at` where none does.
std::size_t TopicReader::name_end(std::size_t at) const {
    const auto is_name = [&](std::size_t i) {
        const HintToken& token = tokens_[i];
        return token.digits == 0 && (token.words.empty() || may_be_called(token));
    };
    if (at >= tokens_.size() || !is_name(at)) return at;
    const std::size_t end = word_end(at);
    const bool goes_on = end < tokens_.size() && tokens_[at].capital && tokens_[end].capital &&
                         tokens_[end].before == " " && is_name(end);
    return goes_on ? word_end(end) : end;
}

// "Anna said", "what anna said"; not the second word of "the plumber said".
bool TopicReader::may_begin_a_sentence(std::size_t at) const {
    return at == 0 || tokens_[at].capital || tokens_[at - 1].has(kAsks);
}

bool TopicReader::is_said_later(std::size_t at) const {
    for (std::size_t i = at; i < tokens_.size() && i < at + kParticipleDistanceMax && !tokens_[i].apart; ++i)
        if (tokens_[i].has(kParticiple)) return true;
    return false;
}

// "message from Anna", "did Anna say", "Anna said", "dijo Anna", "hat Anna … gesagt"
std::optional<TopicHint> TopicReader::read_person(std::size_t at) const {
    for (const HintRole lead : {kNameLead, kDid, kSaidBefore, kAuxiliary}) {
        HintCursor cursor(tokens_, at);
        if (!cursor.skip(lead) || cursor.token() == nullptr) continue;
        const std::size_t begin = cursor.at(), end = name_end(begin);
        if (end == begin) continue;
        cursor.go_to(end, cursor.languages());
        if (lead == kDid && !cursor.skip(kSaid)) continue;
        if (lead == kAuxiliary && !is_said_later(end)) continue;
        return person(begin, end);
    }
    const std::size_t end = name_end(at);
    if (end == at || !may_begin_a_sentence(at)) return std::nullopt;
    HintCursor behind(tokens_, at);
    behind.go_to(end, kAnyLanguage);
    if (!behind.skip(kSaid)) return std::nullopt;
    return person(at, end);
}

}  // namespace

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
