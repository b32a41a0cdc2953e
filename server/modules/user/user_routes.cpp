#include "modules/user/user_routes.hpp"

#include "http/kit.hpp"
#include "modules/user/session_endpoints.hpp"
#include "modules/user/user_endpoints.hpp"

namespace engram::user {

std::vector<http::Endpoint> routes(UserService& users, AccountErasure& erasure) {
    return {
        http::make_endpoint(CreateUser(users)),   http::make_endpoint(GetMe(users)),
        http::make_endpoint(ChangeMe(users)),     http::make_endpoint(Login(users)),
        http::make_endpoint(Refresh(users)),      http::make_endpoint(Logout(users)),
        http::make_endpoint(CreateInvite(users)), http::make_endpoint(ListInvites(users)),
        http::make_endpoint(RevokeInvite(users)), http::make_endpoint(DeleteMe(erasure)),
    };
}

}  // namespace engram::user
