#include "modules/memory/hints/hint_words.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/fold_text.hpp"
#include "base/text.hpp"

namespace engram::memory {
namespace {

constexpr std::size_t kWordTokensMax = 6;

struct Character {
    char32_t code = 0;
    std::size_t length = 1;
};

// Bytes that are no UTF-8 are taken for letters, each alone.
Character character_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    if (length == 1 || at + length > text.size()) return {0xfffd, 1};
    char32_t code = lead & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (!base::is_continuation(text[at + i])) return {0xfffd, 1};
        code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3f);
    }
    return {code, length};
}

bool is_digit(char32_t code) { return (code >= '0' && code <= '9') || (code >= 0xff10 && code <= 0xff19); }

// Han and kana, which are written without spaces.
bool is_ideograph(char32_t code) {
    return (code >= 0x3005 && code <= 0x3007) || (code >= 0x3041 && code <= 0x30ff && code != 0x30fb) ||
           (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff);
}

bool is_letter(char32_t code) {
    if (code < 0x80) return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    if (code < 0xc0) return code == 0xaa || code == 0xb5 || code == 0xba;  // ª µ º
    const bool mark = code == 0xd7 || code == 0xf7 || (code >= 0x2000 && code <= 0x206f) ||
                      (code >= 0x2190 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x303f) || code == 0x30fb ||
                      (code >= 0xff00 && code <= 0xff0f) || (code >= 0xff1a && code <= 0xff20) || code >= 0x1f000;
    return !mark && !is_ideograph(code);
}

// The end of the token that begins at `at`; `at` itself where none does.
std::size_t token_end(std::string_view text, std::size_t at) {
    const Character first = character_at(text, at);
    if (is_ideograph(first.code)) return at + first.length;
    while (at < text.size()) {
        const Character next = character_at(text, at);
        if (!is_digit(next.code) && !is_letter(next.code)) break;
        at += next.length;
    }
    return at;
}

// Only what stands within a phrase: "March 3, 2024", "l'été", "Mai–Juni".
bool is_apart(std::string_view between) {
    for (std::size_t at = 0; at < between.size();) {
        const Character next = character_at(between, at);
        const bool joins = next.code == ' ' || next.code == ',' || next.code == '.' || next.code == '-' ||
                           next.code == '/' || next.code == '\'' || next.code == 0xa0 || next.code == 0x3000 ||
                           (next.code >= 0x2000 && next.code <= 0x2019);
        if (!joins) return true;
        at += next.length;
    }
    return false;
}

void read_number(HintToken& token) {
    while (token.digits < token.folded.size() && is_digit(static_cast<unsigned char>(token.folded[token.digits])))
        ++token.digits;
    token.suffix = token.folded.substr(token.digits);
    if (token.digits == 0 || token.digits > 4) return;
    token.number = 0;
    for (const char c : token.folded.substr(0, token.digits)) token.number = 10 * token.number + (c - '0');
}

std::vector<HintToken> split(std::string_view text) {
    std::vector<HintToken> tokens;
    std::size_t last = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = token_end(text, at);
        if (end == at) {
            at += character_at(text, at).length;
            continue;
        }
        HintToken token{.begin = at, .end = end, .folded = base::fold_text(text.substr(at, end - at))};
        token.before = text.substr(last, at - last);
        token.apart = is_apart(token.before);
        token.capital = text[at] >= 'A' && text[at] <= 'Z';
        read_number(token);
        if (!tokens.empty()) tokens.back().behind = token.before;
        tokens.push_back(std::move(token));
        last = at = end;
    }
    if (!tokens.empty()) tokens.back().behind = text.substr(last);
    return tokens;
}

using Vocabulary = std::unordered_map<std::string, std::vector<HintWord>>;

void add_word(Vocabulary& vocabulary, std::string_view spelled, HintWord word) {
    word.weak = spelled.starts_with('~');
    std::string key;
    const std::vector<HintToken> tokens = split(spelled);
    for (const HintToken& token : tokens) (key += key.empty() ? "" : " ") += token.folded;
    word.tokens = tokens.size();
    std::vector<HintWord>& words = vocabulary[key];
    const auto same = std::ranges::find_if(words, [&](const HintWord& other) {
        return other.role == word.role && other.value == word.value && other.weak == word.weak;
    });
    if (same == words.end())
        words.push_back(word);
    else
        same->languages |= word.languages;
}

void add_line(Vocabulary& vocabulary, const VocabularyLine& line) {
    int value = line.value;
    for (std::string_view rest = line.words; !rest.empty();) {
        const std::size_t end = std::min(rest.find_first_of(",|"), rest.size());
        const std::string_view spelled = base::trim(rest.substr(0, end));
        if (!spelled.empty())
            add_word(vocabulary, spelled, {.role = line.role, .value = value, .languages = line.languages});
        if (end < rest.size() && rest[end] == '|') ++value;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

Vocabulary read_vocabulary() {
    Vocabulary vocabulary;
    for (const auto& lines : {date_vocabulary(), day_number_vocabulary(), date_phrase_vocabulary(), topic_vocabulary()})
        for (const VocabularyLine& line : lines) add_line(vocabulary, line);
    return vocabulary;
}

const Vocabulary& vocabulary() {
    static const Vocabulary all = read_vocabulary();
    return all;
}

}  // namespace

bool HintToken::has(HintRole role) const { return std::ranges::find(words, role, &HintWord::role) != words.end(); }

bool HintToken::is_ordinary() const {
    return digits == 0 && std::ranges::all_of(words, [](const HintWord& word) {
               return word.role == HintRole::kGiven || word.role == HintRole::kNotes || word.role == HintRole::kTagWord;
           });
}

bool HintToken::is_plain() const {
    return digits == 0 &&
           std::ranges::all_of(words, [](const HintWord& word) { return word.role == HintRole::kEvent; });
}

std::vector<HintToken> hint_tokens(std::string_view text) {
    std::vector<HintToken> tokens = split(text);
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        std::string key;
        for (std::size_t length = 1; length <= kWordTokensMax && at + length <= tokens.size(); ++length) {
            const HintToken& last = tokens[at + length - 1];
            if (length > 1 && last.apart) break;
            (key += length > 1 ? " " : "") += last.folded;
            const auto found = vocabulary().find(key);
            if (found == vocabulary().end()) continue;
            tokens[at].words.insert(tokens[at].words.begin(), found->second.begin(), found->second.end());
        }
    }
    return tokens;
}

}  // namespace engram::memory
