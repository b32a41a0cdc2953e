// Any bytes are no token of ours; a good token that they damage is none either; and where they are the claims of a
// token with a good signature, they must not be able to hurt.
#include <cstdlib>

#include "base/error.hpp"
#include "modules/security/access_token.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram;
    static const base::SigningKey key = base::signing_key_from_seed(std::array<std::uint8_t, 32>{1});
    const std::string text(data, data + size);
    if (security::read_access_token(key, text)) std::abort();
    if (security::read_refresh_token(base::as_bytes("0123456789abcdef"), text)) std::abort();
    const std::string good = security::write_access_token(key, {});
    if (!security::read_access_token(key, good)) std::abort();
    std::string damaged = good;
    for (std::size_t i = 0; i < size; ++i) damaged[(i * 31 + data[i]) % damaged.size()] = static_cast<char>(data[i]);
    if (damaged != good && security::read_access_token(key, damaged)) std::abort();
    std::string signed_text = good.substr(0, good.find('.') + 1) + base::to_base64url(base::as_bytes(text));
    signed_text += '.' + base::to_base64url(base::sign(key, base::as_bytes(signed_text)));
    try {
        security::read_access_token(key, signed_text);
    } catch (const base::Error& error) {
        if (error.code() != base::Code::kMalformed) std::abort();
    }
    return 0;
}
