#include "modules/security/security_service.hpp"

#include <algorithm>
#include <array>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/thread.hpp"
#include "modules/security/access_token.hpp"
#include "modules/security/password_gate.hpp"

namespace engram::embedded {
std::string_view security(std::string_view name);
}

namespace engram::security {
namespace {

// Each one who waits holds a worker: a quarter of them at most, so that signing in never stops everything else.
constexpr std::size_t kPasswordsWaitingMax = 16;

class Service final : public SecurityService {
public:
    Service(ports::Secrets& secrets, ports::Clock& clock, ports::Random& random)
        : clock_(clock),
          gate_(base::core_count(), kPasswordsWaitingMax),
          refresh_key_(secrets.get_or_create("refresh-token-key", 32)) {
        const base::Bytes seed = secrets.get_or_create("access-token-seed", 32);
        signing_key_ = base::signing_key_from_seed(std::span<const std::uint8_t, 32>(seed.data(), 32));
        std::array<std::uint8_t, 16> nobody{};
        random.fill(nobody);
        nobody_ = base::to_hex(nobody);
    }

    std::string hash_password(std::string_view password) override {
        const PasswordGate::Place place(gate_);
        return base::hash_password(password);
    }

    bool verify_password(const std::string& phc, std::string_view password) override {
        const PasswordGate::Place place(gate_);
        if (!phc.empty()) return base::verify_password(phc, password);
        base::hash_password(nobody_);
        return false;
    }

    std::string access_token(const AccessClaims& claims) override { return write_access_token(signing_key_, claims); }

    std::optional<AccessClaims> check_access_token(std::string_view token) override {
        auto claims = read_access_token(signing_key_, token);
        if (claims && claims->expires_at <= clock_.now()) claims.reset();
        return claims;
    }

    std::string refresh_token(const RefreshClaims& claims) override {
        return write_refresh_token(refresh_key_, claims);
    }

    std::optional<RefreshClaims> check_refresh_token(std::string_view token) override {
        return read_refresh_token(refresh_key_, token);
    }

private:
    ports::Clock& clock_;
    PasswordGate gate_;
    const base::Bytes refresh_key_;
    base::SigningKey signing_key_;
    std::string nobody_;
};

}  // namespace

std::unique_ptr<SecurityService> make_security_service(ports::Secrets& secrets, ports::Clock& clock,
                                                       ports::Random& random) {
    return std::make_unique<Service>(secrets, clock, random);
}

bool is_leaked_password(std::string_view password) {
    static const std::string list = "\n" + std::string(embedded::security("leaked_passwords.txt"));
    return list.find("\n" + base::to_lower_ascii(password) + "\n") != std::string::npos;
}

std::optional<int> level_of_class(std::string_view classification) {
    if (classification == "general" || classification == "chronological") return 1;
    if (classification == "confidential") return 2;
    if (classification == "secret") return 3;
    if (classification == "ultrasecret") return 4;
    return std::nullopt;
}

}  // namespace engram::security
