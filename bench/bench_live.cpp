// How soon a client hears of a memory on the live WebSocket, and what clients that only listen cost: real servers of
// this build, on SQLite, and two on one PostgreSQL.
#include <algorithm>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "bench/connection.hpp"
#include "bench/guarded.hpp"
#include "bench/server_process.hpp"
#include "bench/web_socket_client.hpp"
#include "testing/postgres_server.hpp"

namespace engram::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kIdle = 256, kEach = 32, kRounds = 2'000;
constexpr const char* kWho = R"("password":"otter lamp canyon","phone_number":"+49151000000)";

std::string person(std::size_t number) { return kWho + std::to_string(10 + number) + "\""; }

Answer post(std::uint16_t port, std::string_view target, const std::string& body, int status) {
    const auto connection = Connection::connect(port);
    Answer answer = connection->exchange(post_request("/api/v1" + std::string(target), {}, body));
    if (answer.status != status) throw base::Error(base::Code::kInternal, "Refused: " + answer.body);
    return answer;
}

void sign_up(const ServerProcess& server, std::size_t number) {
    server.drain();  // it has printed its link by then
    const std::string invite = number == 0 ? R"(,"invite":")" + server.setup_token() + "\"" : "";
    post(server.port(), "/users/", "{" + person(number) + invite + "}", 201);
}

std::string sign_in(const ServerProcess& server, std::size_t number) {
    const Answer pair = post(server.port(), "/auth/login", "{" + person(number) + "}", 200);
    return std::string(base::parse_json(pair.body).at("access_token").as_string());
}

std::unique_ptr<WebSocketClient> listen(const ServerProcess& server, const std::string& token) {
    auto client = std::make_unique<WebSocketClient>(server.port(), "/api/v1/ws");
    client->send(R"({"type":"hello","token":")" + token + "\"}");
    client->receive();
    return client;
}

void print_times(const char* what, std::vector<double> ms) {
    std::ranges::sort(ms);
    std::printf("| %s | %.2f | %.2f | %.2f |\n", what, ms[ms.size() / 2], ms[ms.size() * 95 / 100], ms.back());
}

// From the first byte of the request to the word at the client, which waits in recv().
void measure_word(const char* what, const ServerProcess& writes, const ServerProcess& listens) {
    const auto connection = Connection::connect(writes.port());
    const auto client = listen(listens, sign_in(listens, 0));
    const std::string request =
        post_request("/api/v1/memories/", sign_in(writes, 0), R"({"content":"A walk by the sea, and rain."})");
    std::vector<double> ms;
    for (std::size_t i = 0; i < kRounds; ++i) {
        const auto begun = Clock::now();
        connection->send(request);
        client->receive();
        ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
        std::optional<Answer> answer;
        while (!(answer = connection->receive_some())) {
        }
        if (answer->status != 201) throw base::Error(base::Code::kInternal, "Refused: " + answer->body);
    }
    print_times(what, std::move(ms));
}

void measure_memory(const ServerProcess& server) {
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < 2 * kIdle / kEach; ++i) {
        if (i > 0) sign_up(server, i);
        tokens.push_back(sign_in(server, i));
    }
    server.drain();
    std::vector<std::unique_ptr<WebSocketClient>> clients;
    std::puts("\n| clients that only listen | resident memory more, KiB | of each, KiB |\n|--:|--:|--:|");
    for (const char* what : {"the first", "the next"}) {
        const double before = server.resident_mb();
        for (std::size_t i = 0; i < kIdle; ++i) clients.push_back(listen(server, tokens[clients.size() / kEach]));
        const double more = (server.resident_mb() - before) * 1e6 / 1024;
        std::printf("| %s %zu | %.0f | %.1f |\n", what, kIdle, more, more / kIdle);
    }
}

void run(const std::string& engram, const std::string& folder) {
    const ScratchFolder scratch(folder);
    const auto data = [&](const char* name) { return scratch.path() / name; };
    std::puts(
        "| create over HTTP to the word on the WebSocket | median, ms | 95 of 100, ms | worst, ms |\n"
        "|---|--:|--:|--:|");
    {
        testing::PostgresServer postgres(testing::PostgresServer::Place::kDisk);
        const std::string database = postgres.create_database();
        const ServerProcess one(engram, data("one"), database);
        sign_up(one, 0);
        const ServerProcess two(engram, data("two"), database);
        measure_word("PostgreSQL, the same process", one, one);
        measure_word("PostgreSQL, another process", one, two);
    }
    const ServerProcess server(engram, data("sqlite"), "sqlite:");
    sign_up(server, 0);
    measure_word("SQLite", server, server);
    measure_memory(server);
}

}  // namespace
}  // namespace engram::bench

// bench_live [ENGRAM [FOLDER]]: the program to measure, and where the scratch folder is made.
int main(int argc, char** argv) {
    return engram::bench::guarded("bench_live", [&] {
        engram::bench::run(argc > 1 ? argv[1] : "build/release/engram", argc > 2 ? argv[2] : "build/bench");
        return 0;
    });
}
