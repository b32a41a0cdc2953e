// What is said on the live WebSocket, as JSON. Never any content of memories.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.hpp"

namespace engram::gateway {

// {"type":"hello","token":"..."}: who it is. It may say its "revision" too; the answer is the newest in any case.
struct Hello {
    std::string token;
};
// {"type":"ping"}
struct Ping {};

using ClientMessage = std::variant<Hello, Ping>;

// What it does not know is ignored. Throws kMalformed for all but the two above, kTooLarge as base::parse_json.
ClientMessage parse_client_message(std::string_view text);

inline constexpr const char* kPong = R"({"type":"pong"})";
std::string revision_message(std::int64_t revision, const std::optional<std::int64_t>& epoch);
std::string error_message(std::string_view code, std::string_view detail);

// A message for a person, as it is said on the bus: {"owner":"...","message":{"id":"...",...}}.
struct Told {
    base::Uuid owner;
    std::string id, message;  // of one id the newest counts
};

// Nothing for every other text.
std::optional<Told> parse_told(std::string_view text);

}  // namespace engram::gateway
