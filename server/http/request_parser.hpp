// Reads one request (RFC 9112): Beast's parser behind stricter rules against request smuggling. Internal to http.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace engram::http {

// Why a request is answered by the server itself.
struct Refusal {
    int status;
    std::string_view detail;
};

// The size of the head at the front of `buffer`, with its empty line; npos where it has not all come. `scanned` is what
// earlier calls have looked at; 0 for a new head.
std::size_t find_head_end(std::string_view buffer, std::size_t& scanned);

// One request. Used by one thread at a time; `request` must outlive it.
class RequestParser final : private boost::beast::http::basic_parser<true> {
public:
    explicit RequestParser(Request& request) : request_(request) {}

    // Reads a whole head into the request. Nothing: it is good.
    std::optional<Refusal> parse_head(std::string_view head);

    // Of a head that is good.
    bool complete() const { return is_done(); }  // the body has ended too
    bool keep_alive() const { return basic_parser::keep_alive(); }
    bool http_1_0() const { return version_ == 10; }
    bool expects_continue() const { return expects_continue_; }
    std::optional<std::uint64_t> content_length() const { return content_length_; }
    std::uint64_t body_bytes() const { return body_bytes_; }  // that have come
    std::optional<std::uint64_t> body_left() const {          // nothing: nobody knows
        return content_length_ ? std::optional(*content_length_ - body_bytes_) : std::nullopt;
    }

    // Takes what it can of `bytes` and appends the body in it to `sink`; `taken` of them are used up. A refusal (413
    // past `bytes_max`, 400) is final.
    std::optional<Refusal> parse_body(std::string_view bytes, std::uint64_t bytes_max, std::string& sink,
                                      std::size_t& taken);

private:
    using error_code = boost::beast::error_code;
    using string_view = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb method, string_view text, string_view target, int version,
                         error_code& error) override;
    void on_field_impl(boost::beast::http::field field, string_view name, string_view value,
                       error_code& error) override;
    void on_header_impl(error_code& error) override;
    std::size_t on_body_impl(string_view piece, error_code& error) override;
    void on_chunk_header_impl(std::uint64_t size, string_view extension, error_code& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t rest, string_view piece, error_code& error) override;
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    void refuse(int status, std::string_view detail, error_code& error);
    void take_absolute_target(std::string_view target, error_code& error);
    void check_framing_field(boost::beast::http::field field, std::string_view value, error_code& error);

    Request& request_;
    std::optional<Refusal> refusal_;
    std::optional<std::uint64_t> content_length_;
    std::optional<std::string> authority_;  // of a target in absolute form
    std::uint64_t body_bytes_ = 0;
    std::uint64_t body_bytes_max_ = 0;
    std::string* sink_ = nullptr;
    int version_ = 11;
    int hosts_ = 0;
    bool head_done_ = false;
    bool chunked_ = false;
    bool any_chunk_ = false;
    bool expects_continue_ = false;
};

}  // namespace engram::http
