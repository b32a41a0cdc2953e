#include "base/crypto.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace engram::base {
namespace {

TEST(Crypto, HashesAsTheStandardsSay) {
    // FIPS 180-4, "abc" and the empty text
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    // BLAKE2b-256 of "abc" and of nothing
    EXPECT_EQ(to_hex(hash_text("abc")), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    EXPECT_EQ(to_hex(hash({})), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST(Crypto, AKeyChangesTheHash) {
    Bytes key(32);
    std::iota(key.begin(), key.end(), std::uint8_t{0});
    const Hash keyed = hash(as_bytes("abc"), key);
    EXPECT_NE(keyed, hash_text("abc"));
    key[0] ^= 1;
    EXPECT_NE(keyed, hash(as_bytes("abc"), key));
}

// RFC 8032 section 7.1, test 2.
TEST(Crypto, SignsAsTheRfcSays) {
    const std::array<std::uint8_t, 32> seed{0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3,
                                            0x46, 0xec, 0x11, 0x4e, 0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab,
                                            0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb};
    const SigningKey key = signing_key_from_seed(seed);
    EXPECT_EQ(to_hex(key.public_key), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const auto signature = sign(key, as_bytes("r"));
    EXPECT_EQ(to_hex(signature),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(verify_signature(key.public_key, as_bytes("r"), signature));
    EXPECT_FALSE(verify_signature(key.public_key, as_bytes("s"), signature));
    EXPECT_FALSE(verify_signature(key.public_key, as_bytes("r"), ByteView(signature).first(63)));
    auto tampered = signature;
    tampered[5] ^= 1;
    EXPECT_FALSE(verify_signature(key.public_key, as_bytes("r"), tampered));
}

TEST(Crypto, PasswordsVerifyOnlyThemselves) {
    const std::string phc = hash_password("correct horse");
    EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << phc;
    EXPECT_TRUE(verify_password(phc, "correct horse"));
    EXPECT_FALSE(verify_password(phc, "correct horsf"));
    EXPECT_FALSE(verify_password("", "correct horse"));
    EXPECT_FALSE(verify_password(std::string(500, 'x'), "correct horse"));
    EXPECT_NE(phc, hash_password("correct horse"));
}

// RFC 4648 section 10, in the URL alphabet and without padding.
TEST(Crypto, Base64Url) {
    const std::vector<std::pair<std::string_view, std::string_view>> cases{
        {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xfe", "-__-"}};
    for (const auto& [plain, encoded] : cases) {
        EXPECT_EQ(to_base64url(as_bytes(plain)), encoded);
        Bytes out;
        ASSERT_TRUE(from_base64url(encoded, out)) << encoded;
        EXPECT_EQ(std::string(out.begin(), out.end()), plain);
    }
    for (const char* bad : {"Zg==", "Z", "Zm9v!", "+/+/", "Zm 9v", "Zh"}) {
        Bytes out{1};
        EXPECT_FALSE(from_base64url(bad, out)) << bad;
        EXPECT_TRUE(out.empty()) << bad;
    }
}

TEST(Crypto, ComparesSecretsAndDrawsRandomBytes) {
    EXPECT_TRUE(equal_secret(as_bytes("abc"), as_bytes("abc")));
    EXPECT_FALSE(equal_secret(as_bytes("abc"), as_bytes("abd")));
    EXPECT_FALSE(equal_secret(as_bytes("abc"), as_bytes("ab")));
    EXPECT_TRUE(equal_secret({}, {}));
    std::array<std::uint8_t, 32> one{}, two{};
    system_random(one);
    system_random(two);
    EXPECT_NE(one, two);
}

}  // namespace
}  // namespace engram::base
