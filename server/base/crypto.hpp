// Cryptography, all of it by libsodium; the one room that includes it. Every function: any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engram::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Hash = std::array<std::uint8_t, 32>;

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Bytes from the kernel's generator. For everything but ports::Random's adapter: ask the port.
void system_random(std::span<std::uint8_t> out);

// BLAKE2b, 32 bytes (RFC 7693); keyed where `key` (16-64 bytes) is not empty.
Hash hash(ByteView data, ByteView key = {});
Hash hash_text(std::string_view data);

// SHA-256, FIPS 180-4.
Hash sha256(ByteView data);

// The same, piece by piece. Used by one thread.
class Sha256 {
public:
    Sha256();
    void update(std::string_view data);
    Hash finish();  // once

private:
    alignas(8) std::array<std::uint8_t, 104> state_;  // libsodium's, which stays in the .cpp
};

// Compares in constant time.
bool equal_secret(ByteView left, ByteView right);

// Argon2id (RFC 9106), 19 MiB and 2 passes, as the PHC string. About 20 ms of CPU: callers cap how many run at once.
std::string hash_password(std::string_view password);
bool verify_password(const std::string& phc, std::string_view password);

// Ed25519 (RFC 8032).
struct SigningKey {
    std::array<std::uint8_t, 64> secret{};
    std::array<std::uint8_t, 32> public_key{};
};
SigningKey signing_key_from_seed(std::span<const std::uint8_t, 32> seed);
std::array<std::uint8_t, 64> sign(const SigningKey& key, ByteView message);
bool verify_signature(std::span<const std::uint8_t, 32> public_key, ByteView message, ByteView signature);

// Base64url without padding (RFC 4648 section 5). from_base64url gives nothing, empty, for a text that is not.
std::string to_base64url(ByteView data);
bool from_base64url(std::string_view text, Bytes& out);
std::string to_hex(ByteView data);

}  // namespace engram::base
