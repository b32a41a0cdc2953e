// Passwords and tokens over the secrets port.
#pragma once

#include <memory>

#include "modules/security/security.hpp"
#include "ports/clock.hpp"
#include "ports/random.hpp"
#include "ports/secrets.hpp"

namespace engram::security {

// Reads or makes the signing keys at once. The ports must outlive the service.
std::unique_ptr<SecurityService> make_security_service(ports::Secrets& secrets, ports::Clock& clock,
                                                       ports::Random& random);

}  // namespace engram::security
