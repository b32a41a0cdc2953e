// Finds memories by words and by filters: asks the person's index, fed from the feed, and shows why each was found.
#pragma once

#include "modules/memory/entry_reader.hpp"
#include "modules/memory/meanings.hpp"
#include "modules/memory/memory.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/search_attempts.hpp"
#include "modules/memory/synonym_store.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// What it is made of must outlive the finder. Any thread.
class MemoryFinder {
public:
    MemoryFinder(ports::Database& database, ports::SearchIndex& index, EntryReader& entries, user::UserService& users,
                 Meanings& meanings, ports::Clock& clock)
        : database_(database), index_(index), entries_(entries), users_(users), meanings_(meanings), clock_(clock) {}

    SearchPage search(const Actor& actor, const SearchQuery& query);

    // The person's index, where there is one, takes in what has changed.
    void follow(const base::Uuid& owner);

    // The memories that pass, newest first, from `before` and `offset` on; the trash has none. The history that their
    // revisions count in.
    struct Listed {
        ports::IndexPage page;
        std::int64_t epoch = 0;
    };
    Listed list(const base::Uuid& owner, const MemoryFilter& filter, const std::optional<ListPlace>& before,
                std::size_t limit, std::size_t offset);

    // All that pass of what is in the trash, newest first.
    std::vector<Memory> trash(const base::Uuid& owner, const MemoryFilter& filter);

private:
    // What the index answered, to what, and in which way of understanding the query.
    struct Found {
        Attempt attempt;
        ports::IndexQuery query;
        ports::IndexAnswer answer;
    };

    Wall wall_of(const base::Uuid& owner);
    ports::IndexMeaning meaning_of(const base::Uuid& owner, const SearchQuery& query, const ParsedQuery& typed,
                                   std::vector<std::string>& degraded);
    Found find(const base::Uuid& owner, const SearchState& state, const SearchQuery& query, const ParsedQuery& typed,
               const ports::IndexMeaning& meaning);
    std::vector<Memory> read_hits(const Actor& actor, std::int64_t epoch, const Found& found);
    PersonState state_of(const base::Uuid& owner);
    ports::IndexMeaning::Feed feed_of_vectors(const base::Uuid& owner);
    void feed(const base::Uuid& owner, std::int64_t after, const ports::SearchIndex::Apply& apply);

    ports::Database& database_;
    ports::SearchIndex& index_;
    EntryReader& entries_;
    user::UserService& users_;
    Meanings& meanings_;
    ports::Clock& clock_;
};

}  // namespace engram::memory
