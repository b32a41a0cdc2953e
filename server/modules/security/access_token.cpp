#include "modules/security/access_token.hpp"

#include <boost/json/value.hpp>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::security {
namespace {

// {"alg":"EdDSA","typ":"JWT"}: the only header we write is the only one we read, so no algorithm can be swapped in.
constexpr std::string_view kHeader = "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.";

std::int64_t to_seconds(base::Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::optional<base::Uuid> uuid_of(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? base::parse_uuid(value->get_string()) : std::nullopt;
}

std::optional<base::Time> time_of(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    constexpr std::int64_t kYear10000 = 253'402'300'800;
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    if (value->get_int64() < 0 || value->get_int64() >= kYear10000) return std::nullopt;
    return base::Time(std::chrono::seconds(value->get_int64()));
}

std::optional<AccessClaims> claims_of(std::string_view json) {
    const boost::json::value value = base::parse_json(json);
    if (!value.is_object()) return std::nullopt;
    const auto& object = value.get_object();
    const auto user = uuid_of(object, "sub"), session = uuid_of(object, "sid");
    const auto issued = time_of(object, "iat"), expires = time_of(object, "exp");
    if (!user || !session || !issued || !expires) return std::nullopt;
    return AccessClaims{*user, *session, *issued, *expires};
}

base::Hash refresh_mac(base::ByteView key, base::ByteView body) { return base::hash(body, key); }

constexpr std::size_t kRefreshBody = 24;  // session id, generation

}  // namespace

std::string write_access_token(const base::SigningKey& key, const AccessClaims& claims) {
    const std::string payload = R"({"iss":"engram","sub":")" + to_string(claims.user_id) + R"(","sid":")" +
                                to_string(claims.session_id) + R"(","iat":)" +
                                std::to_string(to_seconds(claims.issued_at)) + R"(,"exp":)" +
                                std::to_string(to_seconds(claims.expires_at)) + "}";
    std::string token(kHeader);
    token += base::to_base64url(base::as_bytes(payload));
    const auto signature = base::sign(key, base::as_bytes(token));
    return token + '.' + base::to_base64url(signature);
}

std::optional<AccessClaims> read_access_token(const base::SigningKey& key, std::string_view token) {
    const auto dot = token.rfind('.');
    if (!token.starts_with(kHeader) || dot == std::string_view::npos || dot < kHeader.size()) return std::nullopt;
    base::Bytes payload, signature;
    if (!base::from_base64url(token.substr(dot + 1), signature)) return std::nullopt;
    if (!base::verify_signature(key.public_key, base::as_bytes(token.substr(0, dot)), signature)) return std::nullopt;
    if (!base::from_base64url(token.substr(kHeader.size(), dot - kHeader.size()), payload)) return std::nullopt;
    return claims_of({reinterpret_cast<const char*>(payload.data()), payload.size()});
}

std::string write_refresh_token(base::ByteView key, const RefreshClaims& claims) {
    base::Bytes bytes(claims.session_id.bytes.begin(), claims.session_id.bytes.end());
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(claims.generation) >> shift));
    const base::Hash mac = refresh_mac(key, bytes);
    bytes.insert(bytes.end(), mac.begin(), mac.end());
    return base::to_base64url(bytes);
}

std::optional<RefreshClaims> read_refresh_token(base::ByteView key, std::string_view token) {
    base::Bytes bytes;
    if (!base::from_base64url(token, bytes) || bytes.size() != kRefreshBody + sizeof(base::Hash)) return std::nullopt;
    const base::ByteView body = base::ByteView(bytes).first(kRefreshBody);
    if (!base::equal_secret(refresh_mac(key, body), base::ByteView(bytes).subspan(kRefreshBody))) return std::nullopt;
    RefreshClaims claims;
    std::copy_n(body.begin(), 16, claims.session_id.bytes.begin());
    std::uint64_t generation = 0;
    for (const std::uint8_t byte : body.subspan(16)) generation = generation << 8 | byte;
    claims.generation = static_cast<std::int64_t>(generation);
    return claims;
}

}  // namespace engram::security
