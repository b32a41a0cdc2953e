// Broken and random input on real connections: the server answers or closes, and goes on serving.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "http/server.hpp"
#include "http/test_socket.hpp"

namespace engram::http {
namespace {

constexpr std::uint32_t kSeed = 20261123;
constexpr int kInputs = 2000;

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t bound) { return random() % bound; }

std::string seed_input(Random& random) {
    static const std::string kInputsSeen[] = {
        get("/a?b=c", "Accept-Encoding: gzip\r\n"),
        post("/a", "hello", "Content-Type: text/plain\r\n"),
        "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\n",
        "POST /s HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + get("/next"),
        "GET http://h:1/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get("/stream"),
        "POST /s HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
    };
    return kInputsSeen[below(random, std::size(kInputsSeen))];
}

void mutate(std::string& text, Random& random) {
    static constexpr std::string_view kPieces[] = {"\r\n", "\n", "\r", ":", " ", "0", "chunked", "\r\n\r\n", "%", "\t"};
    const std::size_t at = below(random, text.size() + 1);
    switch (below(random, 5)) {
        case 0:
            text.insert(at, kPieces[below(random, std::size(kPieces))]);
            return;
        case 1:
            text.insert(at, 1, static_cast<char>(random()));
            return;
        case 2:
            text.erase(at, below(random, 8));
            return;
        case 3:
            if (at < text.size()) text[at] = static_cast<char>(random());
            return;
        default:
            text.insert(at, text.substr(below(random, text.size() + 1), below(random, 40)));
    }
}

std::string make_input(Random& random) {
    std::string text;
    if (below(random, 10) == 0) {
        text.resize(below(random, 300));
        for (char& c : text) c = static_cast<char>(random());
        return text;
    }
    text = seed_input(random);
    for (std::size_t i = below(random, 6); i > 0; --i) mutate(text, random);
    return text;
}

Response answer_chaos(Request& request) {
    if (request.body_reader != nullptr) {
        char piece[3];
        try {
            while (request.body_reader->read(piece) > 0) {
            }
        } catch (const std::exception&) {
            return {};
        }
    }
    Response response = echo(request);
    if (request.path() == "/stream") response.stream = [](BodyWriter& out) { out.write("streamed"); };
    return response;
}

TEST(ServerChaos, AnswersOrClosesAndGoesOn) {
    RecordProperty("seed", static_cast<int>(kSeed));
    SCOPED_TRACE("seed " + std::to_string(kSeed));
    Random random(kSeed);
    ServerOptions options = test_options();
    options.gzip_bytes_min = 10;
    const auto server = Server::start(
        options, {[](const Request& head) { return BodyPolicy{.bytes_max = 10'000, .stream = head.path() == "/s"}; },
                  answer_chaos});
    for (int i = 0; i < kInputs; ++i) {
        const std::string input = make_input(random);
        TestSocket socket(server->port());
        ASSERT_TRUE(socket.connected()) << "input " << i;
        for (std::size_t at = 0; at < input.size();) {
            const std::size_t count = 1 + below(random, input.size());
            if (!socket.send(std::string_view(input).substr(at, count))) break;
            at += count;
        }
        socket.finish_sending();
        const std::string answer = socket.read_to_end();
        ASSERT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 ")) << "input " << i << ": " << input;
        ASSERT_EQ(answer.find("HTTP/1.1 500"), std::string::npos) << "input " << i << ": " << input;
        if (i % 100 != 0) continue;
        EXPECT_EQ(body_of(TestSocket(server->port()).ask(get("/fine"))), "GET /fine ");
    }
}

}  // namespace
}  // namespace engram::http
