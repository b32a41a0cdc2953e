#include "gateway/session_cache.hpp"

#include <cstring>

namespace engram::gateway {

std::size_t SessionCache::HashOfHash::operator()(const base::Hash& hash) const {
    std::size_t head = 0;
    std::memcpy(&head, hash.data() + 1, sizeof head);
    return head;
}

bool SessionCache::is_fresh(const Entry& entry, base::Time now) const {
    if (entry.token_expires_at <= now || entry.session.expires_at <= now) return false;
    return !options_.recheck_after || now - entry.checked_at < *options_.recheck_after;
}

std::optional<SessionCache::Entry> SessionCache::look_up(std::string_view token, base::Time now) {
    const auto claims = security_.check_access_token(token);
    if (!claims) return std::nullopt;
    const auto session = users_.find_session(claims->session_id);
    if (!session || session->user_id != claims->user_id) return std::nullopt;
    return Entry{*session, claims->expires_at, now};
}

std::optional<user::Session> SessionCache::find(std::string_view token) {
    const base::Hash hash = base::hash_text(token);
    const base::Time now = clock_.now();
    Shard& shard = shard_of(hash);
    {
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.entries.find(hash);
        if (found != shard.entries.end() && is_fresh(found->second, now)) return found->second.session;
    }
    std::unique_lock counting(removals_mutex_);
    const std::uint64_t removals_before = removals_;
    counting.unlock();
    const auto entry = look_up(token, now);
    const std::scoped_lock lock(removals_mutex_, shard.mutex);
    if (!entry) {
        shard.entries.erase(hash);
        return std::nullopt;
    }
    if (removals_ == removals_before) {
        if (shard.entries.size() >= options_.entries_max / shards_.size()) shard.entries.clear();
        shard.entries[hash] = *entry;
    }
    return entry->session;
}

bool SessionCache::looks_good(std::string_view token) {
    const base::Hash hash = base::hash_text(token);
    Shard& shard = shard_of(hash);
    {
        const std::lock_guard lock(shard.mutex);
        if (shard.entries.contains(hash)) return true;
    }
    return security_.check_access_token(token).has_value();
}

void SessionCache::remove(const base::Uuid& session_id) {
    const std::lock_guard counting(removals_mutex_);
    ++removals_;
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        std::erase_if(shard.entries, [&](const auto& entry) { return entry.second.session.id == session_id; });
    }
}

}  // namespace engram::gateway
