#include "http/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <limits>
#include <vector>

#include "base/error.hpp"

namespace engram::http {
namespace {

constexpr std::size_t kPieceBytes = 64 << 10;

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using Parser = beast_http::response_parser<beast_http::string_body>;

bool sends_length(const Request& request) {
    return !request.body.empty() || request.method == Method::kPost || request.method == Method::kPut ||
           request.method == Method::kPatch;
}

std::string to_wire(const Request& request) {
    std::string out(to_string(request.method));
    out.append(" ").append(request.target).append(" HTTP/1.1\r\n");
    if (!request.headers.find("Host")) out.append("Host: localhost\r\n");
    for (const Header& header : request.headers) {
        out.append(header.name).append(": ").append(header.value).append("\r\n");
    }
    if (request.body_reader != nullptr) {
        out.append("Transfer-Encoding: chunked\r\n");
    } else if (sends_length(request) && !request.headers.find("Content-Length")) {
        out.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    }
    out.append("\r\n").append(request.body);
    return out;
}

template <class Body>
Response head_of(const beast_http::response<Body>& message) {
    Response response;
    response.status = message.result_int();
    for (const auto& field : message) {
        response.headers.add(std::string(field.name_string()), std::string(field.value()));
    }
    return response;
}

Response to_response(beast_http::response<beast_http::string_body>&& message) {
    Response response = head_of(message);
    response.body = std::move(message.body());
    return response;
}

template <class Protocol>
class SocketClient final : public Client {
public:
    explicit SocketClient(const typename Protocol::endpoint& endpoint) : socket_(context_) {
        guarded([&] { socket_.connect(endpoint); });
    }

    Response send(const Request& request) override {
        Response response;
        guarded([&] {
            asio::write(socket_, asio::buffer(to_wire(request)));
            if (request.body_reader != nullptr) write_chunks(*request.body_reader);
            response = read_response(request.method == Method::kHead);
        });
        return response;
    }

    Response receive(const Request& request, const std::function<void(std::string_view)>& on_piece) override {
        Response response;
        guarded([&] {
            asio::write(socket_, asio::buffer(to_wire(request)));
            beast_http::response_parser<beast_http::buffer_body> parser;
            parser.body_limit(boost::none);
            beast_http::read_header(socket_, buffer_, parser);
            response = head_of(parser.get());
            read_pieces(parser, [&](std::string_view piece) {
                if (response.status < 300)
                    on_piece(piece);
                else
                    response.body += piece;
            });
        });
        return response;
    }

private:
    template <class OnPiece>
    void read_pieces(beast_http::response_parser<beast_http::buffer_body>& parser, const OnPiece& on_piece) {
        std::vector<char> piece(kPieceBytes);
        while (!parser.is_done()) {
            auto& body = parser.get().body();
            body.data = piece.data();
            body.size = piece.size();
            boost::system::error_code error;
            beast_http::read(socket_, buffer_, parser, error);
            if (error && error != beast_http::error::need_buffer) throw boost::system::system_error(error);
            on_piece({piece.data(), piece.size() - body.size});
        }
    }

    template <class Body>
    void guarded(Body body) {
        try {
            body();
        } catch (const boost::system::system_error& error) {
            throw base::Error(base::Code::kUnavailable, "The server does not answer.", error.code().message());
        }
    }

    // A server that has heard enough answers, and closes before the end.
    void write_chunks(BodyReader& body) {
        std::vector<char> piece(kPieceBytes);
        boost::system::error_code closed;
        std::size_t count = 0;
        do {
            count = body.read(piece);
            if (count > 0)
                asio::write(socket_, beast_http::make_chunk(asio::buffer(piece.data(), count)), closed);
            else
                asio::write(socket_, beast_http::make_chunk_last(), closed);
        } while (count > 0 && !closed);
    }

    // An interim answer (1xx) is read past.
    Response read_response(bool head_request) {
        for (;;) {
            Parser parser;
            parser.body_limit(boost::none);
            parser.header_limit(std::numeric_limits<std::uint32_t>::max());
            parser.skip(head_request);
            beast_http::read(socket_, buffer_, parser);
            if (parser.get().result_int() >= 200) return to_response(parser.release());
        }
    }

    asio::io_context context_{1};
    typename Protocol::socket socket_;
    boost::beast::flat_buffer buffer_;
};

}  // namespace

std::unique_ptr<Client> Client::connect_unix(const std::string& path) {
    using Protocol = asio::local::stream_protocol;
    try {
        return std::make_unique<SocketClient<Protocol>>(Protocol::endpoint(path));
    } catch (const boost::system::system_error& error) {
        throw base::Error(base::Code::kUnavailable, "No path of a socket: " + path + ".", error.code().message());
    }
}

std::unique_ptr<Client> Client::connect_tcp(const std::string& address, std::uint16_t port) {
    boost::system::error_code error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error) throw base::Error(base::Code::kUnavailable, "No address: " + address + ".", error.message());
    return std::make_unique<SocketClient<asio::ip::tcp>>(asio::ip::tcp::endpoint(parsed, port));
}

}  // namespace engram::http
