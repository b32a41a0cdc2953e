// Who an access token belongs to, remembered: the signature is checked once per token and process (design.md 3).
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/crypto.hpp"
#include "modules/security/security.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"

namespace engram::gateway {

// Any thread. The services and the clock must outlive the cache.
class SessionCache {
public:
    struct Options {
        // How long an entry counts without a look at the sessions; nothing: until it is removed, which is enough where
        // this process is the only one on its database.
        std::optional<std::chrono::seconds> recheck_after;
        std::size_t entries_max = 100'000;
    };

    SessionCache(security::SecurityService& security, user::UserService& users, ports::Clock& clock, Options options)
        : security_(security), users_(users), clock_(clock), options_(options) {}

    // The session of a token; nothing where the token is not ours or expired, or its session is over.
    std::optional<user::Session> find(std::string_view token);

    // Whether a token is worth more than a stranger's: known here, or signed by us. No look-up: fit for an I/O thread.
    bool looks_good(std::string_view token);

    // Forgets a session at once, with every token of it.
    void remove(const base::Uuid& session_id);

private:
    struct Entry {
        user::Session session;
        base::Time token_expires_at{}, checked_at{};
    };
    struct HashOfHash {
        std::size_t operator()(const base::Hash& hash) const;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<base::Hash, Entry, HashOfHash> entries;
    };

    bool is_fresh(const Entry& entry, base::Time now) const;
    std::optional<Entry> look_up(std::string_view token, base::Time now);
    Shard& shard_of(const base::Hash& hash) { return shards_[hash[0] % shards_.size()]; }

    security::SecurityService& security_;
    user::UserService& users_;
    ports::Clock& clock_;
    const Options options_;
    std::array<Shard, 16> shards_;

    // Counts removals, so that a look-up that began before one does not put the entry back after it.
    std::mutex removals_mutex_;
    std::uint64_t removals_ = 0;
};

}  // namespace engram::gateway
