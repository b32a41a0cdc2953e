#include "http/status.hpp"

#include "base/text.hpp"

namespace engram::http {
namespace {

struct Meaning {
    int status;
    std::string_view word, title;
};

// No default: a new code must break the build here, and nowhere else.
Meaning meaning_of(base::Code code) {
    using base::Code;
    switch (code) {
        case Code::kInternal:
            return {500, "internal", "Something went wrong on the server"};
        case Code::kMalformed:
            return {400, "malformed", "The request cannot be read"};
        case Code::kInvalid:
            return {422, "invalid", "Some fields cannot be used"};
        case Code::kUnauthenticated:
            return {401, "unauthenticated", "Sign-in needed"};
        case Code::kForbidden:
            return {403, "forbidden", "Not allowed"};
        case Code::kNotFound:
            return {404, "not-found", "Not found"};
        case Code::kMethodNotAllowed:
            return {405, "method-not-allowed", "This method is not for this address"};
        case Code::kTimeout:
            return {408, "timeout", "The request took too long to arrive"};
        case Code::kConflict:
            return {409, "conflict", "In conflict with what is stored"};
        case Code::kStale:
            return {412, "stale", "Changed by somebody else meanwhile"};
        case Code::kTooLarge:
            return {413, "too-large", "The request is too large"};
        case Code::kUnsupportedType:
            return {415, "unsupported-type", "This kind of content is not understood"};
        case Code::kRateLimited:
            return {429, "rate-limited", "Too many requests"};
        case Code::kUnavailable:
            return {503, "unavailable", "Not available right now"};
        case Code::kStorageFull:
            return {507, "storage-full", "The disk of the server is full"};
    }
    __builtin_unreachable();
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
    base::append_json_string(out += ',', name);
    base::append_json_string(out += ':', value);
}

void append_fields(std::string& out, const std::vector<base::FieldError>& fields) {
    out += ",\"errors\":[";
    for (std::size_t i = 0; i < fields.size(); ++i) {
        out += i == 0 ? "{\"field\":" : ",{\"field\":";
        base::append_json_string(out, fields[i].field);
        append_member(out, "code", fields[i].code);
        append_member(out, "message", fields[i].message);
        out += '}';
    }
    out += ']';
}

}  // namespace

int status_of(base::Code code) { return meaning_of(code).status; }
std::string_view title_of(base::Code code) { return meaning_of(code).title; }
std::string_view word_of(base::Code code) { return meaning_of(code).word; }

Response problem(const base::Error& error, std::string_view request_id) {
    const Meaning meaning = meaning_of(error.code());
    Response response{.status = meaning.status};
    response.headers.add("Content-Type", "application/problem+json");
    if (error.retry_after) response.headers.add("Retry-After", std::to_string(error.retry_after->count()));
    std::string& body = response.body;
    base::append_json_string(body += "{\"type\":", error.type.empty() ? std::string_view("about:blank") : error.type);
    append_member(body, "title", meaning.title);
    body += ",\"status\":" + std::to_string(meaning.status);
    append_member(body, "detail", error.safe());
    append_member(body, "code", error.type.empty() ? meaning.word : error.type);
    body += ",\"params\":{}";
    append_member(body, "request_id", request_id);
    if (!error.fields.empty()) append_fields(body, error.fields);
    body += '}';
    return response;
}

}  // namespace engram::http
