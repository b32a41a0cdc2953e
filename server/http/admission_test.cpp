#include <gtest/gtest.h>
#include <ifaddrs.h>
#include <sys/resource.h>

#include <optional>

#include "http/descriptors.hpp"
#include "http/peer_count.hpp"
#include "http/test_socket.hpp"

namespace engram::http {
namespace {

// An IPv4 address of this machine that is not of the loopback net, in network order.
std::optional<in_addr_t> own_address() {
    ifaddrs* list = nullptr;
    if (::getifaddrs(&list) != 0) return std::nullopt;
    std::optional<in_addr_t> found;
    for (const ifaddrs* at = list; at != nullptr; at = at->ifa_next) {
        if (at->ifa_addr == nullptr || at->ifa_addr->sa_family != AF_INET) continue;
        const in_addr_t address = reinterpret_cast<const sockaddr_in*>(at->ifa_addr)->sin_addr.s_addr;
        if (ntohl(address) >> 24 != 127) found = address;
    }
    ::freeifaddrs(list);
    return found;
}

TEST(Admission, CountsPeersByGroup) {
    EXPECT_EQ(peer_group("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(peer_group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    EXPECT_EQ(peer_group("2001:db8:1:2::9"), "2001:db8:1:2::");
    for (const char* nobody : {"127.0.0.1", "127.9.8.7", "::1", ""}) EXPECT_EQ(peer_group(nobody), "") << nobody;
}

TEST(Admission, GivesSeatsBack) {
    PeerCount counts;
    const PeerSeat first(counts, "a");
    EXPECT_EQ(first.taken(), 1u);
    EXPECT_EQ(PeerSeat(counts, "a").taken(), 2u);
    EXPECT_EQ(PeerSeat(counts, "a").taken(), 2u);
    EXPECT_EQ(PeerSeat(counts, "b").taken(), 1u);
    EXPECT_EQ(PeerSeat(counts, "").taken(), 0u);
}

TEST(Admission, TooManyConnectionsOfOnePeer) {
    const auto own = own_address();
    if (!own) GTEST_SKIP() << "this machine has no address but loopback";
    ServerOptions options = test_options();
    options.address = "0.0.0.0";
    options.connections_per_peer_max = 1;
    const auto server = start_echo(options);
    TestSocket first(server->port(), 0, *own);
    EXPECT_EQ(status_of(first.ask(get("/"))), 200);
    EXPECT_EQ(status_of(TestSocket(server->port(), 0, *own).read_to_end()), 503);
    TestSocket proxy(server->port());
    TestSocket other_proxy(server->port());
    EXPECT_EQ(status_of(proxy.ask(get("/"))), 200);
    EXPECT_EQ(status_of(other_proxy.ask(get("/"))), 200);
    first.close();
    std::string answer;
    do {
        TestSocket next(server->port(), 0, *own);
        next.send(get("/"));
        answer = next.read_answer();
    } while (status_of(answer) != 200);
}

TEST(Admission, ConnectionsLeaveDescriptorsToOthers) {
    EXPECT_EQ(connections_within(1024, 20'000), 1024u);
    EXPECT_EQ(connections_within(1024, 1024), 896u);
    EXPECT_EQ(connections_within(1024, 100), 1u);
}

TEST(Admission, RaisesTheSoftLimit) {
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    if (before.rlim_max == RLIM_INFINITY) GTEST_SKIP() << "no hard limit";
    const rlimit low{512, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
    const auto server = start_echo();
    rlimit after{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
    EXPECT_EQ(after.rlim_cur, before.rlim_max);
    EXPECT_EQ(raise_descriptor_limit(), before.rlim_max);
}

}  // namespace
}  // namespace engram::http
