#include "ports/text_pieces.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace engram::ports {
namespace {

constexpr std::size_t kWordCharactersMax = 32;

using Range = std::pair<char32_t, char32_t>;

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t c) {
    return std::ranges::any_of(ranges, [c](const Range& range) { return range.first <= c && c <= range.second; });
}

constexpr std::array<Range, 5> kBlanks{
    {{0x85, 0x85}, {0xa0, 0xa0}, {0x2000, 0x200b}, {0x2028, 0x2029}, {0x3000, 0x3000}}};

constexpr std::array<Range, 6> kWordsOfTheirOwn{
    {{0x2600, 0x27bf}, {0x2e80, 0x9fff}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xff00, 0xffef}, {0x1f000, 0x3ffff}}};

// What stays with the character before it: accents, joiners, variants, skin tones.
constexpr std::array<Range, 6> kExtenders{
    {{0x0300, 0x036f}, {0x200c, 0x200d}, {0x20d0, 0x20ff}, {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0x1f3fb, 0x1f3ff}}};

constexpr std::u32string_view kSentenceEnds = U".!?\u2026\u3002\uff01\uff1f\uff0e\u0964\u061f\u06d4";
constexpr std::u32string_view kWideSentenceEnds = U"\u3002\uff01\uff1f\uff0e";  // no blank follows
constexpr std::u32string_view kClauseEnds = U",;:\u2013\u2014\u3001\uff0c\uff1b\uff1a\u060c";
constexpr std::u32string_view kClosers = U"\"')]}\u00bb\u2019\u201d\u300d\u300f\u3011\uff09";

constexpr bool has(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

bool is_latin_letter(char32_t c) { return (c | 0x20) >= U'a' && (c | 0x20) <= U'z'; }

bool belongs_to_the_one_before(char32_t c) {
    if (is_latin_letter(c)) return false;
    return is_in(kExtenders, c) || has(kSentenceEnds, c) || has(kClauseEnds, c) || has(kClosers, c);
}

// Reads the pieces of a text one after the other.
class Splitter {
public:
    explicit Splitter(std::string_view text) : text_(text) { skip_blanks(); }

    bool at_end() const { return at_ == text_.size(); }

    TextPiece next() {
        TextPiece piece;
        piece.begin = at_;
        mark_ = 0;
        read_word();
        piece.word_end = at_;
        const std::size_t lines = skip_blanks();
        piece.end = at_;
        piece.ends = end_kind(lines, piece.end > piece.word_end);
        return piece;
    }

private:
    char32_t code_here() const { return at_end() ? U' ' : first_character(text_.substr(at_)).code; }

    void take() {
        const Character c = first_character(text_.substr(at_));
        at_ += c.bytes;
        const bool letter = is_latin_letter(c.code);
        if (letter || (!is_in(kExtenders, c.code) && !has(kClosers, c.code))) mark_ = c.code;
    }

    void read_word() {
        const bool alone = is_word_of_its_own(code_here());
        take();
        for (std::size_t count = 1;; ++count) {
            const char32_t c = code_here();
            if (is_blank(c)) return;
            const bool joins = belongs_to_the_one_before(c) && count < 2 * kWordCharactersMax;
            if (!joins && (alone ? !after_joiner() : is_word_of_its_own(c) || count >= kWordCharactersMax)) return;
            take();
        }
    }

    // An emoji may be several, joined.
    bool after_joiner() const { return text_.substr(0, at_).ends_with("\u200d"); }

    // How many lines end among them.
    std::size_t skip_blanks() {
        std::size_t lines = 0;
        while (!at_end()) {
            const Character c = first_character(text_.substr(at_));
            if (!is_blank(c.code)) break;
            lines += c.code == U'\n' || c.code == 0x2028 ? 1 : c.code == 0x2029 ? 2 : 0;
            at_ += c.bytes;
        }
        return lines;
    }

    PieceEnd end_kind(std::size_t lines, bool blank_follows) const {
        if (at_end() || lines > 1) return PieceEnd::kParagraph;
        const char32_t following = code_here();
        const bool small_follows = following >= U'a' && following <= U'z';  // "e.g. this": no sentence ends there
        if (has(blank_follows && !small_follows ? kSentenceEnds : kWideSentenceEnds, mark_)) return PieceEnd::kSentence;
        if (lines == 1) return PieceEnd::kLine;
        if (has(kClauseEnds, mark_)) return PieceEnd::kClause;
        return blank_follows ? PieceEnd::kWord : PieceEnd::kCharacter;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    char32_t mark_ = 0;  // the last character of the word but for closing quotes and brackets
};

}  // namespace

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0xc0) return {lead, 1};
    const std::size_t wanted = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    Character c{lead & (0xffU >> (wanted + 1)), 1};
    while (c.bytes < std::min(wanted, text.size()) && (byte(c.bytes) & 0xc0U) == 0x80)
        c.code = c.code << 6 | (byte(c.bytes++) & 0x3fU);
    return c;
}

bool is_blank(char32_t c) {
    if (c < 0x80) return c == U' ' || (c >= U'\t' && c <= U'\r');  // nearly all of them
    return is_in(kBlanks, c);
}

bool is_word_of_its_own(char32_t c) { return c >= 0x2600 && is_in(kWordsOfTheirOwn, c); }

std::vector<TextPiece> split_pieces(std::string_view text) {
    std::vector<TextPiece> pieces;
    for (Splitter splitter(text); !splitter.at_end();) pieces.push_back(splitter.next());
    return pieces;
}

}  // namespace engram::ports
