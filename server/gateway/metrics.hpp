// What Prometheus scrapes. The one room that includes prometheus-cpp.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "http/route.hpp"

namespace engram::gateway {

// Any thread.
class Metrics {
public:
    Metrics();
    ~Metrics();

    // Counts one answered request. `route` is nothing where none matched.
    void count(const http::Route* route, int status, std::chrono::nanoseconds duration);

    // The text format, version 0.0.4.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace engram::gateway
