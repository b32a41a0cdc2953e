// What memories and queries mean, as vectors: those of memories follow the feed in the background, those of queries are
// made when they are asked.
#pragma once

#include <array>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "modules/memory/feed_store.hpp"
#include "modules/memory/looked_at.hpp"
#include "modules/memory/memory.hpp"
#include "modules/memory/passage_vectors.hpp"
#include "modules/memory/query_vectors.hpp"
#include "modules/memory/vector_store.hpp"
#include "ports/database.hpp"
#include "ports/embedder.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// What it is made of must outlive it. Any thread.
class Meanings {
public:
    // With each of `embedders`, the main one first; none: nothing is found by meaning.
    Meanings(ports::Database& database, std::vector<ports::Embedder*> embedders)
        : database_(database), embedders_(std::move(embedders)), queries_(embedders_) {}

    bool has_models() const { return !embedders_.empty(); }

    enum class CaughtUp {
        kYes,
        kLater,  // a model is away
        kSoon,   // a model is being loaded
        kMore,   // this was a good deal of work; there is more, whatever a model that is not ready leaves
    };
    // Gives vectors to what has changed since the last time: what the person looks at, and what was told a moment ago,
    // before the rest. `between`: what is to be done every few dozen of them. Throws kUnavailable where a model fails,
    // or the stop is asked for.
    CaughtUp catch_up(const base::Uuid& owner, const std::stop_token& stop, const std::function<void()>& between);

    // The person was shown these.
    void look_at(const base::Uuid& owner, const std::vector<Memory>& memories) { looked_at_.see(owner, memories); }

    // How many memories wait for their vectors.
    std::int64_t pending(const base::Uuid& owner);

    // What a model made nothing of waits once more. Whether there is any.
    bool try_refused_again(const base::Uuid& owner);

    QueryVectors::Asked ask(const std::string& query) { return queries_.ask(query); }

    // Those words of a query, folded, that a model knows: they are no misspellings.
    std::vector<std::string> right_words(const std::string& query);

    // Where in its content a passage of a memory begins; 0 where that cannot be told.
    std::size_t place_of(const Memory& memory, const ports::IndexPassage& passage) const;

    // Reads a person's vectors for the index.
    void feed(const base::Uuid& owner, std::int64_t after, const ports::IndexMeaning::Apply& apply);

private:
    // Where a person stands with a model.
    struct Standing {
        std::int64_t latest = 0;  // revision of the memories
        store::ModelState state;
        bool outdated = false;  // what is there is by another version of the model
    };
    // Memories, and what their vectors are made of so far.
    struct Changes {
        std::vector<store::FeedRow> rows;
        std::vector<MeaningText> texts;
        std::vector<std::optional<base::Bytes>> hashes;  // of each text
    };

    static Standing standing(ports::Transaction& tx, const base::Uuid& owner, const ports::Embedder& embedder);
    CaughtUp catch_up(const base::Uuid& owner, ports::Embedder& embedder, const std::stop_token& stop,
                      const std::function<void()>& between);
    void remove_other_models(const base::Uuid& owner, const std::vector<std::string>& models);
    void forget(const base::Uuid& owner, const std::string& model);
    void embed_some(const base::Uuid& owner, ports::Embedder& embedder, const store::ModelState& state,
                    const Changes& some);
    void embed_next(const base::Uuid& owner, ports::Embedder& embedder, const Standing& now);
    Changes looked_at(const base::Uuid& owner, const ports::Embedder& embedder);
    Changes changes_after(const base::Uuid& owner, const ports::Embedder& embedder, std::int64_t after);
    std::mutex& mutex_of(const base::Uuid& owner) { return working_[base::UuidHash()(owner) % working_.size()]; }

    ports::Database& database_;
    std::vector<ports::Embedder*> embedders_;
    QueryVectors queries_;
    LookedAt looked_at_;
    std::array<std::mutex, 64> working_;
};

}  // namespace engram::memory
