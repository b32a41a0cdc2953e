#include "adapters/curl/curl_client.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "testing/errors.hpp"
#include "testing/loopback_server.hpp"

namespace engram::curl {
namespace {

using base::Code;
using ports::OutgoingRequest;
using testing::error_of;
using testing::http_answer;
using testing::LoopbackServer;

class CurlClient : public ::testing::Test {
protected:
    // What comes of a request to a server that answers with these bytes.
    ports::IncomingAnswer answer_to(const std::string& bytes, OutgoingRequest request = {}) {
        const LoopbackServer server([&](const auto&) { return bytes; });
        request.url = server.url("/a");
        return client_->send(request);
    }
    base::Error error_to(const std::string& bytes, const OutgoingRequest& request = {}) {
        return error_of([&] { answer_to(bytes, request); });
    }

    std::unique_ptr<ports::HttpClient> client_ = make_curl_client();
};

TEST_F(CurlClient, SendsWhatItIsToldAndReadsTheAnswer) {
    const LoopbackServer server([](const auto&) { return http_answer(201, "made", "X-One: 1 \r\nx-two:2\r\n"); });
    OutgoingRequest request;
    request.method = "PUT";
    request.url = server.url("/path?q=1");
    request.headers = {{"Content-Type", "text/plain"}, {"X-Empty", ""}};
    request.body = std::string("b\0dy", 4);
    const ports::IncomingAnswer answer = client_->send(request);
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "made");
    EXPECT_EQ(answer.header("x-one"), "1");
    EXPECT_EQ(answer.header("x-two"), "2");
    EXPECT_EQ(answer.header("x-three"), std::nullopt);
    const LoopbackServer::Asked asked = server.asked().at(0);
    EXPECT_TRUE(asked.head.starts_with("PUT /path?q=1 HTTP/1.1\r\n")) << asked.head;
    EXPECT_NE(asked.head.find("Content-Type: text/plain\r\n"), std::string::npos);
    EXPECT_NE(asked.head.find("X-Empty:\r\n"), std::string::npos) << asked.head;
    EXPECT_EQ(asked.body, request.body);
}

TEST_F(CurlClient, EveryMethodGoesOut) {
    const LoopbackServer server([](const auto& asked) {
        return asked.head.starts_with("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" : http_answer(200, "");
    });
    for (const char* method : {"GET", "POST", "DELETE", "HEAD"}) {
        OutgoingRequest request;
        request.method = method;
        request.url = server.url("/");
        EXPECT_EQ(client_->send(request).status, 200) << method;
        EXPECT_TRUE(server.asked().back().head.starts_with(std::string(method) + " / ")) << method;
    }
}

TEST_F(CurlClient, UsesAConnectionAgain) {
    const LoopbackServer server([](const auto&) { return http_answer(200, "x"); });
    OutgoingRequest request;
    request.url = server.url("/");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(client_->send(request).body, "x");
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlClient, ThreadsDoNotWaitForEachOther) {
    std::atomic<int> here = 0;
    const LoopbackServer server([&](const auto&) {
        for (++here; here < 4;) std::this_thread::yield();  // all four are asked before one is answered
        return http_answer(200, "x");
    });
    {
        base::WorkerPool pool("ask", 4);
        for (int i = 0; i < 4; ++i) {
            pool.submit([&] {
                OutgoingRequest request;
                request.url = server.url("/");
                EXPECT_EQ(client_->send(request).status, 200);
            });
        }
    }
    EXPECT_EQ(server.connections(), 4);
}

TEST_F(CurlClient, NothingOfARequestIsLeftForTheNext) {
    const LoopbackServer server([](const auto&) { return http_answer(200, "x"); });
    OutgoingRequest first;
    first.method = "POST";
    first.url = server.url("/");
    first.headers = {{"Authorization", "Bearer secret"}};
    first.body = "body";
    client_->send(first);
    OutgoingRequest second;
    second.url = server.url("/");
    client_->send(second);
    EXPECT_EQ(server.asked().at(1).head.find("secret"), std::string::npos);
    EXPECT_TRUE(server.asked().at(1).head.starts_with("GET / "));
}

TEST_F(CurlClient, ARedirectIsAnAnswer) {
    const LoopbackServer other([](const auto&) { return http_answer(200, "stolen"); });
    const auto answer = answer_to(http_answer(307, "", "Location: " + other.url("/") + "\r\n"));
    EXPECT_EQ(answer.status, 307);
    EXPECT_EQ(answer.header("location"), other.url("/"));
    EXPECT_EQ(other.connections(), 0);
}

TEST_F(CurlClient, ReadsAnAnswerInChunks) {
    const auto answer = answer_to(
        "HTTP/1.1 103 Early Hints\r\nX: early\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2\r\nde\r\n0\r\nX: late\r\n\r\n");
    EXPECT_EQ(answer.body, "abcde");
    EXPECT_EQ(answer.header("x"), std::nullopt);
}

TEST_F(CurlClient, RefusesMoreThanWasAskedFor) {
    OutgoingRequest request;
    request.answer_bytes_max = 5;
    EXPECT_EQ(answer_to(http_answer(200, "12345"), request).body, "12345");
    EXPECT_EQ(error_to(http_answer(200, "123456"), request).code(), Code::kTooLarge);
    EXPECT_EQ(error_to("HTTP/1.1 200 OK\r\n\r\n" + std::string(100, 'x'), request).code(), Code::kTooLarge);
    EXPECT_EQ(error_to(http_answer(200, "", "X: " + std::string(70'000, 'x') + "\r\n")).code(), Code::kTooLarge);
}

TEST_F(CurlClient, APackedAnswerIsUnpackedAndBounded) {
    // 1,000 letters "a", by gzip.
    constexpr char kPacked[] =
        "\x1f\x8b\x08\0\0\0\0\0\x02\x03\x4b\x4c\x1c\x05\xa3\x60\x14\x0c\x77\0\0\x03\xda\x38\x9a\xe8\x03\0";
    const std::string packed(kPacked, sizeof kPacked);
    const std::string answer = http_answer(200, packed, "Content-Encoding: gzip\r\n");
    EXPECT_EQ(answer_to(answer).body, std::string(1000, 'a'));
    OutgoingRequest request;
    request.answer_bytes_max = 999;
    EXPECT_EQ(error_to(answer, request).code(), Code::kTooLarge);
    const std::string broken = http_answer(200, "no gzip at all", "Content-Encoding: gzip\r\n");
    EXPECT_EQ(error_to(broken).code(), Code::kUnavailable);
}

TEST_F(CurlClient, ABrokenAnswerIsNone) {
    for (const char* bytes : {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nContent-Le",
                              "220 mail.example ESMTP\r\n\r\n"}) {
        const base::Error error = error_to(bytes);
        EXPECT_EQ(error.code(), Code::kUnavailable) << bytes;
        EXPECT_TRUE(error.safe().starts_with("127.0.0.1:")) << error.safe();
    }
}

TEST_F(CurlClient, WaitsNoLongerThanItIsTold) {
    OutgoingRequest request;
    request.time_limit = std::chrono::milliseconds(50);
    const base::Error error = error_to(std::string(LoopbackServer::kSilence), request);
    EXPECT_EQ(error.code(), Code::kUnavailable);
    EXPECT_NE(error.safe().find("has not answered within 50 ms"), std::string::npos) << error.safe();
}

TEST_F(CurlClient, GivesUpWhenItIsTold) {
    std::stop_source stop;
    const LoopbackServer server([&](const auto&) {
        stop.request_stop();
        return std::string(LoopbackServer::kSilence);
    });
    OutgoingRequest request;
    request.url = server.url("/");
    request.stop = stop.get_token();
    EXPECT_NE(error_of([&] { client_->send(request); }).safe().find("given up"), std::string::npos);
    EXPECT_NE(error_of([&] { client_->send(request); }).safe().find("given up"), std::string::npos);
    EXPECT_EQ(server.asked().size(), 1U);
}

TEST_F(CurlClient, SaysThatNobodyListensAndNothingSecret) {
    OutgoingRequest request;
    {
        const LoopbackServer gone([](const auto&) { return ""; });
        request.url = "http://user:hidden@" + gone.host() + "/secret?key=hidden";
    }
    request.headers = {{"Authorization", "Bearer hidden"}};
    const base::Error error = error_of([&] { client_->send(request); });
    EXPECT_EQ(error.code(), Code::kUnavailable);
    EXPECT_NE(error.safe().find("nobody listens"), std::string::npos) << error.safe();
    EXPECT_EQ((error.safe() + error.detail()).find("hidden"), std::string::npos);
    EXPECT_EQ((error.safe() + error.detail()).find("secret"), std::string::npos);
}

TEST_F(CurlClient, RefusesWhatIsNoRequest) {
    for (const char* url : {"", "file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1", "http://", "gopher://x/"}) {
        OutgoingRequest request;
        request.url = url;
        EXPECT_EQ(error_of([&] { client_->send(request); }).code(), Code::kInvalid) << url;
    }
    OutgoingRequest request;
    request.url = "http://127.0.0.1:1/";
    request.headers = {{"Authorization", "Bearer hidden\r\nX: y"}};
    const base::Error error = error_of([&] { client_->send(request); });
    EXPECT_EQ(error.code(), Code::kInvalid);
    EXPECT_EQ((error.safe() + error.detail()).find("hidden"), std::string::npos);
    request.headers = {{"A b", ""}};
    EXPECT_EQ(error_of([&] { client_->send(request); }).code(), Code::kInvalid);
    request.headers = {};
    request.method = "GET /";
    EXPECT_EQ(error_of([&] { client_->send(request); }).code(), Code::kInvalid);
}

}  // namespace
}  // namespace engram::curl
