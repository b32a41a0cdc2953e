// One measurement: how often, what the server's and the client's CPU took of it, how long it took.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "bench/connection.hpp"
#include "bench/server_process.hpp"

namespace engram::bench {

struct Measured {
    std::size_t count = 0;
    double server_cpu_ms = 0, client_cpu_ms = 0;  // per operation, with the jobs that it made
    double wall_p50_ms = 0, wall_p99_ms = 0;
    double rate = 0;  // operations per second, all clients together
};

// `request(i)` is the i-th request; every answer must have `status`, and `on_answer` may look at it afterwards, outside
// the measured time. `warm_up` requests go before, unmeasured.
struct Load {
    std::size_t count = 0, clients = 1, warm_up = 0;
    std::function<std::string(std::size_t)> request;
    int status = 200;
    std::function<void(const Answer&)> on_answer = {};
};

// Sends the load in a closed loop: each client has one request under way. Waits until the server's jobs are drained
// before and after. Throws base::Error at the first answer of another status.
Measured measure(const ServerProcess& server, const Load& load);

// One line of the table. Empty cells are printed as "–".
struct Row {
    std::string what, count, server_cpu, wall, client_cpu, figure, peers;
    std::string postgres_cpu = {}, postgres_wall = {};  // of the same on PostgreSQL
};
// The rows of a run on SQLite with the columns of a run on PostgreSQL beside them; what only the latter has comes last.
std::vector<Row> joined(std::vector<Row> sqlite, const std::vector<Row>& postgres);
Row row_of(std::string what, const Measured& measured, std::string figure, std::string peers);
std::string fixed(double value, int decimals);
void print_table(const std::string& title, const std::vector<Row>& rows);

}  // namespace engram::bench
