#include "modules/memory/query_language.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "modules/memory/hints/filler_words.hpp"
#include "modules/memory/query_operators.hpp"
#include "modules/memory/query_signs.hpp"

namespace engram::memory {
namespace {

constexpr std::size_t kOperatorNameMax = 6;

class Scanner {
public:
    Scanner(std::string_view query, const AskWall& ask_wall) : query_(query), ask_wall_(ask_wall) {}

    ParsedQuery run() {
        for (skip_spaces(); at_ < query_.size(); skip_spaces()) {
            const std::size_t begin = at_;
            const bool negated = skip_minus();
            const std::size_t plain = parsed_.text.size();
            if (!read_operator(begin, negated)) read_words(negated);
            if (parsed_.text.size() == plain) parsed_.pieces.push_back(plain);
        }
        if (!has_word(parsed_.text)) parsed_.text.clear();  // marks alone ask for nothing
        parsed_.pieces.push_back(parsed_.text.size());
        parsed_.open_end = parsed_.open_end && !parsed_.text.empty();
        return std::move(parsed_);
    }

private:
    std::string_view rest() const { return query_.substr(at_); }
    void skip_spaces();
    bool skip_minus();
    std::string_view read_word();
    std::optional<std::string_view> read_quoted();
    std::string_view read_value();
    std::string read_operator_name();
    bool read_operator(std::size_t begin, bool negated);
    bool read_distant_value(const std::string& name, bool negated);
    void read_words(bool negated);

    std::string_view query_;
    const AskWall& ask_wall_;
    std::size_t at_ = 0;
    std::array<bool, kQuoteFamilies> unbalanced_{};  // no quote of that family closes any more
    ParsedQuery parsed_;
};

void Scanner::skip_spaces() {
    while (const std::size_t length = space_at(rest())) at_ += length;
}

// Only before what can be left out: neither "--force" nor "->" nor a dash between two spaces, nor -5 degrees.
bool Scanner::skip_minus() {
    const std::size_t length = minus_at(rest());
    if (length == 0) return false;
    const std::string_view behind = rest().substr(length);
    if (behind.empty() || space_at(behind) > 0 || minus_at(behind) > 0) return false;
    if (behind[0] >= '0' && behind[0] <= '9') return false;
    if (!is_word_byte(behind[0]) && std::string_view("\"#@_").find(behind[0]) == std::string_view::npos) return false;
    at_ += length;
    return true;
}

std::string_view Scanner::read_word() {
    const std::size_t begin = at_;
    while (at_ < query_.size() && space_at(rest()) == 0) ++at_;
    return query_.substr(begin, at_ - begin);
}

// What stands between quotes, where one opens here and one closes it.
std::optional<std::string_view> Scanner::read_quoted() {
    for (std::size_t family = 0; family < kQuoteFamilies; ++family) {
        const std::size_t length = quote_at(rest(), family);
        if (length == 0 || unbalanced_[family]) continue;
        const std::size_t begin = at_ + length;
        for (std::size_t end = begin; end < query_.size(); ++end) {
            const std::size_t closing = quote_at(query_.substr(end), family);
            if (closing == 0) continue;
            at_ = end + closing;
            return query_.substr(begin, end - begin);
        }
        unbalanced_[family] = true;
    }
    return std::nullopt;
}

std::string_view Scanner::read_value() {
    if (const auto quoted = read_quoted()) return *quoted;
    std::string_view word = read_word();
    while (word.ends_with(',') || word.ends_with(';')) word.remove_suffix(1);
    return word;
}

// Moves behind the colon; empty, and stays, where there is no operator.
std::string Scanner::read_operator_name() {
    std::size_t length = 0;
    while (length <= kOperatorNameMax && length < rest().size() && colon_at(rest().substr(length)) == 0) ++length;
    std::string name = base::to_lower_ascii(rest().substr(0, length));
    const std::size_t colon = length < rest().size() ? colon_at(rest().substr(length)) : 0;
    if (colon == 0 || !is_operator(name)) return {};
    at_ += length + colon;
    return name;
}

bool Scanner::read_operator(std::size_t begin, bool negated) {
    const std::size_t name_begin = at_;
    const std::string name = read_operator_name();
    if (name.empty()) return false;
    if (at_ < query_.size() && space_at(rest()) > 0) {
        if (read_distant_value(name, negated)) return true;
        at_ = name_begin;
        return false;
    }
    const std::string_view value = read_value();
    std::optional<std::string> problem = "There is nothing behind the colon.";
    if (!value.empty()) problem = apply({name, value, negated}, ask_wall_, parsed_);
    if (problem)
        parsed_.not_understood.push_back({std::string(query_.substr(begin, at_ - begin)), *std::move(problem)});
    return true;
}

// "tag: garden": an operator where the next word gives it a meaning, else two words.
bool Scanner::read_distant_value(const std::string& name, bool negated) {
    skip_spaces();
    const std::size_t value_begin = at_;
    if (skip_minus() || !read_operator_name().empty()) return false;
    at_ = value_begin;
    const std::string_view value = read_value();
    return !value.empty() && !apply({name, value, negated}, ask_wall_, parsed_);
}

void Scanner::read_words(bool negated) {
    const std::size_t begin = at_;
    const auto quoted = read_quoted();
    if (quoted && has_word(*quoted)) {
        (negated ? parsed_.excluded : parsed_.phrases).emplace_back(*quoted);
        return;
    }
    if (!quoted) read_word();
    const std::string_view word = query_.substr(begin, at_ - begin);
    if (negated) {
        if (has_word(word)) parsed_.excluded.emplace_back(word);
        return;
    }
    if (quoted) return;  // nothing between its quotes
    if (!parsed_.text.empty()) parsed_.text += ' ';
    parsed_.text += word;
    parsed_.open_end = at_ == query_.size();
}

// Once at most.
AskWall once(const AskWall& ask_wall, std::optional<Wall>& wall) {
    return [&] {
        if (!wall) wall = ask_wall();
        return *wall;
    };
}

}  // namespace

ParsedQuery parse_query(std::string_view query, const AskWall& ask_wall) {
    std::optional<Wall> wall;
    const AskWall ask_once = once(ask_wall, wall);
    return Scanner(base::cut_code_points(query, kQueryMax), ask_once).run();
}

namespace {

// Nothing but hints whose words are not looked for, and words that say nothing beside them.
bool says_only_hints(const ParsedQuery& query) {
    if (query.hints.empty() || !query.phrases.empty()) return false;
    const auto has_own_words = [](const QueryHint& hint) { return hint.cut_end < hint.end; };
    if (std::ranges::any_of(query.hints, has_own_words)) return false;
    auto hint = query.hints.begin();
    return std::ranges::all_of(hint_tokens(query.text), [&](const HintToken& token) {
        while (hint != query.hints.end() && hint->end <= token.begin) ++hint;
        return (hint != query.hints.end() && hint->begin <= token.begin) || is_filler(token.folded);
    });
}

}  // namespace

// No hint goes across what was taken out: quotes undo it.
void find_hints(ParsedQuery& query, const AskWall& ask_wall) {
    std::optional<Wall> wall;
    const AskWall ask_once = once(ask_wall, wall);
    query.hints.clear();
    std::size_t begin = 0;
    for (const std::size_t end : query.pieces) {
        if (end <= begin || end > query.text.size()) continue;
        const std::string_view piece = std::string_view(query.text).substr(begin, end - begin);
        for (QueryHint& hint : find_query_hints(piece, ask_once)) {
            hint.begin += begin;
            hint.end += begin;
            hint.cut_end += begin;
            if (hint.date) hint.date->begin = hint.begin;
            if (hint.date) hint.date->end = hint.end;
            query.hints.push_back(std::move(hint));
        }
        begin = end;
    }
    query.only_hints = says_only_hints(query);
}

}  // namespace engram::memory
