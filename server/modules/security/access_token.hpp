// Tokens as text: JWT (RFC 7519) with EdDSA (RFC 8037), and refresh tokens under a keyed hash. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"
#include "modules/security/security.hpp"

namespace engram::security {

std::string write_access_token(const base::SigningKey& key, const AccessClaims& claims);

// Nothing where the form, the algorithm or the signature is not ours. Does not look at the expiry.
std::optional<AccessClaims> read_access_token(const base::SigningKey& key, std::string_view token);

std::string write_refresh_token(base::ByteView key, const RefreshClaims& claims);
std::optional<RefreshClaims> read_refresh_token(base::ByteView key, std::string_view token);

}  // namespace engram::security
