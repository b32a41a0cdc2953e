#include "modules/memory/query_vectors.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"

namespace engram::memory {
namespace {

constexpr std::size_t kKnownMax = 512;

bool is_of(const ports::IndexMeaning::Asked& vector, const ports::Embedder& embedder) {
    const std::size_t dims = embedder.dimensions();
    return vector.model == embedder.model() && (dims == 0 || vector.vector.size() == dims);
}

}  // namespace

QueryVectors::Asked QueryVectors::ask(const std::string& query) {
    std::vector<ports::IndexMeaning::Asked> known = find(query);
    Asked asked;
    bool is_news = false;
    for (ports::Embedder* embedder : embedders_) {
        const auto same = std::ranges::find_if(known, [&](const auto& one) { return is_of(one, *embedder); });
        if (same != known.end()) {
            asked.vectors.push_back(std::move(*same));
            continue;
        }
        ports::Embedder::Vector made = vector_of(*embedder, query);
        if (made.empty())
            asked.missing.push_back(embedder->model());
        else
            asked.vectors.push_back({embedder->model(), std::move(made), std::string(embedder->language())}),
                is_news = true;
    }
    if (is_news) remember(query, asked.vectors);
    return asked;
}

// Empty where there is none.
ports::Embedder::Vector QueryVectors::vector_of(ports::Embedder& embedder, const std::string& query) {
    if (embedder.status().state != ports::EmbedderState::kReady) return {};
    try {
        return std::move(embedder.embed(std::span(&query, 1), ports::EmbedPurpose::kQuery).front());
    } catch (const base::Error& error) {
        base::log(base::Severity::kWarning, "a query is answered without its meaning",
                  {{"model", embedder.model()}, {"error", base::describe(error)}});
        return {};
    }
}

std::vector<ports::IndexMeaning::Asked> QueryVectors::find(const std::string& query) {
    const std::lock_guard lock(mutex_);
    const auto known = by_query_.find(query);
    if (known == by_query_.end()) return {};
    known_.splice(known_.begin(), known_, known->second);
    return known->second->vectors;
}

void QueryVectors::remember(const std::string& query, const std::vector<ports::IndexMeaning::Asked>& vectors) {
    const std::lock_guard lock(mutex_);
    if (const auto known = by_query_.find(query); known != by_query_.end()) {
        known->second->vectors = vectors;
        return;
    }
    known_.push_front({query, vectors});
    by_query_[known_.front().query] = known_.begin();
    if (known_.size() <= kKnownMax) return;
    by_query_.erase(known_.back().query);
    known_.pop_back();
}

}  // namespace engram::memory
