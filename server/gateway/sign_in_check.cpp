#include "base/text.hpp"
#include "gateway/bearer_token.hpp"
#include "gateway/middlewares.hpp"

namespace engram::gateway {
namespace {

using base::Code;
using base::Error;
using http::Access;

class SignInCheck final : public Middleware {
public:
    SignInCheck(SessionCache& sessions, user::UserService& users, std::string metrics_token)
        : sessions_(sessions), users_(users), metrics_token_(std::move(metrics_token)) {}

    http::Response handle(Exchange& exchange, const Next& next) override {
        const http::Route& route = exchange.endpoint->route;
        exchange.caller.local = exchange.request.transport != http::Transport::kTcp;
        if (!may_scrape(exchange)) identify(exchange);
        if (exchange.caller.local && route.access == Access::kAdmin) exchange.caller.admin = true;
        demand(exchange.caller, route);
        return next(exchange);
    }

    void document(const http::Route& route, std::vector<http::StatusDoc>& statuses) const override {
        if (route.access == Access::kPublic) return;
        statuses.push_back({401, "No access token, or one that is not good any more"});
        statuses.push_back({403, "Signed in, but not allowed; `type` says what would allow it"});
    }

private:
    // A scraper has a token of its own, that opens this one door.
    bool may_scrape(Exchange& exchange) const {
        if (exchange.endpoint->route.path != "/metrics" || metrics_token_.empty()) return false;
        const auto token = bearer_token(exchange.request);
        if (!token || !base::equal_secret(base::as_bytes(*token), base::as_bytes(metrics_token_))) return false;
        return exchange.caller.admin = true;
    }

    void identify(Exchange& exchange) {
        if (exchange.caller.local) return identify_local(exchange);
        if (exchange.endpoint->route.access == Access::kPublic) return;
        const auto token = bearer_token(exchange.request);
        if (!token)
            throw Error(Code::kUnauthenticated, "Sign in first: send the header Authorization: Bearer <token>.");
        const auto session = sessions_.find(*token);
        if (!session)
            throw Error(Code::kUnauthenticated,
                        "This access token is not good any more. Refresh it, or sign in again.");
        exchange.caller.user_id = session->user_id;
        exchange.caller.session_id = session->id;
        exchange.caller.level = session->level;
        exchange.caller.admin = session->admin;
    }

    // The command line names its person, or there is only one.
    void identify_local(Exchange& exchange) {
        const Access access = exchange.endpoint->route.access;
        if (access == Access::kPublic || access == Access::kLocal) return;
        const auto phone_number = exchange.request.headers.find("Engram-User");
        const auto user = phone_number ? users_.find_by_phone_number(*phone_number) : users_.only_user();
        if (!user && phone_number)
            throw Error(Code::kNotFound,
                        "There is no account with the phone number " + std::string(*phone_number) + ".");
        if (!user && access == Access::kAdmin) return;  // who can read the socket runs this engram
        if (!user)
            throw Error(Code::kUnauthenticated,
                        "Whose memory? There is no account yet, or more than one: make one with `engram user add`, or "
                        "name one with --user.");
        exchange.caller.user_id = user->id;
        exchange.caller.level = user::session_level(user->security_level);
        exchange.caller.admin = user->role == "admin";
    }

    static void demand(const http::Caller& caller, const http::Route& route) {
        switch (route.access) {
            case Access::kPublic:
                return;
            case Access::kSignedIn:
                return;  // identify() threw where nobody is
            case Access::kAdmin:
                if (!caller.admin) throw Error(Code::kForbidden, "Only an admin of this engram may do this.");
                return;
            case Access::kLocal:
                if (!caller.local) throw Error(Code::kNotFound, "There is nothing here.");
                return;
        }
    }

    SessionCache& sessions_;
    user::UserService& users_;
    const std::string metrics_token_;
};

}  // namespace

std::unique_ptr<Middleware> make_sign_in_check(SessionCache& sessions, user::UserService& users,
                                               std::string metrics_token) {
    return std::make_unique<SignInCheck>(sessions, users, std::move(metrics_token));
}

}  // namespace engram::gateway
