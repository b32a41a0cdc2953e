#include "adapters/onnx/passages.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "adapters/onnx/token_estimate.hpp"

namespace engram::onnx {
namespace {

// 256 without [CLS], [SEP] and the two of "passage:".
constexpr std::size_t kPassageTokensMax = 252;
constexpr TokenCost kLimit = kPassageTokensMax * kToken;

// What a cut costs beside its distance from equal lengths, in hundredths of the length aimed at.
enum class Cut : std::uint8_t { kParagraph = 0, kLine = 8, kSentence = 15, kWord = 50, kCharacter = 200 };

bool ends_sentence(CodePoint c) {
    switch (c) {
        case '.':
        case '!':
        case '?':
        case 0x2026:  // ellipsis
        case 0x061f:  // Arabic
        case 0x06d4:
        case 0x0964:  // Devanagari
        case 0x0589:  // Armenian
            return true;
        default:
            return false;
    }
}

// These end a sentence without a blank behind them.
bool ends_sentence_of_cjk(CodePoint c) { return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0xff61; }

bool closes(CodePoint c) {
    switch (c) {
        case '"':
        case '\'':
        case ')':
        case ']':
        case 0x00bb:
        case 0x2019:
        case 0x201d:
        case 0x300d:
        case 0x300f:
        case 0xff09:
            return true;
        default:
            return false;
    }
}

bool is_kana(CodePoint c) { return c >= 0x3040 && c <= 0x30ff; }

// Characters one after the other, and what kind of cut there could be before each.
class Walk {
public:
    Walk(std::string_view text, std::size_t begin, const TokenEstimate& estimate)
        : text_(text), at_(begin), estimate_(estimate) {}

    // The next character that is no blank; false at the end.
    bool next() {
        line_breaks_ = 0;
        blank_end_ = at_;
        while (at_ < text_.size()) {
            begin_ = at_;
            const CodePoint before = c_;
            c_ = next_character(text_, at_);
            kind_ = kind_of(c_);
            estimate_before_ = estimate_;
            cost_ += estimate_.add(c_, kind_);
            if (kind_ != CharacterKind::kSpace) {
                note_sentence(first_ ? 0 : before);
                return true;
            }
            line_breaks_ += c_ == '\n' ? 1 : 0;
            c_ = before;
        }
        return false;
    }

    std::size_t begin() const { return begin_; }           // of the character
    std::size_t end_before() const { return blank_end_; }  // of what lies before it, without blanks
    std::size_t end() const { return at_; }
    const TokenEstimate& estimate_before() const { return estimate_before_; }
    TokenCost cost() const { return cost_; }  // with the character
    bool is_shown() const { return kind_ != CharacterKind::kControl; }

    // Between the character and what lies before it.
    Cut cut() const { return cut_; }
    bool may_cut() const { return may_cut_; }

private:
    void note_sentence(CodePoint before) {
        const bool blank = blank_end_ < begin_;
        const bool closing = !blank && closes(c_);
        const bool stays = closing || ends_sentence(c_) || ends_sentence_of_cjk(c_);
        may_cut_ = !first_ && kind_ != CharacterKind::kMark && kind_ != CharacterKind::kControl && before != 0x200d;
        cut_ = blank ? cut_at_blank() : cut_without_blank(before, stays);
        first_ = false;
        if (closing) return;
        ended_ = ends_sentence(c_);
        cjk_ended_ = ends_sentence_of_cjk(c_);
    }

    Cut cut_at_blank() const {
        if (line_breaks_ > 0) return line_breaks_ > 1 ? Cut::kParagraph : Cut::kLine;
        return ended_ || cjk_ended_ ? Cut::kSentence : Cut::kWord;
    }

    Cut cut_without_blank(CodePoint before, bool stays) const {
        if (stays) return Cut::kCharacter;
        if (cjk_ended_) return Cut::kSentence;
        const bool parted = kind_ == CharacterKind::kIdeograph || is_kana(c_) || is_kana(before);
        return parted ? Cut::kWord : Cut::kCharacter;
    }

    const std::string_view text_;
    std::size_t at_, begin_ = 0, blank_end_ = 0;
    TokenEstimate estimate_, estimate_before_;
    TokenCost cost_ = 0;
    CodePoint c_ = 0;
    CharacterKind kind_ = CharacterKind::kSpace;
    std::size_t line_breaks_ = 0;
    bool first_ = true, ended_ = false, cjk_ended_ = false, may_cut_ = false;
    Cut cut_ = Cut::kCharacter;
};

// What begins at `begin` and ends, without blanks, at `end`. The estimate goes on from one part to the next, so that
// the sum of the costs is the cost of the whole.
struct Part {
    std::size_t begin = 0, end = 0;
    TokenCost cost = 0;
    TokenEstimate estimate{};  // as it was at `begin`
};

// Cost 0: nothing in it is shown.
Part whole(std::string_view text) {
    Walk walk(text, 0, {});
    Part part;
    bool first = true, shown = false;
    while (walk.next()) {
        if (first) part.begin = walk.begin();
        first = false;
        shown = shown || walk.is_shown();
        part.end = walk.end();
    }
    part.cost = shown ? std::max<TokenCost>(walk.cost(), 1) : 0;
    return part;
}

// Where a text may be parted.
struct Place {
    std::size_t end;  // of what lies before
    Part rest;
};

// Where the first part of `rest`, which is too long, ends best: it shall cost about `aim`.
Place best_place(std::string_view text, const Part& rest, TokenCost aim) {
    Walk walk(text, rest.begin, rest.estimate);
    const auto place_here = [&](TokenCost before) {
        const TokenCost left = rest.cost > before ? rest.cost - before : 1;
        return Place{walk.end_before(), {walk.begin(), rest.end, left, walk.estimate_before()}};
    };
    Place best{rest.end, {rest.end, rest.end, 0, {}}};
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (TokenCost before = 0; walk.next() && walk.begin() < rest.end; before = walk.cost()) {
        if (walk.may_cut() && before >= aim / 2) {
            const TokenCost off = before > aim ? before - aim : aim - before;
            const std::size_t dislike = off * 100 / aim + static_cast<std::size_t>(walk.cut());
            if (dislike < least) best = place_here(before);
            least = std::min(least, dislike);
        }
        if (walk.cost() > kLimit) return best.end < rest.end ? best : place_here(before);
    }
    return best;
}

}  // namespace

std::vector<std::string_view> cut_passages(std::string_view text) {
    std::vector<std::string_view> passages;
    Part rest = whole(text);
    while (rest.cost > 0) {
        const std::size_t parts = (rest.cost + kLimit - 1) / kLimit;
        const Place place = parts == 1 ? Place{rest.end, {}} : best_place(text, rest, rest.cost / parts);
        passages.push_back(text.substr(rest.begin, place.end - rest.begin));
        rest = place.rest;
    }
    return passages;
}

}  // namespace engram::onnx
