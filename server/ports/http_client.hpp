// Asks servers of others over HTTP. Adapter: adapters/curl.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace engram::ports {

struct HttpHeader {
    std::string name, value;
};

struct OutgoingRequest {
    std::string method = "GET";
    std::string url;  // http:// or https://
    std::vector<HttpHeader> headers = {};
    std::string body = {};
    std::chrono::milliseconds time_limit{
        30'000};                             // for all of it: finding the server, asking, the last byte of the answer
    std::size_t answer_bytes_max = 8 << 20;  // of the body, unpacked
    std::stop_token stop = {};               // gives up within about a second
};

struct IncomingAnswer {
    int status = 0;
    std::vector<HttpHeader> headers = {};  // names in lower case
    std::string body = {};

    // The value of the first one of that name (lower case); nothing where there is none.
    std::optional<std::string_view> header(std::string_view name) const;
};

class HttpClient {
public:
    virtual ~HttpClient() = default;

    // The answer, whatever its status. Redirects are not followed: the new place may be another server's, and what was
    // sent, keys included, was not meant for that. Throws kUnavailable where there is no answer (no such host, nobody
    // there, a certificate that is not trusted, no end in time, stopped), kTooLarge where it is larger than
    // `answer_bytes_max`, kInvalid where method, URL or headers are none; the safe text names the host, and no text has
    // more of the request than that. Any thread; blocks.
    virtual IncomingAnswer send(const OutgoingRequest& request) = 0;
};

}  // namespace engram::ports
