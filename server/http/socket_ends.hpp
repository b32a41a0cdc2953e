// How a connection ends, by kind of stream. A new kind (TLS) adds its two functions here. Internal to http.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>

namespace engram::http {

// Tells the client that no more comes; what it still sends can be read.
template <class Protocol, class Executor>
void finish_sending(boost::asio::basic_stream_socket<Protocol, Executor>& socket) {
    boost::system::error_code ignored;  // the client may have gone: reading will tell
    socket.shutdown(boost::asio::socket_base::shutdown_send, ignored);
}

// Ends it; what is under way is called back with an error.
template <class Protocol, class Executor>
void close_stream(boost::asio::basic_stream_socket<Protocol, Executor>& socket) noexcept {
    boost::system::error_code ignored;  // closed in any case
    socket.close(ignored);
}

}  // namespace engram::http
