#include "http/wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/log.hpp"
#include "http/token.hpp"

namespace engram::http {
namespace {

constexpr auto kStatusTexts = std::to_array<std::pair<int, std::string_view>>({
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
});

void append_number(std::string& out, std::size_t number, int base = 10) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    out.append(digits.data(), end);
}

bool belongs_to_connection(std::string_view name) {
    switch (name.size()) {
        case 10:
            return iequals(name, "Connection") || iequals(name, "Keep-Alive");
        case 14:
            return iequals(name, "Content-Length");
        case 17:
            return iequals(name, "Transfer-Encoding");
        default:
            return false;
    }
}

void append_headers(std::string& out, const Headers& headers) {
    for (const Header& header : headers) {
        if (!is_sendable(header)) continue;
        out.append(header.name).append(": ").append(header.value).append("\r\n");
    }
}

void append_content_length(std::string& out, const Response& response, const WireOptions& options) {
    const bool measured_by_handler = (options.head_request && response.body.empty()) || response.status == 304;
    if (measured_by_handler) {
        const auto given = response.headers.find("Content-Length");
        const bool digits = given && !given->empty() &&
                            std::all_of(given->begin(), given->end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits) out.append("Content-Length: ").append(*given).append("\r\n");
        if (digits || response.status == 304) return;
    }
    out.append("Content-Length: ");
    append_number(out, response.body.size());
    out.append("\r\n");
}

void append_framing(std::string& out, const Response& response, const WireOptions& options) {
    if (response.status < 200 || response.status == 204) return;
    if (options.chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    } else if (!options.close_delimited) {
        append_content_length(out, response, options);
    }
}

// An answer that asks for an upgrade names it here too (RFC 9110 section 7.8).
void append_connection(std::string& out, int status, const WireOptions& options) {
    if (status == 426) {
        out.append(options.keep_alive ? "Connection: upgrade\r\n" : "Connection: upgrade, close\r\n");
    } else if (!options.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (options.http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
}

}  // namespace

bool is_sendable(const Header& header) {
    if (belongs_to_connection(header.name)) return false;
    if (is_token(header.name) && is_field_value(header.value)) return true;
    base::log(base::Severity::kError, "a header of an answer was left out: not valid in HTTP");
    return false;
}

std::string_view status_text(int status) {
    const auto found = std::lower_bound(kStatusTexts.begin(), kStatusTexts.end(), status,
                                        [](const auto& entry, int wanted) { return entry.first < wanted; });
    return found != kStatusTexts.end() && found->first == status ? found->second : std::string_view{};
}

bool status_has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_head(std::string& out, const Response& response, const WireOptions& options) {
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(status_text(response.status)).append("\r\n");
    append_headers(out, response.headers);
    append_framing(out, response, options);
    append_connection(out, response.status, options);
    out.append("\r\n");
}

void append_chunk(std::string& out, std::string_view piece) {
    append_number(out, piece.size(), 16);
    out.append("\r\n").append(piece).append("\r\n");
}

}  // namespace engram::http
