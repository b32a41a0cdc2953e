// What Prometheus scrapes. The one room that includes prometheus-cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/route.hpp"

namespace engram::gateway {

// A kind of jobs: how many there are, and what has become of those that this process did.
struct JobNumbers {
    std::string kind;
    std::int64_t waiting = 0, dead = 0;
    bool paused = false;
    std::int64_t done = 0, failed = 0, died = 0;
};

// Any thread.
class Metrics {
public:
    Metrics();
    ~Metrics();

    // Counts one answered request. `route` is nothing where none matched.
    void count(const http::Route* route, int status, std::chrono::nanoseconds duration);

    // Counts WebSockets that are open (1: one more, -1: one less) and the messages they are sent.
    void count_live_socket(int change);
    void count_live_message();

    // Where the numbers of the jobs come from, asked at each scrape. Once, at the start.
    void read_jobs_from(std::function<std::vector<JobNumbers>()> source);

    // The text format, version 0.0.4.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace engram::gateway
