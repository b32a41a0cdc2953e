#include "http/request_parser.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "http/token.hpp"

namespace engram::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t kChunkLineBytesMax = 4096;  // chunk size line with extensions, and all trailers
constexpr std::size_t kChunkLineBytesMin = 5;  // "0\r\n\r\n": Beast asserts that it sees so much of a lone last chunk
constexpr int kBad = 400;

Method method_of(beast_http::verb verb) {
    switch (verb) {
        case beast_http::verb::get:
            return Method::kGet;
        case beast_http::verb::head:
            return Method::kHead;
        case beast_http::verb::post:
            return Method::kPost;
        case beast_http::verb::put:
            return Method::kPut;
        case beast_http::verb::patch:
            return Method::kPatch;
        case beast_http::verb::delete_:
            return Method::kDelete;
        case beast_http::verb::options:
            return Method::kOptions;
        default:
            return Method::kOther;
    }
}

// The characters of RFC 3986 and those that browsers leave unescaped in a query (URL Standard). No fragment, no quote,
// no angle bracket, nothing outside of ASCII.
bool is_target(std::string_view target) {
    return std::all_of(target.begin(), target.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte < 0x7f && c != '"' && c != '<' && c != '>' && c != '#';
    });
}

bool is_authority(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return alphanumeric || (c != '\0' && std::string_view("-._~:[]%!$&'()*+,;=").find(c) != std::string_view::npos);
    });
}

// What Beast lets through: line folding, which other parsers read differently, and control characters. A line ends with
// CRLF and in no other way.
bool has_strict_lines(std::string_view head) {
    for (std::size_t i = 0; i < head.size(); ++i) {
        const auto byte = static_cast<unsigned char>(head[i]);
        if (byte >= 0x20 && byte != 0x7f) continue;
        if (byte == '\t') continue;
        if (byte != '\r' || i + 1 == head.size() || head[i + 1] != '\n') return false;
        ++i;
        if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) return false;
    }
    return true;
}

// "… HTTP/3.7": well-formed, of another version.
bool names_a_version(std::string_view head) {
    const std::string_view line = head.substr(0, head.find('\r'));
    constexpr std::size_t kBytes = 9;
    if (std::count(line.begin(), line.end(), ' ') != 2 || line.size() < kBytes ||
        line.substr(line.size() - kBytes, 6) != " HTTP/")
        return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return is_digit(line[line.size() - 3]) && line[line.size() - 2] == '.' && is_digit(line.back());
}

}  // namespace

std::size_t find_head_end(std::string_view buffer, std::size_t& scanned) {
    constexpr std::string_view kEnd = "\r\n\r\n";
    const std::size_t from = scanned < kEnd.size() ? 0 : scanned - (kEnd.size() - 1);
    const std::size_t at = buffer.find(kEnd, from);
    scanned = buffer.size();
    return at == std::string_view::npos ? at : at + kEnd.size();
}

std::optional<Refusal> RequestParser::parse_head(std::string_view head) {
    if (!has_strict_lines(head)) return Refusal{kBad, "The request has a control character or a folded line."};
    header_limit(std::numeric_limits<std::uint32_t>::max());  // the session has counted already
    body_limit(boost::none);
    error_code error;
    put(boost::asio::buffer(head.data(), head.size()), error);
    if (refusal_) return refusal_;
    if (error == beast_http::error::bad_version && names_a_version(head)) {
        return Refusal{505, "Only HTTP/1.0 and HTTP/1.1 are spoken here."};
    }
    if (error == beast_http::error::bad_content_length || error == beast_http::error::multiple_content_length) {
        return Refusal{kBad, "The request's Content-Length is not one number."};
    }
    if (error || !head_done_) return Refusal{kBad, "The request is not well-formed HTTP."};
    eager(true);
    return std::nullopt;
}

std::optional<Refusal> RequestParser::parse_body(std::string_view bytes, std::uint64_t bytes_max, std::string& sink,
                                                 std::size_t& taken) {
    taken = 0;
    const bool too_few = chunked_ && !any_chunk_ && bytes.size() < kChunkLineBytesMin;
    if (too_few || bytes.empty() || is_done()) return std::nullopt;
    body_bytes_max_ = bytes_max;
    sink_ = &sink;
    error_code error;
    taken = put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    sink_ = nullptr;
    if (refusal_) return refusal_;
    if (error && error != beast_http::error::need_more) {
        return Refusal{kBad, "The request's chunked body is not well-formed."};
    }
    if (error && bytes.size() - taken > kChunkLineBytesMax) return Refusal{kBad, "A chunk's head is too long."};
    return std::nullopt;
}

void RequestParser::refuse(int status, std::string_view detail, error_code& error) {
    refusal_ = Refusal{status, detail};
    error = beast_http::error::bad_field;
}

void RequestParser::on_request_impl(beast_http::verb method, string_view text, string_view target, int version,
                                    error_code& error) {
    version_ = version;
    request_.method = method_of(method);
    if (!is_token(text) || !is_target(target)) return refuse(kBad, "The request line is not well-formed.", error);
    const bool asterisk = target == "*" && request_.method == Method::kOptions;
    if (asterisk || target.front() == '/') {
        request_.target.assign(target.data(), target.size());
    } else {
        take_absolute_target(target, error);
    }
}

void RequestParser::take_absolute_target(std::string_view target, error_code& error) {
    const std::size_t scheme_bytes = target.find("://");
    const std::string_view scheme = target.substr(0, std::min(scheme_bytes, target.size()));
    if (scheme_bytes == std::string_view::npos || (!iequals(scheme, "http") && !iequals(scheme, "https"))) {
        return refuse(kBad, "The request's target is neither a path nor an http URL.", error);
    }
    const std::string_view rest = target.substr(scheme_bytes + 3);
    const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
    authority_ = std::string(rest.substr(0, path));
    if (authority_->empty() || !is_authority(*authority_)) {
        return refuse(kBad, "The request's target names no host.", error);
    }
    request_.target = rest.substr(path);
    if (!request_.target.starts_with('/')) request_.target.insert(0, 1, '/');
}

void RequestParser::on_field_impl(beast_http::field field, string_view name, string_view value, error_code& error) {
    if (head_done_) return;  // a trailer: nobody asks for one
    check_framing_field(field, value, error);
    if (error) return;
    request_.headers.add(std::string(name), std::string(value));
}

void RequestParser::check_framing_field(beast_http::field field, std::string_view value, error_code& error) {
    switch (field) {
        case beast_http::field::content_length: {
            constexpr std::size_t kDigitsMax = 18;
            const bool digits = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (content_length_ || value.empty() || value.size() > kDigitsMax || !digits) {
                return refuse(kBad, "The request's Content-Length is not one number.", error);
            }
            content_length_ = std::stoull(std::string(value));
            return;
        }
        case beast_http::field::transfer_encoding:
            if (chunked_ || version_ == 10) return refuse(kBad, "The request's Transfer-Encoding is wrong.", error);
            if (!iequals(value, "chunked")) return refuse(501, "The only transfer coding known is chunked.", error);
            chunked_ = true;
            return;
        case beast_http::field::host:
            if (++hosts_ > 1 || !is_authority(value)) return refuse(kBad, "The request's Host is wrong.", error);
            return;
        case beast_http::field::expect:
            if (!iequals(value, "100-continue"))
                return refuse(417, "The only expectation known is 100-continue.", error);
            expects_continue_ = version_ == 11;
            return;
        default:
            return;
    }
}

void RequestParser::on_header_impl(error_code& error) {
    head_done_ = true;
    if (content_length_ && chunked_) {
        return refuse(kBad, "The request has both Content-Length and Transfer-Encoding.", error);
    }
    if (version_ == 11 && hosts_ == 0) return refuse(kBad, "The request has no Host.", error);
    if (authority_) request_.headers.set("Host", *authority_);
}

std::size_t RequestParser::on_body_impl(string_view piece, error_code& /*error*/) {
    sink_->append(piece.data(), piece.size());
    body_bytes_ += piece.size();
    return piece.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, string_view /*extension*/, error_code& error) {
    any_chunk_ = true;
    if (size > body_bytes_max_ || body_bytes_ + size > body_bytes_max_) {
        refuse(413, "The request's body is too large.", error);
    }
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t /*rest*/, string_view piece, error_code& error) {
    return on_body_impl(piece, error);
}

}  // namespace engram::http
