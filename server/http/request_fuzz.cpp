// Hostile bytes as one request: whatever a head and a body are, they read the same in one piece and byte by byte, and
// nothing that could split or smuggle a message comes through.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/request_parser.hpp"
#include "http/token.hpp"

namespace engram::http {
namespace {

constexpr std::uint64_t kBodyBytesMax = 1000;

struct Outcome {
    int status = 200;
    std::size_t used = 0;
    bool complete = false;
    std::string body;
    bool operator==(const Outcome&) const = default;
};

void check(const Request& request) {
    for (const Header& header : request.headers) {
        if (!is_token(header.name) || !is_field_value(header.value)) std::abort();
    }
    for (const char c : request.target) {
        if (c <= ' ' || c == 0x7f) std::abort();
    }
}

Outcome read(std::string_view data, std::size_t head_bytes, std::size_t step) {
    Request request;
    RequestParser parser(request);
    Outcome outcome;
    if (const auto refusal = parser.parse_head(data.substr(0, head_bytes))) return {refusal->status, 0, false, {}};
    check(request);
    const std::string_view body = data.substr(head_bytes);
    for (std::size_t end = std::min(step, body.size()); !parser.complete();) {
        std::size_t taken = 0;
        const auto piece = body.substr(outcome.used, end - outcome.used);
        const auto refusal = parser.parse_body(piece, kBodyBytesMax, outcome.body, taken);
        if (refusal) return {refusal->status, 0, false, {}};
        outcome.used += taken;
        if (end == body.size()) break;
        end = std::min(end + step, body.size());
    }
    outcome.complete = parser.complete();
    return outcome;
}

}  // namespace
}  // namespace engram::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using engram::http::read;
    const std::string_view data(reinterpret_cast<const char*>(bytes), size);
    std::size_t scanned = 0;
    const std::size_t head_bytes = engram::http::find_head_end(data, scanned);
    if (head_bytes == std::string_view::npos || size == 0) return 0;
    if (!(read(data, head_bytes, size) == read(data, head_bytes, 1))) std::abort();
    return 0;
}
