#include "search/phrases.hpp"

#include <algorithm>
#include <numeric>

namespace engram::search {
namespace {

// The entries of one term, asked for in their order.
class Cursor {
public:
    explicit Cursor(std::span<const Posting> postings) : rest_(postings) {}

    bool has(Doc doc) {
        const Posting wanted = make_posting(doc, 0);
        std::size_t step = 1;
        while (step < rest_.size() && rest_[step] < wanted) step *= 2;
        const auto begin = rest_.begin() + static_cast<std::ptrdiff_t>(step / 2);
        const auto end = rest_.begin() + static_cast<std::ptrdiff_t>(std::min(step + 1, rest_.size()));
        rest_ = rest_.subspan(static_cast<std::size_t>(std::lower_bound(begin, end, wanted) - rest_.begin()));
        return !rest_.empty() && doc_of(rest_.front()) == doc;
    }

private:
    std::span<const Posting> rest_;
};

// The live entries that have the word, also where it has no place in the text.
std::vector<Posting> find_word(const Documents& documents, const Vocabulary& vocabulary, const AnyTerm& word) {
    std::vector<Posting> found;
    for (const Term term : word)
        for (const Posting posting : vocabulary.postings(term))
            if (documents.is_live(doc_of(posting))) found.push_back(posting);
    if (word.size() == 1) return found;
    std::sort(found.begin(), found.end());
    const auto same = [](Posting left, Posting right) { return doc_of(left) == doc_of(right); };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
    return found;
}

class Search {
public:
    Search(const Documents& documents, const Vocabulary& vocabulary, std::span<const AnyTerm> words)
        : documents_(documents), vocabulary_(vocabulary), words_(words) {
        for (const AnyTerm& word : words_) {
            std::vector<Cursor>& cursors = cursors_.emplace_back();
            for (const Term term : word) cursors.emplace_back(vocabulary_.postings(term));
        }
    }

    std::vector<Posting> run() {
        std::vector<Posting> found;
        const std::size_t rarest = find_rarest();
        for (const Posting posting : find_word(documents_, vocabulary_, words_[rarest])) {
            const Doc doc = doc_of(posting);
            if (!has_others(doc, rarest)) continue;
            if (const std::uint32_t times = count_in(doc); times > 0)
                found.push_back(make_posting(doc, impact_code(times, documents_.row(doc).length)));
        }
        return found;
    }

private:
    std::size_t find_rarest() const {
        const auto size_of = [&](const AnyTerm& word) {
            return std::accumulate(word.begin(), word.end(), std::size_t{0},
                                   [&](std::size_t sum, Term term) { return sum + vocabulary_.postings(term).size(); });
        };
        const auto rarest = std::min_element(words_.begin(), words_.end(), [&](const auto& left, const auto& right) {
            return size_of(left) < size_of(right);
        });
        return static_cast<std::size_t>(rarest - words_.begin());
    }

    bool has_others(Doc doc, std::size_t rarest) {
        for (std::size_t i = 0; i < cursors_.size(); ++i) {
            if (i == rarest) continue;
            const auto has = [&](Cursor& cursor) { return cursor.has(doc); };
            if (std::none_of(cursors_[i].begin(), cursors_[i].end(), has)) return false;
        }
        return true;
    }

    bool is_at(std::span<const Word> text, std::size_t at) const {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const AnyTerm& wanted = words_[i];
            if (text[at + i] == kNoWord) return false;
            if (std::find(wanted.begin(), wanted.end(), vocabulary_.term_of(text[at + i])) == wanted.end())
                return false;
        }
        return true;
    }

    std::uint32_t count_in(Doc doc) const {
        const std::span<const Word> text = documents_.words(doc);
        std::uint32_t times = 0;
        for (std::size_t at = 0; at + words_.size() <= text.size() && text[at] != kNoWord; ++at)
            times += is_at(text, at) ? 1 : 0;
        return times;
    }

    const Documents& documents_;
    const Vocabulary& vocabulary_;
    std::span<const AnyTerm> words_;
    std::vector<std::vector<Cursor>> cursors_;  // by word
};

}  // namespace

std::vector<Posting> find_phrase(const Documents& documents, const Vocabulary& vocabulary,
                                 std::span<const AnyTerm> words) {
    const auto is_empty = [](const AnyTerm& word) { return word.empty(); };
    if (words.empty() || std::any_of(words.begin(), words.end(), is_empty)) return {};
    if (words.size() == 1) return find_word(documents, vocabulary, words.front());
    return Search(documents, vocabulary, words).run();
}

}  // namespace engram::search
