#include "gateway/server_routes.hpp"

#include <boost/describe/class.hpp>

#include "base/log.hpp"
#include "http/docs_page.hpp"
#include "http/kit.hpp"

namespace engram::embedded {
std::string_view gateway(std::string_view name);
}

namespace engram::gateway {
namespace {

using http::Access;
using http::Answer;
using http::Caller;
using http::Method;
using http::Raw;
using http::Route;

constexpr const char* kHtml = "text/html; charset=utf-8";

struct DependencyState {
    std::string name, status;
};
BOOST_DESCRIBE_STRUCT(DependencyState, (), (name, status))

struct HealthState {
    std::string status;
    http::Maybe<std::vector<DependencyState>> dependencies;
};
BOOST_DESCRIBE_STRUCT(HealthState, (), (status, dependencies))

// GET /health: the process answers. ?ready: and so do its engines; 503 where one does not.
class GetHealth {
public:
    struct Input {
        std::optional<std::string> ready;
        static std::vector<http::FieldRule> rules() {
            return {{.name = "ready", .in = http::In::kQuery, .doc = "Ask the engines too"}};
        }
    };
    using Output = HealthState;
    static constexpr Route kRoute{.method = Method::kGet,
                                  .path = "/health",
                                  .access = Access::kPublic,
                                  .summary = "Is the server well?",
                                  .tag = "server",
                                  .root = true};

    explicit GetHealth(std::vector<Dependency> dependencies) : dependencies_(std::move(dependencies)) {}

    Answer<Output> process(const Caller&, const Input& input) const {
        Answer<Output> answer{.body = {.status = "ok"}};
        if (!input.ready) return answer;
        auto& states = answer.body.dependencies.value.emplace();
        for (const Dependency& dependency : dependencies_) {
            states.push_back({dependency.name, state_of(dependency)});
            if (dependency.is_needed && states.back().status != "ok")
                answer.status = 503, answer.body.status = "unavailable";
        }
        return answer;
    }

private:
    static std::string state_of(const Dependency& dependency) {
        try {
            dependency.check();
            return "ok";
        } catch (const std::exception& error) {
            base::log(base::Severity::kWarning, "an engine is not well",
                      {{"engine", dependency.name}, {"error", base::describe(error)}});
            return error.what();
        }
    }

    std::vector<Dependency> dependencies_;
};
BOOST_DESCRIBE_STRUCT(GetHealth::Input, (), (ready))

struct ServerState {
    std::string name = "engram", version, public_url, rp_id, registration;
    bool setup_needed = false, mail = false, push = false;
    std::optional<std::string> model;
    std::vector<std::string> oidc;
};
BOOST_DESCRIBE_STRUCT(ServerState, (),
                      (name, version, public_url, rp_id, registration, setup_needed, mail, push, model, oidc))

std::string word_of(user::Registration registration) {
    switch (registration) {
        case user::Registration::kOpen:
            return "open";
        case user::Registration::kInvite:
            return "invite";
        case user::Registration::kClosed:
            return "closed";
    }
    __builtin_unreachable();
}

// GET /server: what a client must know before anybody signs in.
class GetServer {
public:
    struct Input {};
    using Output = ServerState;
    static constexpr Route kRoute{.method = Method::kGet,
                                  .path = "/server",
                                  .access = Access::kPublic,
                                  .summary = "What this server is and offers",
                                  .tag = "server"};

    GetServer(ServerInfo info, user::UserService& users) : info_(std::move(info)), users_(&users) {}

    Answer<Output> process(const Caller&, Input) const {
        return {.body = {.version = info_.version,
                         .public_url = info_.public_url,
                         .rp_id = info_.rp_id,
                         .registration = word_of(users_->registration()),
                         .setup_needed = users_->setup_needed(),
                         .model = info_.models.empty() ? std::nullopt : std::optional(info_.models.front()->model())}};
    }

private:
    ServerInfo info_;
    user::UserService* users_;
};
BOOST_DESCRIBE_STRUCT(GetServer::Input, (), ())

// GET /metrics
class GetMetrics {
public:
    struct Input {};
    using Output = Raw;
    static constexpr Route kRoute{.method = Method::kGet,
                                  .path = "/metrics",
                                  .access = Access::kAdmin,
                                  .summary = "Metrics for Prometheus",
                                  .tag = "server",
                                  .root = true};

    explicit GetMetrics(Metrics& metrics) : metrics_(&metrics) {}
    Answer<Output> process(const Caller&, Input) const {
        return {.body = {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics_->text()}};
    }

private:
    Metrics* metrics_;
};
BOOST_DESCRIBE_STRUCT(GetMetrics::Input, (), ())

// GET /docs: the API's documentation, without a network.
class GetDocs {
public:
    struct Input {};
    using Output = Raw;
    static constexpr Route kRoute{.method = Method::kGet,
                                  .path = "/docs",
                                  .access = Access::kPublic,
                                  .summary = "This documentation as a page",
                                  .tag = "server",
                                  .root = true};

    Answer<Output> process(const Caller&, Input) const {
        return {.body = {.content_type = kHtml, .body = http::docs_html()}};
    }
};
BOOST_DESCRIBE_STRUCT(GetDocs::Input, (), ())

// GET /setup: makes the first account, or accepts an invitation; the token is in the address after the '#', which
// browsers keep to themselves.
class GetSetup {
public:
    struct Input {};
    using Output = Raw;
    static constexpr Route kRoute{.method = Method::kGet,
                                  .path = "/setup",
                                  .access = Access::kPublic,
                                  .summary = "The page that makes an account",
                                  .tag = "server",
                                  .root = true};

    Answer<Output> process(const Caller&, Input) const {
        return {.body = {.content_type = kHtml, .body = std::string(embedded::gateway("setup.html"))}};
    }
};
BOOST_DESCRIBE_STRUCT(GetSetup::Input, (), ())

// GET /: where to go from here.
class GetHome {
public:
    struct Input {};
    using Output = Raw;
    static constexpr Route kRoute{.method = Method::kGet,
                                  .path = "/",
                                  .access = Access::kPublic,
                                  .summary = "The front page",
                                  .tag = "server",
                                  .root = true};

    Answer<Output> process(const Caller&, Input) const {
        return {.body = {.content_type = kHtml, .body = std::string(embedded::gateway("home.html"))}};
    }
};
BOOST_DESCRIBE_STRUCT(GetHome::Input, (), ())

}  // namespace

std::vector<http::Endpoint> server_routes(ServerInfo info, user::UserService& users, Metrics& metrics,
                                          std::vector<Dependency> dependencies) {
    return {
        http::make_endpoint(GetHealth(std::move(dependencies))),
        http::make_endpoint(GetServer(std::move(info), users)),
        http::make_endpoint(GetMetrics(metrics)),
        http::make_endpoint(GetDocs()),
        http::make_endpoint(GetSetup()),
        http::make_endpoint(GetHome()),
    };
}

}  // namespace engram::gateway
