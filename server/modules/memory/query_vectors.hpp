// What queries mean, as vectors: made when they are asked, and remembered for a while.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ports/embedder.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// Any thread.
class QueryVectors {
public:
    // They must outlive it.
    explicit QueryVectors(std::vector<ports::Embedder*> embedders) : embedders_(std::move(embedders)) {}

    struct Asked {
        std::vector<ports::IndexMeaning::Asked> vectors;
        std::vector<std::string> missing;  // models that have not answered
    };
    // The query by each model that answers. What one has answered is remembered, in memory alone.
    Asked ask(const std::string& query);

private:
    struct Known {
        std::string query;
        std::vector<ports::IndexMeaning::Asked> vectors;
    };

    std::vector<ports::IndexMeaning::Asked> find(const std::string& query);
    void remember(const std::string& query, const std::vector<ports::IndexMeaning::Asked>& vectors);
    static ports::Embedder::Vector vector_of(ports::Embedder& embedder, const std::string& query);

    const std::vector<ports::Embedder*> embedders_;
    std::mutex mutex_;        // of what follows
    std::list<Known> known_;  // the last in front
    std::unordered_map<std::string_view, std::list<Known>::iterator> by_query_;
};

}  // namespace engram::memory
