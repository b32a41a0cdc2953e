#include "gateway/live_messages.hpp"

#include <boost/json/value.hpp>

#include "base/error.hpp"
#include "base/json.hpp"
#include "http/json_write.hpp"

namespace engram::gateway {
namespace {

using boost::json::value;

constexpr base::JsonLimits kLimits{.depth_max = 4, .values_max = 256};

struct RevisionMessage {
    std::string type = "revision";
    std::int64_t revision = 0;
    http::Maybe<std::int64_t> epoch;
};
BOOST_DESCRIBE_STRUCT(RevisionMessage, (), (type, revision, epoch))

struct ErrorMessage {
    std::string type = "error", code, detail;
};
BOOST_DESCRIBE_STRUCT(ErrorMessage, (), (type, code, detail))

template <class Message>
std::string text_of(const Message& message) {
    std::string text;
    http::write_json(text, message);
    return text;
}

// The member of that name where `whole` is an object and has one.
const value* member(const value& whole, std::string_view name) {
    return whole.is_object() ? whole.get_object().if_contains(name) : nullptr;
}

std::string_view text_member(const value& whole, std::string_view name) {
    const value* found = member(whole, name);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

[[noreturn]] void refuse(const char* why) { throw base::Error(base::Code::kMalformed, why); }

Hello hello_of(const value& message) {
    Hello hello{.token = std::string(text_member(message, "token"))};
    if (hello.token.empty()) refuse("A hello has the access token: {\"type\":\"hello\",\"token\":\"...\"}.");
    const value* revision = member(message, "revision");
    const bool absent = revision == nullptr || revision->is_null();
    if (!absent && (!revision->is_int64() || revision->get_int64() < 0))
        refuse("The revision of a hello is a whole number.");
    return hello;
}

}  // namespace

ClientMessage parse_client_message(std::string_view text) {
    const value message = base::parse_json(text, kLimits);
    const std::string_view type = text_member(message, "type");
    if (type == "hello") return hello_of(message);
    if (type != "ping") refuse("A message here is an object whose type is hello or ping.");
    return Ping{};
}

std::string revision_message(std::int64_t revision, const std::optional<std::int64_t>& epoch) {
    return text_of(RevisionMessage{.revision = revision, .epoch = {epoch}});
}

std::string error_message(std::string_view code, std::string_view detail) {
    return text_of(ErrorMessage{.code = std::string(code), .detail = std::string(detail)});
}

std::optional<Told> parse_told(std::string_view text) {
    const value word = base::parse_json(text, kLimits);
    const auto owner = base::parse_uuid(text_member(word, "owner"));
    const value* message = member(word, "message");
    if (!owner || message == nullptr) return std::nullopt;
    Told told{.owner = *owner, .id = std::string(text_member(*message, "id")), .message = {}};
    if (told.id.empty()) return std::nullopt;
    base::append_json(told.message, *message);
    return told;
}

}  // namespace engram::gateway
