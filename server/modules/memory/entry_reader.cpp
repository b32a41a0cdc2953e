#include "modules/memory/entry_reader.hpp"

#include <optional>

#include "modules/memory/memory_row.hpp"
#include "ports/packed_row.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kPlainLevel = 1;  // what is kept above it is never in memory longer than it takes

using Found = std::vector<std::optional<FoundEntry>>;  // by hit

std::vector<FoundEntry> in_order(Found&& found) {
    std::vector<FoundEntry> entries;
    entries.reserve(found.size());
    for (auto& entry : found)
        if (entry) entries.push_back(*std::move(entry));
    return entries;
}

}  // namespace

std::vector<FoundEntry> EntryReader::read(const base::Uuid& owner, std::int64_t epoch,
                                          std::span<const ports::IndexHit> hits) {
    Found found(hits.size());
    std::vector<std::size_t> missing;
    std::string packed;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        if (cache_.find({owner, hits[i].id, epoch, hits[i].revision}, packed))
            found[i] = found_entry_of(ports::PackedRow(packed, entry_columns()));
        else
            missing.push_back(i);
    }
    if (missing.empty()) return in_order(std::move(found));
    std::vector<ListPlace> places;
    places.reserve(missing.size());
    for (const std::size_t i : missing) places.push_back({hits[i].created_at, hits[i].id});
    database_.read(owner, [&](ports::Transaction& tx) {
        auto next = missing.begin();
        store::find_at(tx, owner, places, [&](const ports::Row& row) {
            FoundEntry entry = found_entry_of(row);
            if (entry.memory.security_level <= kPlainLevel)
                cache_.add({owner, entry.memory.id, epoch, entry.memory.revision},
                           ports::pack_row(row, entry_columns()));
            while (hits[*next].id != entry.memory.id) ++next;  // one that has gone meanwhile
            found[*next] = std::move(entry);
        });
    });
    return in_order(std::move(found));
}

}  // namespace engram::memory
