#include "base/id.hpp"

namespace engram::base {
namespace {

constexpr char kHex[] = "0123456789abcdef";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool dash_before(std::size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

}  // namespace

std::optional<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid id;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (dash_before(i) && text[at++] != '-') return std::nullopt;
        const int high = hex_value(text[at]), low = hex_value(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        id.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
    }
    return id;
}

void append_uuid(std::string& out, const Uuid& id) {
    char text[36];
    char* at = text;
    for (std::size_t i = 0; i < 16; ++i) {
        if (dash_before(i)) *at++ = '-';
        *at++ = kHex[id.bytes[i] >> 4];
        *at++ = kHex[id.bytes[i] & 15];
    }
    out.append(text, sizeof text);
}

std::string to_string(const Uuid& id) {
    std::string out;
    out.reserve(36);
    append_uuid(out, id);
    return out;
}

Uuid next_uuid7(Uuid id) {
    for (std::size_t i = 15; i > 8; --i)
        if (++id.bytes[i] != 0) return id;
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | ((id.bytes[8] + 1) & 0x3f));
    return id;
}

Uuid make_uuid7(Time time, std::span<const std::uint8_t, 10> random) {
    Uuid id;
    auto ms = static_cast<std::uint64_t>(time.time_since_epoch().count() / 1000);
    for (std::size_t i = 6; i-- > 0; ms >>= 8) id.bytes[i] = static_cast<std::uint8_t>(ms);
    std::memcpy(id.bytes.data() + 6, random.data(), 10);
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

}  // namespace engram::base
