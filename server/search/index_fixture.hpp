// A feed and short words for the tests of this room.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ports/search_index.hpp"

namespace engram::search {

inline base::Uuid id_of(std::uint32_t number) {
    base::Uuid id;
    for (std::size_t i = 0; i < 4; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

inline std::uint32_t number_of(const base::Uuid& id) {
    std::uint32_t number = 0;
    for (std::size_t i = 12; i < 16; ++i) number = (number << 8) | id.bytes[i];
    return number;
}

inline base::Time day(int number) { return base::Time(std::chrono::days(20'000 + number)); }

// What the product's database is to the index: the last change of every entry, in order of revision. Any thread.
class FakeFeed {
public:
    std::int64_t put(std::uint32_t number, std::string text, std::string language = {}) {
        ports::IndexChange change;
        change.id = id_of(number);
        change.text = std::move(text);
        change.language = std::move(language);
        change.created_at = day(static_cast<int>(number));
        return put(std::move(change));
    }

    std::int64_t put(ports::IndexChange change) {
        const std::lock_guard lock(mutex_);
        change.revision = ++revision_;
        changes_[change.revision] = change;
        const auto old = revisions_.find(change.id);
        if (old != revisions_.end()) changes_.erase(old->second);
        revisions_[change.id] = change.revision;
        return revision_;
    }

    std::int64_t remove(std::uint32_t number) {
        ports::IndexChange change;
        change.id = id_of(number);
        change.deleted = true;
        return put(std::move(change));
    }

    ports::SearchIndex::Feed feed() {
        return [this](std::int64_t after, const ports::SearchIndex::Apply& apply) {
            std::vector<ports::IndexChange> wanted;
            {
                const std::lock_guard lock(mutex_);
                ++reads_;
                for (auto at = changes_.upper_bound(after); at != changes_.end(); ++at) wanted.push_back(at->second);
            }
            for (const auto& change : wanted) apply(change);
        };
    }

    std::int64_t revision() const {
        const std::lock_guard lock(mutex_);
        return revision_;
    }
    int reads() const {
        const std::lock_guard lock(mutex_);
        return reads_;
    }

private:
    mutable std::mutex mutex_;
    std::int64_t revision_ = 0;
    int reads_ = 0;
    std::map<std::int64_t, ports::IndexChange> changes_;
    std::map<base::Uuid, std::int64_t> revisions_;
};

inline ports::IndexQuery query_for(std::string text) {
    ports::IndexQuery query;
    query.text = std::move(text);
    return query;
}

inline ports::IndexChange change_of(std::uint32_t number, std::int64_t revision, std::string text) {
    ports::IndexChange change;
    change.id = id_of(number);
    change.revision = revision;
    change.text = std::move(text);
    return change;
}

inline std::vector<std::uint32_t> numbers_of(const ports::IndexAnswer& answer) {
    std::vector<std::uint32_t> numbers;
    for (const auto& hit : answer.hits) numbers.push_back(number_of(hit.id));
    return numbers;
}

}  // namespace engram::search
