#include "adapters/curl/curl_url.hpp"

#include <curl/curl.h>

#include <memory>

#include "base/error.hpp"

namespace engram::curl {
namespace {

struct CloseUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
    return text;
}

}  // namespace

std::string host_of(const std::string& url) {
    const std::unique_ptr<CURLU, CloseUrl> parsed(curl_url());
    const bool good = parsed && url.find('\0') == std::string::npos &&
                      curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
    const std::string scheme = good ? part_of(parsed.get(), CURLUPART_SCHEME) : "";
    if (scheme != "http" && scheme != "https")
        throw base::Error(base::Code::kInvalid, "A URL to ask must begin with http:// or https:// and a host.");
    const std::string port = part_of(parsed.get(), CURLUPART_PORT);
    return part_of(parsed.get(), CURLUPART_HOST) + (port.empty() ? "" : ":" + port);
}

}  // namespace engram::curl
