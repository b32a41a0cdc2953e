#include "http/router.hpp"

#include <gtest/gtest.h>

namespace engram::http {
namespace {

Endpoint route(Method method, std::string_view path, bool root = false) {
    Endpoint endpoint;
    endpoint.route = {.method = method, .path = path, .root = root};
    return endpoint;
}

Router sample() {
    Router router({"/api/v1", ""});
    router.add(route(Method::kGet, "/memories/"));
    router.add(route(Method::kPost, "/memories/"));
    router.add(route(Method::kPost, "/memories/search"));
    router.add(route(Method::kGet, "/memories/{id}"));
    router.add(route(Method::kGet, "/memories/{id}/versions"));
    router.add(route(Method::kGet, "/memories/{memory}/versions/{version}"));
    router.add(route(Method::kGet, "/health", true));
    router.add(route(Method::kGet, "/", true));
    return router;
}

struct Case {
    const char* name;
    Method method;
    std::string_view path;
    std::string_view route;  // empty: refused with `code`
    PathValues values = {};
    base::Code code = base::Code::kInternal;
    std::string_view allowed = {};
};

TEST(Router, Finds) {
    const Router router = sample();
    const std::vector<Case> cases{
        {"prefix", Method::kGet, "/api/v1/memories/", "/memories/"},
        {"no prefix", Method::kPost, "/memories", "/memories/"},
        {"static before parameter", Method::kPost, "/memories/search/", "/memories/search"},
        {"parameter", Method::kGet, "/api/v1/memories/a%20b", "/memories/{id}", {{"id", "a b"}}},
        {"an encoded slash is no slash", Method::kGet, "/memories/a%2Fb", "/memories/{id}", {{"id", "a/b"}}},
        {"back from a static dead end",
         Method::kGet,
         "/memories/search/versions",
         "/memories/{id}/versions",
         {{"id", "search"}}},
        {"names of the route itself",
         Method::kGet,
         "/memories/7/versions/9",
         "/memories/{memory}/versions/{version}",
         {{"memory", "7"}, {"version", "9"}}},
        {"head is served by get", Method::kHead, "/health", "/health"},
        {"root", Method::kGet, "/", "/"},
    };
    for (const Case& test : cases) {
        const Router::Match match = router.find(test.method, test.path);
        EXPECT_EQ(match.endpoint->route.path, test.route) << test.name;
        EXPECT_EQ(match.path, test.values) << test.name;
    }
}

TEST(Router, Refuses) {
    const Router router = sample();
    const std::vector<Case> cases{
        {"unknown", Method::kGet, "/nothing", "", {}, base::Code::kNotFound},
        {"root routes have no prefix", Method::kGet, "/api/v1/health", "", {}, base::Code::kNotFound},
        {"double slash", Method::kGet, "/memories//", "", {}, base::Code::kNotFound},
        {"leading double slash", Method::kGet, "//memories", "", {}, base::Code::kNotFound},
        {"empty", Method::kGet, "", "", {}, base::Code::kNotFound},
        {"star", Method::kOptions, "*", "", {}, base::Code::kNotFound},
        {"an inner node", Method::kGet, "/api", "", {}, base::Code::kNotFound},
        {"case matters", Method::kGet, "/Memories", "", {}, base::Code::kNotFound},
        {"method", Method::kPut, "/memories/", "", {}, base::Code::kMethodNotAllowed, "GET, HEAD, POST"},
        {"the static route decides", Method::kGet, "/memories/search", "", {}, base::Code::kMethodNotAllowed, "POST"},
        {"bad escape", Method::kGet, "/memories/%zz", "", {}, base::Code::kMalformed},
        {"bad UTF-8", Method::kGet, "/memories/%ff", "", {}, base::Code::kMalformed},
    };
    for (const Case& test : cases) {
        try {
            router.find(test.method, test.path);
            ADD_FAILURE() << test.name;
        } catch (const base::Error& error) {
            EXPECT_EQ(error.code(), test.code) << test.name;
            EXPECT_EQ(error.detail(), test.allowed) << test.name;
            if (test.code == base::Code::kMethodNotAllowed) {
                EXPECT_EQ(router.allowed(test.path), test.allowed) << test.name;
            }
        }
    }
    EXPECT_EQ(router.allowed("/nothing"), "");
}

TEST(Router, RefusesTheSameRouteTwiceAndBadPaths) {
    Router router;
    router.add(route(Method::kGet, "/a/{id}"));
    EXPECT_THROW(router.add(route(Method::kGet, "/a/{other}/")), base::Error);
    EXPECT_THROW(router.add(route(Method::kGet, "b")), base::Error);
    EXPECT_THROW(router.add(route(Method::kGet, "/b//c")), base::Error);
    EXPECT_NO_THROW(router.add(route(Method::kPut, "/a/{id}")));
    EXPECT_EQ(router.find(Method::kPut, "/api/v1/a/1").endpoint->route.path, "/a/{id}");
}

}  // namespace
}  // namespace engram::http
