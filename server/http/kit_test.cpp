#include "http/kit.hpp"

#include <gtest/gtest.h>

namespace engram::http {
namespace {

struct Probe {
    std::string name;
    std::optional<std::int64_t> limit;
    static std::vector<FieldRule> rules() { return {{.name = "name", .required = true}}; }
};
BOOST_DESCRIBE_STRUCT(Probe, (), (name, limit))

class Greet {
public:
    using Input = Probe;
    using Output = Probe;
    static constexpr Route kRoute{.method = Method::kPost, .path = "/greet/", .success = 201};
    Answer<Output> process(const Caller&, Input input) const { return {.body = std::move(input)}; }
};

TEST(Kit, ReadsCallsAndWrites) {
    const Endpoint endpoint = make_endpoint(Greet());
    Request request;
    request.headers.add("content-type", "application/json");
    request.body = R"({"name":"x"})";
    const Response response = endpoint.call({}, request, {});
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, R"({"name":"x","limit":null})");
}

}  // namespace
}  // namespace engram::http
