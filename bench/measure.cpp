#include "bench/measure.hpp"

#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include "base/error.hpp"

namespace engram::bench {

namespace {

using Clock = std::chrono::steady_clock;

double client_cpu_ms() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

double ms_between(Clock::time_point begin, Clock::time_point end) {
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

double percentile(std::vector<double>& sorted, std::size_t percent) {
    return sorted.empty() ? 0 : sorted[std::min(sorted.size() - 1, sorted.size() * percent / 100)];
}

// All clients in one thread: two cores have to do for the server and for us.
class ClosedLoop {
public:
    ClosedLoop(std::uint16_t port, std::size_t clients, const std::vector<std::string>& requests, int status)
        : requests_(requests), status_(status), begun_(clients) {
        for (std::size_t i = 0; i < clients; ++i) {
            connections_.push_back(Connection::connect(port));
            polls_.push_back({connections_.back()->fd(), POLLIN, 0});
        }
    }

    void run() {
        for (std::size_t client = 0; client < connections_.size(); ++client) send_next(client);
        while (answers.size() < requests_.size()) {
            if (::poll(polls_.data(), polls_.size(), 60'000) <= 0) {
                throw base::Error(base::Code::kTimeout, "No answer within a minute.");
            }
            for (std::size_t client = 0; client < polls_.size(); ++client) {
                if (polls_[client].revents != 0) receive(client);
            }
        }
    }

    std::vector<Answer> answers;
    std::vector<double> wall_ms;

private:
    void send_next(std::size_t client) {
        if (next_ == requests_.size()) return;
        begun_[client] = Clock::now();
        connections_[client]->send(requests_[next_++]);
    }

    void receive(std::size_t client) {
        auto answer = connections_[client]->receive_some();
        if (!answer) return;
        wall_ms.push_back(ms_between(begun_[client], Clock::now()));
        if (answer->status != status_) {
            throw base::Error(base::Code::kInternal,
                              "An answer has status " + std::to_string(answer->status) + ": " + answer->body);
        }
        answers.push_back(std::move(*answer));
        send_next(client);
    }

    const std::vector<std::string>& requests_;
    int status_;
    std::size_t next_ = 0;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<pollfd> polls_;
    std::vector<Clock::time_point> begun_;
};

}  // namespace

Measured measure(const ServerProcess& server, const Load& load) {
    if (load.warm_up > 0) {
        measure(server,
                {.count = load.warm_up, .clients = load.clients, .request = load.request, .status = load.status});
    }
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < load.count; ++i) requests.push_back(load.request(i));
    ClosedLoop loop(server.port(), std::min(load.clients, load.count), requests, load.status);
    server.drain();
    const Seconds server_before = server.cpu();
    const double client_before = client_cpu_ms();
    const auto begun = Clock::now();
    loop.run();
    const double taken_ms = ms_between(begun, Clock::now());
    const double client_ms = client_cpu_ms() - client_before;
    server.drain();
    const double server_ms = (server.cpu() - server_before).count() * 1e3;
    if (load.on_answer) std::for_each(loop.answers.begin(), loop.answers.end(), load.on_answer);
    std::sort(loop.wall_ms.begin(), loop.wall_ms.end());
    const auto count = static_cast<double>(load.count);
    return {load.count,
            server_ms / count,
            client_ms / count,
            percentile(loop.wall_ms, 50),
            percentile(loop.wall_ms, 99),
            count / taken_ms * 1e3};
}

std::string fixed(double value, int decimals) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return text.data();
}

Row row_of(std::string what, const Measured& measured, std::string figure, std::string peers) {
    return {std::move(what),
            std::to_string(measured.count),
            fixed(measured.server_cpu_ms, 3),
            fixed(measured.wall_p50_ms, 2) + " / " + fixed(measured.wall_p99_ms, 2),
            fixed(measured.client_cpu_ms, 3),
            std::move(figure),
            std::move(peers)};
}

namespace {

constexpr std::size_t kColumns = 9;
using Cells = std::array<std::string, kColumns>;

Cells cells_of(const Row& row) {
    Cells cells{row.what,         row.count,         row.server_cpu, row.wall, row.client_cpu,
                row.postgres_cpu, row.postgres_wall, row.figure,     row.peers};
    for (auto& cell : cells) {
        if (cell.empty()) cell = "-";
    }
    return cells;
}

void print_line(const Cells& cells, const std::array<std::size_t, kColumns>& widths) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::printf("| %-*s ", static_cast<int>(widths[i]), cells[i].c_str());
    }
    std::puts("|");
}

}  // namespace

std::vector<Row> joined(std::vector<Row> sqlite, const std::vector<Row>& postgres) {
    for (const Row& row : postgres) {
        const auto same = std::find_if(sqlite.begin(), sqlite.end(), [&](const Row& r) { return r.what == row.what; });
        Row& to =
            same != sqlite.end() ? *same : sqlite.emplace_back(Row{row.what, row.count, "", "", "", row.figure, ""});
        to.postgres_cpu = row.server_cpu;
        to.postgres_wall = row.wall;
    }
    return sqlite;
}

void print_table(const std::string& title, const std::vector<Row>& rows) {
    std::vector<Cells> table{{"operation", "n", "server CPU ms", "wall ms p50 / p99", "client CPU ms",
                              "on PostgreSQL: CPU ms", "wall ms", "figure", "memos 0.30; PocketBase 0.36"}};
    for (const auto& row : rows) table.push_back(cells_of(row));
    std::array<std::size_t, kColumns> widths{};
    for (const auto& cells : table) {
        for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], cells[i].size());
    }
    Cells rule;
    for (std::size_t i = 0; i < rule.size(); ++i) rule[i] = std::string(widths[i], '-');
    std::printf("## %s\n\n", title.c_str());
    print_line(table[0], widths);
    print_line(rule, widths);
    for (std::size_t i = 1; i < table.size(); ++i) print_line(table[i], widths);
    std::puts("");
}

}  // namespace engram::bench
