// UUIDs: RFC 9562. Version 7 for everything that engram names itself.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace engram::base {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
};

struct UuidHash {
    std::size_t operator()(const Uuid& id) const {
        std::size_t tail = 0;  // the last 8 bytes of a version 7 id are random
        std::memcpy(&tail, id.bytes.data() + 8, sizeof tail);
        return tail;
    }
};

// The 36 character form in either case; nothing for every other text.
std::optional<Uuid> parse_uuid(std::string_view text);

// The 36 character form, lower case.
std::string to_string(const Uuid& id);

// Appends that form to `out`.
void append_uuid(std::string& out, const Uuid& id);

// The next id after `id` of the same millisecond: one more in its random part (RFC 9562 section 6.2, method 2).
Uuid next_uuid7(Uuid id);

// A version 7 id: the milliseconds of `time` (not before 1970), then 74 of the given 80 bits.
Uuid make_uuid7(Time time, std::span<const std::uint8_t, 10> random);

}  // namespace engram::base
