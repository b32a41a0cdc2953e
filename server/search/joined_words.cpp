#include "search/joined_words.hpp"

#include <algorithm>

#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kWordsMax = 4;
constexpr std::size_t kBytesMax = 64;

// U+2010 and U+2011, the hyphens of typesetters, are three bytes long.
std::size_t hyphen_length(std::string_view text) {
    if (text.starts_with('-')) return 1;
    return text.starts_with("\u2010") || text.starts_with("\u2011") ? 3 : 0;
}

bool has_letter(std::string_view word) {
    for (std::size_t at = 0; at < word.size();)
        if (u_isalpha(next_character(word, word.size(), at))) return true;
    return false;
}

class Joints {
public:
    Joints(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

    // Whether a hyphen joins the token to the one after it.
    bool holds(std::size_t number) const {
        const Token &left = tokens_[number], &right = tokens_[number + 1];
        const std::size_t gap = right.begin - left.end;
        return gap > 0 && gap <= 3 && left.kind == TokenKind::kWord && right.kind == TokenKind::kWord &&
               hyphen_length(text_.substr(left.end, gap)) == gap && has_letter(raw(left)) && has_letter(raw(right));
    }

private:
    std::string_view raw(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }

    std::string_view text_;
    const std::vector<Token>& tokens_;
};

}  // namespace

void append_joined_words(std::string_view text, std::size_t first, std::vector<Token>& tokens) {
    const Joints joints(text, tokens);
    const std::size_t count = tokens.size();
    for (std::size_t i = first; i < count;) {
        std::size_t last = i;
        while (last + 1 < count && joints.holds(last)) ++last;
        const Token joined{tokens[i].begin, tokens[last].end, TokenKind::kJoined};
        if (last > i && last - i < kWordsMax && joined.end - joined.begin <= kBytesMax) tokens.push_back(joined);
        i = last + 1;
    }
}

std::string join_words(std::string_view raw) {
    std::string out;
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t hyphen = hyphen_length(raw.substr(at));
        if (hyphen == 0) out.push_back(raw[at]);
        at += std::max<std::size_t>(hyphen, 1);
    }
    return out;
}

}  // namespace engram::search
