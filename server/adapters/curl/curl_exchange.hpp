// One request and its answer over a handle. Internal.
#pragma once

#include <curl/curl.h>

#include <array>
#include <exception>
#include <string>

#include "adapters/curl/curl_client.hpp"
#include "adapters/curl/curl_handle.hpp"
#include "base/error.hpp"

namespace engram::curl {

// Used by one thread, once. What it refers to outlives it.
class Exchange {
public:
    Exchange(CURL* handle, const CurlOptions& options, const ports::OutgoingRequest& request);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    // Throws as ports::HttpClient::send.
    ports::IncomingAnswer run();

private:
    enum class Ended { kByLibrary, kStopped, kTooLarge, kFailed };

    void set_up_target();
    void set_up_headers();
    void set_up_limits();
    void set_up_answer();
    [[noreturn]] void fail(CURLcode code) const;

    bool take_body(std::string_view piece);
    bool take_header(std::string_view line);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept;

    CURL* handle_;
    const CurlOptions& options_;
    const ports::OutgoingRequest& request_;
    std::string host_;
    List headers_;
    std::array<char, CURL_ERROR_SIZE> message_{};
    ports::IncomingAnswer answer_;
    std::size_t header_bytes_ = 0;
    bool headers_ended_ = false;
    Ended ended_ = Ended::kByLibrary;
};

}  // namespace engram::curl
