// Who has said something: "what did Anna say", "Anna's recipe", "message from Anna".
#include <algorithm>
#include <array>

#include "modules/memory/hints/topic_reader.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

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

}  // namespace

TopicHint TopicReader::person(std::size_t first, std::size_t end) const {
    const std::size_t begin = tokens_[first].begin;
    return {Topic::kPerson, begin, tokens_[end - 1].end, begin, typed(first, end)};
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

}  // namespace engram::memory
