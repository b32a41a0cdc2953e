#include "http/gzip.hpp"

#include <zlib.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "http/token.hpp"

namespace engram::http {
namespace {

constexpr int kLevel = 5;
constexpr int kGzipWindow = 15 + 16;  // zlib's sign for a gzip frame
constexpr int kMemoryLevel = 8;

// "gzip;q=0" and "gzip;q=0.000" mean never; whatever else is there means yes.
bool has_weight(std::string_view parameters) {
    const std::string_view text = base::trim(parameters);
    if (text.size() < 2 || !iequals(text.substr(0, 2), "q=")) return true;
    return text.find_first_of("123456789") != std::string_view::npos;
}

void add_vary(Headers& headers) {
    const auto vary = headers.find("Vary");
    if (!vary) return headers.add("Vary", "Accept-Encoding");
    std::string_view rest = *vary;
    while (!rest.empty()) {
        const std::string_view element = next_element(rest);
        if (element == "*" || iequals(element, "Accept-Encoding")) return;
    }
    headers.set("Vary", std::string(*vary) + ", Accept-Encoding");
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    bool any = false;
    while (!accept_encoding.empty()) {
        const std::string_view element = next_element(accept_encoding);
        const std::size_t semicolon = std::min(element.find(';'), element.size());
        const std::string_view name = base::trim(element.substr(0, semicolon));
        const bool wanted = has_weight(element.substr(std::min(element.size(), semicolon + 1)));
        if (iequals(name, "gzip") || iequals(name, "x-gzip")) return wanted;
        if (name == "*") any = wanted;
    }
    return any;
}

bool is_compressible(std::string_view content_type) {
    const std::string type = base::to_lower_ascii(base::trim(content_type.substr(0, content_type.find(';'))));
    if (type == "text/event-stream") return false;
    if (type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")) return true;
    return type == "application/json" || type == "application/xml" || type == "application/javascript" ||
           type == "application/x-ndjson" || type == "application/wasm";
}

std::string gzip(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw base::Error(base::Code::kInternal, "Out of memory.", "deflateInit2");
    }
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib's old signature; it only reads
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw base::Error(base::Code::kInternal, "Compression failed.", "deflate");
    return out;
}

void compress(const Request& request, Response& response, std::size_t bytes_min) {
    constexpr std::size_t kBytesMax = 1U << 30;  // zlib counts one call in 32 bits
    if (response.stream || response.body.size() < bytes_min || response.body.size() > kBytesMax) return;
    if (response.status == 206 || response.headers.find("Content-Encoding")) return;
    const auto type = response.headers.find("Content-Type");
    if (!type || !is_compressible(*type)) return;
    add_vary(response.headers);
    const auto accepted = request.headers.find("Accept-Encoding");
    if (!accepted || !accepts_gzip(*accepted)) return;
    std::string smaller = gzip(response.body);
    if (smaller.size() >= response.body.size()) return;
    response.body = std::move(smaller);
    response.headers.set("Content-Encoding", "gzip");
}

}  // namespace engram::http
