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

// Of the words of days those that people are called as well: June, Noël; not March.
bool may_be_called(const HintToken& token) {
    constexpr std::array<int, 4> kMonths{4, 5, 6, 8};
    return token.capital && std::ranges::all_of(token.words, [&](const HintWord& word) {
               const bool is_month = word.role == kMonth && std::ranges::find(kMonths, word.value) != kMonths.end();
               return is_month || word.role == kHoliday || word.role == kSeason;
           });
}

// In a capital, and no other word that is known.
bool is_plain_name(const HintToken& token) { return token.capital && token.words.empty(); }

class TopicReader {
public:
    TopicReader(std::string_view text, const std::vector<HintToken>& tokens) : text_(text), tokens_(tokens) {}

    std::optional<TopicHint> read(std::size_t at) const {
        if (auto found = read_class(at)) return found;
        for (const auto reader : {&TopicReader::read_tag, &TopicReader::read_tag_word, &TopicReader::read_tagged_behind,
                                  &TopicReader::read_led_person, &TopicReader::read_giver, &TopicReader::read_owner,
                                  &TopicReader::read_speaker})
            if (auto found = (this->*reader)(at)) return found;
        return std::nullopt;
    }

private:
    std::optional<TopicHint> read_class(std::size_t at) const;
    std::optional<TopicHint> read_tag(std::size_t at) const;
    std::optional<TopicHint> read_tag_word(std::size_t at) const;
    std::optional<TopicHint> read_tagged_behind(std::size_t at) const;
    std::optional<TopicHint> read_led_person(std::size_t at) const;
    std::optional<TopicHint> read_giver(std::size_t at) const;
    std::optional<TopicHint> read_owner(std::size_t at) const;
    std::optional<TopicHint> read_speaker(std::size_t at) const;
    std::size_t word_end(std::size_t at) const;
    std::size_t tag_end(std::size_t at) const;
    std::size_t name_end(std::size_t at) const;
    bool may_be_a_name(std::size_t at) const;
    void skip_another_name(HintCursor& cursor) const;
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
    const std::size_t begin = tokens_[first].begin;
    return {Topic::kPerson, begin, tokens_[end - 1].end, begin, typed(first, end)};
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
    const auto is_ordinary = [&](std::size_t i) { return tokens_[i].words.empty() && tokens_[i].digits == 0; };
    if (end >= tokens_.size() || tokens_[end].before != " " || !is_ordinary(at) || !is_ordinary(end)) return end;
    const std::size_t behind = word_end(end);
    return behind == tokens_.size() || tokens_[behind].apart || !is_ordinary(behind) ? behind : end;
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
        if (tokens_[end].apart || !tokens_[end - 1].words.empty()) return std::nullopt;
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

// "Anna", "what anna"; not the second word of "the plumber", nor of "der Klempner".
bool TopicReader::may_be_a_name(std::size_t at) const {
    constexpr Languages kNamesWithout =
        kEnglish | kGerman | kFrench | kSpanish | kDutch;  // an article, others with one
    if (at == 0) return true;
    const HintToken& before = tokens_[at - 1];
    for (const HintWord& word : before.words)
        if (word.role == kMine || (word.role == kArticle && (word.languages & kNamesWithout) != 0)) return false;
    return tokens_[at].capital || before.has(kAsks);
}

// "and Tom"
void TopicReader::skip_another_name(HintCursor& cursor) const {
    HintCursor behind = cursor;
    if (!behind.skip(kAnd)) return;
    const std::size_t end = name_end(behind.at());
    if (end > behind.at()) cursor.go_to(end, behind.languages());
}

bool TopicReader::is_said_later(std::size_t at) const {
    for (std::size_t i = at; i < tokens_.size() && i < at + kParticipleDistanceMax && !tokens_[i].apart; ++i)
        if (tokens_[i].has(kParticiple)) return true;
    return false;
}

// "message from Anna", "did Anna say", "dijo Anna", "hat Anna … gesagt"
std::optional<TopicHint> TopicReader::read_led_person(std::size_t at) const {
    for (const HintRole role : {kNameLead, kDid, kSaidBefore, kAuxiliary}) {
        HintCursor cursor(tokens_, at);
        const HintWord* lead = cursor.take(role);
        if (role == kAuxiliary) cursor.skip(kToMe);
        if (lead == nullptr || cursor.token() == nullptr) continue;
        const std::size_t begin = cursor.at(), end = name_end(begin);
        if (end == begin || (role == kNameLead && lead->value > 0 && !tokens_[begin].words.empty())) continue;
        if (role == kNameLead && lead->value == 1 && !tokens_[begin].capital) continue;
        cursor.go_to(end, cursor.languages());
        if (role == kDid) skip_another_name(cursor);
        if (role == kDid && !cursor.skip(kSaid)) continue;
        if (role == kAuxiliary && !is_said_later(end)) continue;
        return person(begin, end);
    }
    return std::nullopt;
}

// "recipes from Anna", "recette d'Anna", "chat with anna"
std::optional<TopicHint> TopicReader::read_giver(std::size_t at) const {
    HintCursor cursor(tokens_, at);
    const HintWord* given = cursor.take(kGiven);
    if (given == nullptr) return std::nullopt;
    const bool with = given->value == 1 && cursor.skip(kWith);
    if ((!with && !cursor.skip(kFrom)) || cursor.token() == nullptr) return std::nullopt;
    const std::size_t begin = cursor.at(), end = name_end(begin);
    if (end == begin || (!with && !is_plain_name(tokens_[begin]))) return std::nullopt;
    return person(begin, end);
}

// "Anna's recipe", "Annas Rezept"
std::optional<TopicHint> TopicReader::read_owner(std::size_t at) const {
    const std::size_t end = name_end(at);
    if (end == at || !is_plain_name(tokens_[at]) || !may_be_a_name(at)) return std::nullopt;
    HintCursor cursor(tokens_, at);
    cursor.go_to(end, kAnyLanguage);
    cursor.skip_possessive();
    const bool apostrophe = cursor.at() > end;
    const bool genitive = !apostrophe && tokens_[end - 1].folded.ends_with('s') && tokens_[end - 1].folded.size() > 3;
    const bool german = genitive && cursor.token() != nullptr && cursor.token()->capital;
    const HintWord* given = cursor.take(kGiven);
    if (given == nullptr || !(apostrophe || (german && (given->languages & kGerman) != 0))) return std::nullopt;
    TopicHint owner = person(at, end);
    if (!apostrophe) owner.value.pop_back(), --owner.end;
    return owner;
}

// "Anna said", "Anna hat gesagt", "was Anna gesagt hat"
std::optional<TopicHint> TopicReader::read_speaker(std::size_t at) const {
    const std::size_t end = name_end(at);
    if (end == at || !may_be_a_name(at)) return std::nullopt;
    HintCursor behind(tokens_, at);
    behind.go_to(end, kAnyLanguage);
    const bool asked = at > 0 && tokens_[at - 1].has(kAsks);
    skip_another_name(behind);
    if (const HintWord* said = behind.take(kSaid)) {
        if (said->value == 1 && !tokens_[at].capital) return std::nullopt;  // "invoice sent"
        return person(at, end);
    }
    if ((behind.skip(kAuxiliary) || asked) && is_said_later(end)) return person(at, end);
    return std::nullopt;
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
