// What memories and queries mean, as vectors: those of memories follow the feed in the background, those of queries are
// made when they are asked.
#pragma once

#include <array>
#include <list>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "modules/memory/looked_at.hpp"
#include "modules/memory/memory.hpp"
#include "ports/database.hpp"
#include "ports/embedder.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// The text that stands for a memory.
std::string meaning_text(const Memory& memory);

// What it is made of must outlive it. Any thread.
class Meanings {
public:
    // With each of `embedders`, the main one first; none: nothing is found by meaning.
    Meanings(ports::Database& database, std::vector<ports::Embedder*> embedders)
        : database_(database), embedders_(std::move(embedders)) {}

    bool has_models() const { return !embedders_.empty(); }

    enum class CaughtUp {
        kYes,
        kLater,  // a model is away
        kSoon,   // a model is being loaded
        kMore,   // this was a good deal of work; there is more, whatever a model that is not ready leaves
    };
    // Gives vectors to what has changed since the last time: what the person looks at, and what was told a moment ago,
    // before the rest. Throws kUnavailable where a model fails, or the stop is asked for.
    CaughtUp catch_up(const base::Uuid& owner, const std::stop_token& stop);

    // The person was shown these.
    void look_at(const base::Uuid& owner, const std::vector<Memory>& memories) { looked_at_.see(owner, memories); }

    // How many memories wait for their vectors.
    std::int64_t pending(const base::Uuid& owner);

    // The query by each model that is ready; asked again, from memory.
    std::vector<ports::IndexMeaning::Asked> ask(const std::string& query);

    // Those words of a query, folded, that a model knows: they are no misspellings.
    std::vector<std::string> right_words(const std::string& query);

    // Reads a person's vectors for the index.
    void feed(const base::Uuid& owner, std::int64_t after, const ports::IndexMeaning::Apply& apply);

private:
    struct Asked {
        std::string query;
        std::vector<ports::IndexMeaning::Asked> vectors;
    };

    CaughtUp catch_up(const base::Uuid& owner, ports::Embedder& embedder, const std::stop_token& stop);
    void remember(const Asked& made);
    void remove_other_models(const base::Uuid& owner, const std::vector<std::string>& models);
    void embed_looked_at(const base::Uuid& owner, ports::Embedder& embedder);
    void embed_changes(const base::Uuid& owner, ports::Embedder& embedder, std::int64_t after, std::int64_t latest);
    std::mutex& mutex_of(const base::Uuid& owner) { return working_[base::UuidHash()(owner) % working_.size()]; }

    ports::Database& database_;
    std::vector<ports::Embedder*> embedders_;
    LookedAt looked_at_;
    std::array<std::mutex, 64> working_;
    std::mutex asked_mutex_;
    std::list<Asked> asked_;  // the last in front
    std::unordered_map<std::string_view, std::list<Asked>::iterator> asked_by_query_;
};

}  // namespace engram::memory
