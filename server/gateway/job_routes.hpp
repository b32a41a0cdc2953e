// The endpoints of the queue, for admins: what waits, what failed for good, and what to do about it.
#pragma once

#include <vector>

#include "gateway/metrics.hpp"
#include "http/route.hpp"
#include "jobs/runner.hpp"
#include "ports/queue.hpp"

namespace engram::gateway {

// Of each kind that this process does or that has jobs, by name.
std::vector<JobNumbers> job_numbers(ports::Queue& queue, const jobs::Runner& runner);

// What is handed over must outlive the endpoints.
std::vector<http::Endpoint> job_routes(ports::Queue& queue, const jobs::Runner& runner);

}  // namespace engram::gateway
