#include "http/upgrade.hpp"

#include <algorithm>

#include "http/status.hpp"
#include "http/token.hpp"

namespace engram::http {
namespace {

// A header may come in several lines, each of them a list.
bool lists(const Headers& headers, std::string_view name, std::string_view token) {
    for (const Header& header : headers) {
        if (!iequals(header.name, name)) continue;
        std::string_view rest = header.value;
        while (!rest.empty())
            if (iequals(next_element(rest), token)) return true;
    }
    return false;
}

bool is_base64_digit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

// 16 bytes in base64.
bool is_key(std::string_view key) {
    return key.size() == 24 && key.ends_with("==") && std::all_of(key.begin(), key.end() - 2, is_base64_digit);
}

struct Fault {
    int status;
    std::string_view detail;
};

std::optional<Fault> fault_of(const Request& request) {
    const Headers& headers = request.headers;
    if (request.method != Method::kGet) return Fault{400, "A WebSocket is opened by GET."};
    if (!lists(headers, "Upgrade", "websocket")) return Fault{426, "This is for WebSockets."};
    if (!lists(headers, "Connection", "upgrade")) return Fault{400, "The header Connection does not say upgrade."};
    if (headers.find("Sec-WebSocket-Version") != "13") return Fault{426, "WebSockets of version 13 are spoken here."};
    const auto key = headers.find("Sec-WebSocket-Key");
    if (!key || !is_key(*key)) return Fault{400, "The header Sec-WebSocket-Key is not 16 bytes in base64."};
    return std::nullopt;
}

}  // namespace

std::optional<Response> refused_upgrade(const Request& request, std::string_view request_id) {
    const auto fault = fault_of(request);
    if (!fault) return std::nullopt;
    Response response = protocol_problem(fault->status, fault->detail, request_id);
    if (fault->status != 426) return response;
    response.headers.add("Upgrade", "websocket");
    response.headers.add("Sec-WebSocket-Version", "13");
    return response;
}

}  // namespace engram::http
