#include "adapters/curl/curl_exchange.hpp"

#include <algorithm>

#include "adapters/curl/curl_url.hpp"
#include "base/text.hpp"

namespace engram::curl {
namespace {

constexpr std::size_t kHeaderBytesMax = 64 << 10;
constexpr std::chrono::milliseconds kConnectMax{10'000};

base::Error invalid(const char* why) { return {base::Code::kInvalid, why}; }

void check(CURLcode code) {
    if (code != CURLE_OK)
        throw base::Error(base::Code::kInternal, "The HTTP client refuses a setting.", curl_easy_strerror(code));
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    check(curl_easy_setopt(handle, option, value));
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

bool is_field_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// What a person can do something about.
std::string reason(CURLcode code, std::chrono::milliseconds time_limit) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "has no address that could be found";
        case CURLE_COULDNT_CONNECT:
            return "cannot be reached: nobody listens there, or the way is blocked";
        case CURLE_OPERATION_TIMEDOUT:
            return "has not answered within " + std::to_string(time_limit.count()) + " ms";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "has a certificate that is not trusted here";
        case CURLE_SSL_CONNECT_ERROR:
            return "does not speak TLS as it should";
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
            return "does not speak HTTP";
        case CURLE_BAD_CONTENT_ENCODING:
            return "has answered with what cannot be unpacked";
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return "has broken off the connection";
        default:
            return "cannot be asked";
    }
}

}  // namespace

Exchange::Exchange(CURL* handle, const CurlOptions& options, const ports::OutgoingRequest& request)
    : handle_(handle), options_(options), request_(request), host_(host_of(request.url)) {
    set_up_target();
    set_up_headers();
    set_up_limits();
    set_up_answer();
}

void Exchange::set_up_target() {
    if (!is_token(request_.method)) throw invalid("A method is a word.");
    set(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle_, CURLOPT_URL, request_.url.c_str());
    set(handle_, CURLOPT_PROXY, options_.proxy.c_str());
    if (!options_.ca_file.empty()) set(handle_, CURLOPT_CAINFO, options_.ca_file.c_str());
    if (request_.method == "HEAD") return set(handle_, CURLOPT_NOBODY, 1L);
    if (!request_.body.empty() || request_.method == "POST" || request_.method == "PUT") {
        set(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        set(handle_, CURLOPT_POSTFIELDS, request_.body.data());
    }
    set(handle_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Exchange::set_up_headers() {
    set(handle_, CURLOPT_USERAGENT, options_.user_agent.c_str());
    set(handle_, CURLOPT_ACCEPT_ENCODING, "gzip");
    const auto add = [this](const std::string& line) {
        curl_slist* grown = curl_slist_append(headers_.get(), line.c_str());
        if (grown == nullptr) throw base::Error(base::Code::kInternal, "The HTTP client is out of memory.");
        if (!headers_) headers_.reset(grown);  // it stays the front of the list
    };
    add("Expect:");  // of libcurl, which waits a second for servers that do not know it
    for (const auto& [name, value] : request_.headers) {
        if (!is_token(name) || !is_field_value(value)) throw invalid("A header of this request is none.");
        std::string line = name;
        add(value.empty() ? line += ';' : line.append(": ").append(value));
    }
    set(handle_, CURLOPT_HTTPHEADER, headers_.get());
}

void Exchange::set_up_limits() {
    const auto limit = std::max(request_.time_limit, std::chrono::milliseconds(1));  // 0 is none to libcurl
    set(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
    set(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(limit, kConnectMax).count()));
    set(handle_, CURLOPT_NOSIGNAL, 1L);
    set(handle_, CURLOPT_NOPROGRESS, 0L);
    set(handle_, CURLOPT_XFERINFOFUNCTION, &Exchange::on_progress);
    set(handle_, CURLOPT_XFERINFODATA, static_cast<void*>(this));
}

void Exchange::set_up_answer() {
    set(handle_, CURLOPT_ERRORBUFFER, message_.data());
    set(handle_, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
    set(handle_, CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(handle_, CURLOPT_HEADERFUNCTION, &Exchange::on_header);
    set(handle_, CURLOPT_HEADERDATA, static_cast<void*>(this));
}

ports::IncomingAnswer Exchange::run() {
    if (request_.stop.stop_requested()) ended_ = Ended::kStopped;
    const CURLcode code = ended_ == Ended::kStopped ? CURLE_ABORTED_BY_CALLBACK : curl_easy_perform(handle_);
    if (code != CURLE_OK) fail(code);
    if (!headers_ended_) fail(CURLE_PARTIAL_FILE);  // an end among them is one to libcurl too
    long status = 0;
    check(curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status));
    answer_.status = static_cast<int>(status);
    return std::move(answer_);
}

void Exchange::fail(CURLcode code) const {
    using base::Code;
    std::string detail = std::string("libcurl: ") + curl_easy_strerror(code);
    if (code == CURLE_PEER_FAILED_VERIFICATION) (detail += ": ") += message_.data();
    switch (ended_) {
        case Ended::kTooLarge:
            throw base::Error(Code::kTooLarge, host_ + " has answered with more than was asked for.");
        case Ended::kStopped:
            throw base::Error(Code::kUnavailable, "The question to " + host_ + " was given up.");
        case Ended::kFailed:
            throw base::Error(Code::kInternal, "The answer of " + host_ + " could not be kept.");
        case Ended::kByLibrary:
            break;
    }
    throw base::Error(Code::kUnavailable, host_ + " " + reason(code, request_.time_limit) + ".", std::move(detail));
}

bool Exchange::take_body(std::string_view piece) {
    if (piece.size() > request_.answer_bytes_max - answer_.body.size()) {
        ended_ = Ended::kTooLarge;
        return false;
    }
    answer_.body.append(piece);
    return true;
}

bool Exchange::take_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > kHeaderBytesMax) {
        ended_ = Ended::kTooLarge;
        return false;
    }
    if (line.starts_with("HTTP/")) {  // what came before it was only preliminary
        answer_.headers.clear();
        headers_ended_ = false;
        return true;
    }
    if (headers_ended_) return true;  // after the body: not asked for
    headers_ended_ = base::trim(line).empty();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return true;
    answer_.headers.push_back(
        {base::to_lower_ascii(line.substr(0, colon)), std::string(base::trim(line.substr(colon + 1)))});
    return true;
}

// The edges of libcurl's C code: an exception must not pass through it.
std::size_t Exchange::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& exchange = *static_cast<Exchange*>(self);
    try {
        return exchange.take_body({data, size * count}) ? size * count : 0;
    } catch (const std::exception&) {
        exchange.ended_ = Ended::kFailed;
        return 0;
    }
}

std::size_t Exchange::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    auto& exchange = *static_cast<Exchange*>(self);
    try {
        return exchange.take_header({data, size * count}) ? size * count : 0;
    } catch (const std::exception&) {
        exchange.ended_ = Ended::kFailed;
        return 0;
    }
}

int Exchange::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
    auto& exchange = *static_cast<Exchange*>(self);
    if (!exchange.request_.stop.stop_requested()) return 0;
    exchange.ended_ = Ended::kStopped;
    return 1;
}

}  // namespace engram::curl
