#include <gtest/gtest.h>

#include <map>

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "modules/security/access_token.hpp"
#include "modules/security/password_gate.hpp"
#include "modules/security/security_service.hpp"
#include "testing/fakes.hpp"

namespace engram::security {
namespace {

class SecretsInMemory final : public ports::Secrets {
public:
    base::Bytes get_or_create(std::string_view name, std::size_t size) override {
        auto& secret = secrets_[std::string(name)];
        secret.resize(size, static_cast<std::uint8_t>(name.size()));
        return secret;
    }

private:
    std::map<std::string, base::Bytes> secrets_;
};

struct SecurityTest : ::testing::Test {
    SecretsInMemory secrets;
    engram::testing::FakeClock clock;
    engram::testing::FakeRandom random;
    std::unique_ptr<SecurityService> service = make_security_service(secrets, clock, random);
    AccessClaims claims{{{1}}, {{2}}, clock.now(), clock.now() + std::chrono::minutes(15)};
};

TEST_F(SecurityTest, AnAccessTokenReadsBackUntilItExpires) {
    const std::string token = service->access_token(claims);
    EXPECT_EQ(token, service->access_token(claims));
    const auto read = service->check_access_token(token);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->user_id, claims.user_id);
    EXPECT_EQ(read->session_id, claims.session_id);
    EXPECT_EQ(read->expires_at, claims.expires_at);
    clock.advance(std::chrono::minutes(15));
    EXPECT_FALSE(service->check_access_token(token));
}

TEST_F(SecurityTest, EveryChangedByteOfATokenIsRefused) {
    const std::string token = service->access_token(claims);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(service->check_access_token(forged)) << i;
    }
    EXPECT_FALSE(service->check_access_token(""));
    EXPECT_FALSE(service->check_access_token("a.b.c"));
    // {"alg":"none"} with an empty signature, the oldest trick.
    EXPECT_FALSE(service->check_access_token("eyJhbGciOiJub25lIn0." + token.substr(37, 40) + "."));
}

TEST_F(SecurityTest, ATokenOfAnotherInstallationIsRefused) {
    std::array<std::uint8_t, 32> seed{};
    seed[0] = 99;
    EXPECT_FALSE(service->check_access_token(write_access_token(base::signing_key_from_seed(seed), claims)));
}

TEST_F(SecurityTest, ARefreshTokenCarriesItsGeneration) {
    const std::string token = service->refresh_token({{{7}}, 1'234'567'890'123});
    const auto read = service->check_refresh_token(token);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->session_id, (base::Uuid{{7}}));
    EXPECT_EQ(read->generation, 1'234'567'890'123);
    EXPECT_FALSE(service->check_refresh_token(token.substr(1)));
    EXPECT_FALSE(service->check_refresh_token("x" + token.substr(1)));
}

TEST_F(SecurityTest, PasswordsAreHashedAndUnknownPeopleCostTheSame) {
    const std::string phc = service->hash_password("correct horse battery");
    EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << phc;
    EXPECT_TRUE(service->verify_password(phc, "correct horse battery"));
    EXPECT_FALSE(service->verify_password(phc, "correct horse batterY"));
    EXPECT_FALSE(service->verify_password("", "correct horse battery"));
}

TEST(PasswordGateTest, RefusesWhenTooManyWait) {
    PasswordGate gate(1, 0);
    const PasswordGate::Place first(gate);
    try {
        const PasswordGate::Place second(gate);
        FAIL() << "the second found a place";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kUnavailable);
        EXPECT_TRUE(error.retry_after);
    }
}

TEST(LeakedPasswordTest, KnowsTheFirstGuesses) {
    EXPECT_TRUE(is_leaked_password("password1"));
    EXPECT_TRUE(is_leaked_password("PassWord1"));
    EXPECT_TRUE(is_leaked_password("123456789"));
    EXPECT_FALSE(is_leaked_password("assword1"));
    EXPECT_FALSE(is_leaked_password("otter-lamp-canyon"));
}

TEST(LevelTest, EveryClassHasOne) {
    EXPECT_EQ(level_of_class("general"), 1);
    EXPECT_EQ(level_of_class("chronological"), 1);
    EXPECT_EQ(level_of_class("confidential"), 2);
    EXPECT_EQ(level_of_class("secret"), 3);
    EXPECT_EQ(level_of_class("ultrasecret"), 4);
    EXPECT_EQ(level_of_class("Secret"), std::nullopt);
}

}  // namespace
}  // namespace engram::security
