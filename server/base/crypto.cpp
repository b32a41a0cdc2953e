#include "base/crypto.hpp"

#include <sodium.h>

#include "base/error.hpp"

namespace engram::base {
namespace {

// sodium_init is safe to call again and from any thread.
void ready() {
    static const bool initialised = sodium_init() >= 0;
    if (!initialised) throw Error(Code::kInternal, "The cryptography library did not start.");
}

crypto_hash_sha256_state* state_of(std::array<std::uint8_t, 104>& bytes) {
    static_assert(sizeof(crypto_hash_sha256_state) == 104 && alignof(crypto_hash_sha256_state) <= 8);
    return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

}  // namespace

void system_random(std::span<std::uint8_t> out) {
    ready();
    randombytes_buf(out.data(), out.size());
}

Hash hash(ByteView data, ByteView key) {
    ready();
    Hash out;
    crypto_generichash(out.data(), out.size(), data.data(), data.size(), key.empty() ? nullptr : key.data(),
                       key.size());
    return out;
}

Hash hash_text(std::string_view data) { return hash(as_bytes(data)); }

Hash sha256(ByteView data) {
    Hash out;
    crypto_hash_sha256(out.data(), data.data(), data.size());
    return out;
}

Sha256::Sha256() { crypto_hash_sha256_init(state_of(state_)); }

void Sha256::update(std::string_view data) {
    crypto_hash_sha256_update(state_of(state_), as_bytes(data).data(), data.size());
}

Hash Sha256::finish() {
    Hash result{};
    crypto_hash_sha256_final(state_of(state_), result.data());
    return result;
}

bool equal_secret(ByteView left, ByteView right) {
    return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string hash_password(std::string_view password) {
    ready();
    constexpr unsigned long long kPasses = 2;
    constexpr std::size_t kMemoryBytes = 19u << 20;
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw Error(Code::kUnavailable, "There is not enough memory to check a password now.");
    return out.data();
}

bool verify_password(const std::string& phc, std::string_view password) {
    ready();
    if (phc.size() >= crypto_pwhash_STRBYTES) return false;
    std::array<char, crypto_pwhash_STRBYTES> padded{};
    phc.copy(padded.data(), phc.size());
    return crypto_pwhash_str_verify(padded.data(), password.data(), password.size()) == 0;
}

SigningKey signing_key_from_seed(std::span<const std::uint8_t, 32> seed) {
    ready();
    SigningKey key;
    crypto_sign_seed_keypair(key.public_key.data(), key.secret.data(), seed.data());
    return key;
}

std::array<std::uint8_t, 64> sign(const SigningKey& key, ByteView message) {
    std::array<std::uint8_t, 64> signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), key.secret.data());
    return signature;
}

bool verify_signature(std::span<const std::uint8_t, 32> public_key, ByteView message, ByteView signature) {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) == 0;
}

std::string to_base64url(ByteView data) {
    std::string out(sodium_base64_encoded_len(data.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), data.data(), data.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.pop_back();
    return out;
}

bool from_base64url(std::string_view text, Bytes& out) {
    out.resize(text.size());
    if (text.empty()) return true;  // libsodium wants no null pointer, not even for nothing
    std::size_t length = 0;
    const char* end = nullptr;
    const bool good = sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, &end,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                      end == text.data() + text.size();
    out.resize(good ? length : 0);
    return good;
}

std::string to_hex(ByteView data) {
    std::string out(data.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), data.data(), data.size());
    out.pop_back();
    return out;
}

}  // namespace engram::base
