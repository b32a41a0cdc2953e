// A table of requests with what is expected of each: the shape of every route's test.
#pragma once

#include <string>
#include <vector>

#include "testing/test_server.hpp"

namespace engram::testing {

struct Scenario {
    std::string name;
    http::Method method;
    std::string target, body;
    std::string token;  // whose request it is; empty: a stranger's
    int status;
    std::vector<std::string> contains;  // of the answer's body
    std::vector<std::string> contains_not = {};
};

// Sends each in order and checks its answer: status, texts, the request id, and that errors are problem documents.
void run_scenarios(TestServer& server, const std::vector<Scenario>& scenarios);

}  // namespace engram::testing
