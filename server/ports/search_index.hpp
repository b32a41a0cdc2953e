// The person's index (design.md 3a): a fold over the feed of one owner's changes, held in memory, never the only copy.
// Adapter: the search room. No product noun here: an entry has text, filters and a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace engram::ports {

// No phrase goes across it.
inline constexpr char kFieldEnd = '\x1e';

// One change of the feed. An entry that is `deleted` has only its id and revision.
struct IndexChange {
    base::Uuid id;
    std::int64_t revision = 0;
    bool deleted = false;
    base::Time created_at{};
    std::string text;      // everything that shall be found by words, most telling first; kFieldEnd parts its fields
    std::string language;  // ISO 639-1, as SearchIndex::detect_language gave it when the text was written; may be empty
    std::string category;
    std::string source;
    std::vector<std::string> marks;  // what an entry has or has not, such as a tag
    std::string conversation;        // entries of the same follow one another; empty: the entry stands alone
    bool asks = false;               // it is a question, which is seldom the answer to another
};

// What an entry means, told later than its text and apart from it: a vector of length 1 for each passage, by one model.
// The newest for an entry and model counts, also for later texts until another comes.
struct IndexVectors {
    base::Uuid id;
    std::int64_t revision = 0;  // counted apart from that of changes
    std::string model;
    std::vector<std::vector<float>> passages;
};

// An entry, and those that have the mark which names it.
struct IndexGroup {
    base::Uuid first;
    std::string mark;
};

// What passes fulfils all of it.
struct IndexFilter {
    std::optional<std::string> category, source;
    std::vector<std::string> marks, without;  // has all of these, and none of those
    std::optional<IndexGroup> group = {};
    std::optional<base::Time> from, to;  // of created_at: from included, to excluded
};

// What a query says of the entries it means, beside words: those that have it rank higher; no filter.
struct IndexHint {
    struct Span {
        std::optional<base::Time> from, to;  // of created_at: from included, to excluded
        float share = 1;                     // how sure it is
    };
    std::vector<Span> spans;         // in one of these,
    std::vector<std::string> marks;  // or has one of these marks,
    std::string category;            // or is of this category; empty: no matter
};

struct IndexQuery {
    std::string text;                   // words, of which an entry has at least one; the more and rarer, the better
    std::vector<std::string> phrases;   // all of them, the words of each side by side
    std::vector<std::string> excluded;  // none of these words and phrases
    std::vector<std::vector<std::string>> synonyms;  // families of words: who looks for one looks for all
    std::vector<std::string> right_words = {};       // folded words of `text` that are spelt as they should be
    bool typing = false;                             // the last word of `text` may go on
    bool facets = false;                             // count what is found by category, source and mark
    std::vector<IndexHint> hints = {};
    IndexFilter filter = {};
    int limit = 50, offset = 0;
};

// Where an entry stands in the order of time: by created_at, then id.
struct IndexPlace {
    base::Time created_at{};
    base::Uuid id;
};

// One of the passages of an entry, as a model's vectors came.
struct IndexPassage {
    std::string model;
    std::size_t number = 0;
};

struct IndexHit {
    base::Uuid id;
    base::Time created_at{};
    std::int64_t revision = 0;                 // of the change that made it what it is
    double score = 0;                          // 0 to 1, best first; ties by created_at, newest first, then id
    std::optional<IndexPassage> nearest = {};  // where asked by meaning, of an entry of several passages
};

struct IndexPage {
    std::vector<IndexHit> hits;  // newest first, each with the score 1
    std::int64_t total = 0;      // entries that pass, on whatever page
};

// What became of a word of the query.
enum class IndexMatch : std::uint8_t {
    kExact,      // entries have it, in some form
    kBeginning,  // entries have words that begin so
    kSimilar,    // none has it, but words that differ by a letter or two
    kNothing,    // none has it, nor anything like it
};

struct IndexWord {
    std::string typed;  // folded
    IndexMatch match = IndexMatch::kExact;
    std::vector<std::string> found;  // the words, folded, that were looked for beside or instead of it
    bool operator==(const IndexWord&) const = default;
};

struct IndexAnswer {
    std::vector<IndexHit> hits;
    std::int64_t total = 0;                // entries that match, before limit and offset
    bool lacks_meaning = false;            // it was asked by meaning, and no entry has one yet: found by words alone
    std::vector<IndexWord> words;          // of the text that were looked for, in their order
    std::vector<std::string> known_marks;  // of those that hints name, the ones that any entry has or had
    std::vector<std::pair<std::string, std::int64_t>> categories, sources, marks;  // facets, the most frequent first
};

// A span of bytes of a text that a query's word matches.
struct Highlight {
    std::size_t begin = 0, end = 0;
};

// How a query asks by meaning.
struct IndexMeaning {
    struct Asked {
        std::string model;
        std::vector<float> vector;  // of length 1
        std::string language;       // ISO 639-1, of a model that knows only this one
    };
    std::vector<Asked> asked;  // by each model that is there; none: by words alone
    bool by_words = true;      // false: by meaning alone

    // Reads the vectors that came after a revision, in order of revision, up to `revision` at least.
    using Apply = std::function<void(IndexVectors&& vectors)>;
    using Feed = std::function<void(std::int64_t after_revision, const Apply& apply)>;
    std::int64_t revision = 0;
    Feed feed;
};

class SearchIndex {
public:
    virtual ~SearchIndex() = default;

    // Reads the owner's feed after a revision: calls `apply` for each change in order of revision, up to the newest.
    using Apply = std::function<void(const IndexChange&)>;
    using Feed = std::function<void(std::int64_t after_revision, const Apply& apply)>;

    // Answers from an index that holds at least every change up to `revision`; where it is behind, reads `feed` first.
    // `epoch` names the history that revisions count in: with another one the index starts over. Any thread; searches
    // of one owner run side by side.
    // With vectors in `meaning` an entry is found by words or by meaning, ranked by both, and its score is the chance
    // of being what was meant.
    virtual IndexAnswer search(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                               const IndexQuery& query, const IndexMeaning& meaning) = 0;
    IndexAnswer search(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                       const IndexQuery& query) {
        return search(owner, epoch, revision, feed, query, {});
    }

    // Where the owner has an index it takes in what search() would read first: so that a search need not. Any thread.
    virtual void follow(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                        const IndexMeaning& meaning) = 0;

    // Whether there is one: follow() then has something to do.
    virtual bool has(const base::Uuid& owner) = 0;

    // The entries that pass, newest first, from the one after `before` (nothing: the newest) and `offset` further ones.
    // Of what the index holds, as search().
    virtual IndexPage list(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                           const IndexFilter& filter, const std::optional<IndexPlace>& before, std::size_t limit,
                           std::size_t offset) = 0;

    // Shows where the words of a query stand in texts. One thread at a time.
    class Marker {
    public:
        virtual ~Marker() = default;
        // In their order; none touches another.
        virtual std::vector<Highlight> mark(std::string_view text, std::string_view language) = 0;
    };

    // `words` as the answer to the query has them. Any thread.
    virtual std::unique_ptr<Marker> marker(const IndexQuery& query, const std::vector<IndexWord>& words) = 0;

    // ISO 639-1 code of a text's language, empty where it cannot be told. Any thread; about 20 µs for 300 characters.
    virtual std::string detect_language(std::string_view text) = 0;

    // Forgets an owner's index and wipes its memory.
    virtual void drop(const base::Uuid& owner) = 0;
};

}  // namespace engram::ports
