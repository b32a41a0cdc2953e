#include "ports/passages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ports/text_pieces.hpp"

namespace engram::ports {
namespace {

// Passages are planned a little shorter than they may be, so that each can end where it reads well.
constexpr double kPlannedShare = 0.85;
// A passage is never shorter than this share of what was planned.
constexpr double kShortest = 0.5;
constexpr double kTooShort = 1000;  // costs more than any cut of those that are long enough
// What a cut of each PieceEnd costs, in squares of the distance from where it was planned (1: a passage away).
constexpr std::array<double, 6> kCutCosts{0, 0.05, 0.1, 0.2, 0.3, 0.45};

class Cutter {
public:
    Cutter(std::string_view text, double tokens_max, const CountTokens& count)
        : text_(text), tokens_max_(tokens_max), pieces_(split_pieces(text)) {
        ends_.reserve(pieces_.size());
        double sum = 0;
        for (const TextPiece& piece : pieces_)
            ends_.push_back(sum += count(text.substr(piece.begin, piece.end - piece.begin)));
    }

    std::vector<std::string_view> cut() const {
        std::vector<std::string_view> passages;
        for (std::size_t first = 0; first < pieces_.size();) {
            const std::size_t next = end_of_passage(first);
            const std::size_t begin = pieces_[first].begin;
            passages.push_back(text_.substr(begin, pieces_[next - 1].word_end - begin));
            first = next;
        }
        return passages;
    }

private:
    // The piece after the passage that begins with the piece `first`.
    std::size_t end_of_passage(std::size_t first) const {
        const double begin = first == 0 ? 0 : ends_[first - 1];
        const double left = ends_.back() - begin;
        if (left <= tokens_max_) return pieces_.size();
        const double planned = left / std::ceil(left / (kPlannedShare * tokens_max_));
        std::size_t best = first + 1;
        double best_cost = std::numeric_limits<double>::infinity();
        for (std::size_t i = first; i < pieces_.size() && ends_[i] - begin <= tokens_max_; ++i) {
            const double length = (ends_[i] - begin) / planned;
            const double bent = (length - 1) * (length - 1) + kCutCosts[static_cast<std::size_t>(pieces_[i].ends)];
            const double cost = length < kShortest ? kTooShort - length : bent;
            if (cost >= best_cost) continue;
            best = i + 1;
            best_cost = cost;
        }
        return best;
    }

    std::string_view text_;
    double tokens_max_;
    std::vector<TextPiece> pieces_;
    std::vector<double> ends_;  // tokens up to the end of each piece
};

}  // namespace

double estimate_tokens(std::string_view piece) {
    const auto is_latin = [](char32_t c) { return c < 0x0250 || (c >= 0x2000 && c < 0x2600); };  // and signs
    double tokens = 0;
    bool after_blank = false;
    while (!piece.empty()) {
        const Character c = first_character(piece);
        piece.remove_prefix(c.bytes);
        const bool blank = is_blank(c.code);
        if (!blank || !after_blank) tokens += is_word_of_its_own(c.code) ? 1 : is_latin(c.code) ? 0.25 : 0.5;
        after_blank = blank;
    }
    return tokens;
}

std::vector<std::string_view> cut_passages(std::string_view text, double tokens_max, const CountTokens& count) {
    return Cutter(text, tokens_max, count).cut();
}

}  // namespace engram::ports
