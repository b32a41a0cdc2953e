// A connection that has become a WebSocket. Internal to http; Beast's part of it is in the .cpp alone.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <string>

#include "http/io_loop.hpp"
#include "http/message.hpp"
#include "http/peer_count.hpp"
#include "http/server_core.hpp"

namespace engram::http {

// TCP or Unix alike.
using AnySocket =
    boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, boost::asio::io_context::executor_type>;

// What a request that refused_upgrade() let through leaves to the WebSocket.
struct Upgrade {
    std::string host, key;  // its Host and Sec-WebSocket-Key
    std::string input;      // what the client has sent behind it
    Headers headers;        // of the answer
    AcceptWebSocket accept;
    PeerSeat seat;
};

// Takes over the connection with its place among those of `core` and `loop`, and answers 101. On the thread that leads
// the loop. What it throws leaves that place to the caller; the socket is lost.
void open_web_socket(ServerCore& core, IoLoop& loop, AnySocket socket, Upgrade upgrade);

}  // namespace engram::http
