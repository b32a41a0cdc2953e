#include "http/status.hpp"

#include "base/text.hpp"
#include "http/wire.hpp"

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

// What only the protocol knows has no code in base.
Meaning meaning_of(int status) {
    using base::Code;
    switch (status) {
        case 400:
            return meaning_of(Code::kMalformed);
        case 408:
            return meaning_of(Code::kTimeout);
        case 413:
            return meaning_of(Code::kTooLarge);
        case 417:
            return {status, "expectation-failed", "What the request expects is not offered"};
        case 426:
            return {status, "upgrade-required", "This is not for plain HTTP"};
        case 431:
            return {status, "head-too-large", "The head of the request is too large"};
        case 500:
            return meaning_of(Code::kInternal);
        case 501:
            return {status, "not-implemented", "The server does not know how to do this"};
        case 503:
            return meaning_of(Code::kUnavailable);
        case 505:
            return {status, "version-not-supported", "This version of HTTP is not spoken here"};
        default:
            return {status, "refused", status_text(status)};
    }
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

// Without the closing brace. `type`: the error's own, or empty.
Response begin_problem(const Meaning& meaning, std::string_view type, std::string_view detail,
                       std::string_view request_id) {
    Response response{.status = meaning.status};
    response.headers.add("Content-Type", "application/problem+json");
    std::string& body = response.body;
    base::append_json_string(body += "{\"type\":", type.empty() ? std::string_view("about:blank") : type);
    append_member(body, "title", meaning.title);
    body += ",\"status\":" + std::to_string(meaning.status);
    append_member(body, "detail", detail);
    append_member(body, "code", type.empty() ? meaning.word : type);
    body += ",\"params\":{}";
    append_member(body, "request_id", request_id);
    return response;
}

}  // namespace

int status_of(base::Code code) { return meaning_of(code).status; }
std::string_view title_of(base::Code code) { return meaning_of(code).title; }
std::string_view word_of(base::Code code) { return meaning_of(code).word; }

Response problem(const base::Error& error, std::string_view request_id) {
    Response response = begin_problem(meaning_of(error.code()), error.type, error.safe(), request_id);
    if (error.retry_after) response.headers.add("Retry-After", std::to_string(error.retry_after->count()));
    if (!error.fields.empty()) append_fields(response.body, error.fields);
    if (!error.members.empty()) (response.body += ',') += error.members;
    response.body += '}';
    return response;
}

Response protocol_problem(int status, std::string_view detail, std::string_view request_id) {
    Response response = begin_problem(meaning_of(status), {}, detail, request_id);
    response.body += '}';
    return response;
}

Response edge_problem(int status, std::string_view detail, std::string_view request_id) {
    Response response = protocol_problem(status, detail, request_id);
    response.headers.add("X-Request-Id", std::string(request_id));
    return response;
}

}  // namespace engram::http
