#include "http/peer_count.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace engram::http {

std::string peer_group(const std::string& address) {
    boost::system::error_code error;
    const auto parsed = boost::asio::ip::make_address(address, error);
    if (error || parsed.is_loopback()) return {};
    if (parsed.is_v4()) return address;
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), 0);
    return boost::asio::ip::make_address_v6(bytes).to_string();
}

std::size_t PeerCount::enter(const std::string& group) {
    const std::lock_guard lock(mutex_);
    return ++counts_[group];
}

void PeerCount::leave(const std::string& group) {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(group);
    if (--found->second == 0) counts_.erase(found);
}

}  // namespace engram::http
