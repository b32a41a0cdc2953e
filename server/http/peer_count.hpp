// How many connections each client has, so that one cannot take them all. Internal to http.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace engram::http {

// Whom an address is counted for: itself, for IPv6 its /64, which one customer has whole. Empty, which is nobody: a
// loopback address, as a reverse proxy has it, and what is no address.
std::string peer_group(const std::string& address);

// Any thread.
class PeerCount {
public:
    // The number with the new one.
    std::size_t enter(const std::string& group);
    void leave(const std::string& group);

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::size_t> counts_;
};

// The place of one connection, left at its end; may be handed on. The count must outlive it. Nobody's place is not
// counted.
class PeerSeat {
public:
    PeerSeat(PeerCount& counts, std::string group)
        : counts_(counts), group_(std::move(group)), taken_(group_.empty() ? 0 : counts_.enter(group_)) {}
    ~PeerSeat() {
        if (!group_.empty()) counts_.leave(group_);
    }
    PeerSeat(PeerSeat&& other) noexcept
        : counts_(other.counts_), group_(std::exchange(other.group_, {})), taken_(other.taken_) {}
    PeerSeat& operator=(PeerSeat&&) = delete;

    std::size_t taken() const { return taken_; }  // by the group, when this one came

private:
    PeerCount& counts_;
    std::string group_;
    const std::size_t taken_;
};

}  // namespace engram::http
