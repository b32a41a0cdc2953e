#include "adapters/postgres/postgres_bus.hpp"

#include <gtest/gtest.h>

#include "adapters/postgres/bus_words.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/thread.hpp"
#include "ports/conformance/bus_conformance.hpp"
#include "testing/postgres_server.hpp"

namespace engram::ports {
namespace {

using Texts = std::vector<std::string>;

std::string new_database(testing::PostgresServer& server) {
    const std::string url = server.create_database();
    const system::SystemClock clock;
    postgres::open_postgres({.url = url}, clock)->migrate({});
    return url;
}

std::unique_ptr<Bus> open_bus(const std::string& url) {
    static system::SystemRandom random;
    return postgres::make_postgres_bus({.url = url}, random);
}

std::unique_ptr<Bus> make_bus() {
    static const std::string url = new_database(testing::PostgresServer::shared());
    return open_bus(url);
}

INSTANTIATE_TEST_SUITE_P(Postgres, BusConformance, ::testing::Values(&make_bus));

// A process, as far as the bus can tell.
struct Process {
    explicit Process(const std::string& url) : bus(open_bus(url)) {
        bus->subscribe("told", heard.ear());
        bus->on_gap([this] { gaps.add("gap"); });
        bus->start();
        EXPECT_EQ(gaps.wait(1).size(), 1U) << "it begins to hear";
    }

    Heard heard, gaps;
    std::unique_ptr<Bus> bus;
};

class PostgresBusTest : public ::testing::Test {
protected:
    // One asks the other until it answers: whatever broke before is mended.
    void expect_talk(Process& one, Process& other) {
        one.bus->publish_to_others("told", "are you there");
        EXPECT_TRUE(other.heard.wait_for("are you there"));
    }

    testing::PostgresServer server_;
    const std::string url_ = new_database(server_);
};

TEST_F(PostgresBusTest, ProcessesHearEachOtherAndThemselvesOnce) {
    Process anna(url_), ben(url_);
    const Texts texts{"a", "line\nbreak 7\n", "\xc3\xa4", std::string(Bus::kTextMax, 'x'), "b", "end"};
    for (const std::string& text : texts) anna.bus->publish("told", text);
    EXPECT_EQ(ben.heard.wait(texts.size()), texts);
    ben.bus->publish_to_others("told", "answer");
    EXPECT_TRUE(anna.heard.wait_for("answer"));
    EXPECT_EQ(anna.heard.wait(texts.size() + 1).size(), texts.size() + 1) << "no echo of its own";
}

TEST_F(PostgresBusTest, DatabasesAreApart) {
    Process anna(url_), stranger(new_database(server_)), ben(url_);
    anna.bus->publish("told", "for ben");
    EXPECT_TRUE(ben.heard.wait_for("for ben"));
    stranger.bus->publish("told", "end");
    EXPECT_EQ(stranger.heard.wait(1), Texts{"end"});
}

TEST_F(PostgresBusTest, AListenerThatWasCutOffSaysThatItMayHaveMissedSomething) {
    Process anna(url_), ben(url_);
    server_.run_as_superuser(url_, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
    EXPECT_EQ(anna.gaps.wait(2).size(), 2U);
    EXPECT_EQ(ben.gaps.wait(2).size(), 2U);
    expect_talk(anna, ben);
}

TEST_F(PostgresBusTest, ASenderThatWasCutOffSendsWhatWaits) {
    Process anna(url_), ben(url_);
    expect_talk(anna, ben);
    server_.run_as_superuser(url_,
                             "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%notify(%'"
                             " AND pid <> pg_backend_pid()");
    anna.bus->publish("told", "after it");
    EXPECT_TRUE(ben.heard.wait_for("after it"));
}

TEST_F(PostgresBusTest, GoesOnWhenTheServerComesBack) {
    Process anna(url_), ben(url_);
    for (const std::size_t gaps : {2U, 3U}) {
        server_.kill();
        anna.bus->publish("told", "while it is away " + std::to_string(gaps));
        server_.start();
        EXPECT_EQ(anna.gaps.wait(gaps).size(), gaps);
        EXPECT_EQ(ben.gaps.wait(gaps).size(), gaps);
        expect_talk(anna, ben);
        expect_talk(ben, anna);
    }
}

TEST_F(PostgresBusTest, StopsWhileTheServerIsAway) {
    Process anna(url_);
    server_.kill();
    anna.bus->publish("told", "into the void");
    anna.bus->stop();
}

TEST_F(PostgresBusTest, AnOddWordOnTheChannelDoesNoHarm) {
    Process anna(url_), ben(url_);
    for (const char* payload :
         {"", "x", "0123456789abcdef", "0123456789abcdeftold", "0123456789abcdeftold 9\nshort",
          "0123456789abcdeftold -1\nx", "0123456789abcdeftold 99999999999999999999\nx", "0123456789abcdef\ntold 1x"})
        server_.run_sql(url_, "SELECT pg_notify('engram', '" + std::string(payload) + "')");
    expect_talk(anna, ben);
    EXPECT_EQ(ben.heard.wait(1), Texts{"are you there"});
}

TEST(BusWords, EqualOnesWaitOnceAndTooManyBecomeAGap) {
    postgres::WaitingWords waiting("0123456789abcdef");
    for (const char* text : {"a", "b", "a"}) waiting.add("told", text);
    std::stop_source stop;
    stop.request_stop();
    Texts heard;
    const auto hear = [&](std::string_view topic, std::string_view text) {
        heard.push_back(std::string(topic) + ":" + std::string(text));
    };
    for (const std::string& payload : waiting.take(stop.get_token()))
        postgres::unpack(payload, "another's name 1", hear);
    EXPECT_EQ(heard, (Texts{"told:a", "told:b"}));
    EXPECT_TRUE(waiting.take(stop.get_token()).empty());
    std::string text(Bus::kTextMax, 'x');
    for (std::size_t i = 0; i <= postgres::WaitingWords::kBytesMax / Bus::kTextMax; ++i) {
        text.replace(0, 6, std::to_string(100'000 + i));
        waiting.add("told", text);
    }
    heard.clear();
    for (const std::string& payload : waiting.take(stop.get_token())) {
        EXPECT_LT(payload.size(), 8'000U);
        postgres::unpack(payload, "another's name 1", hear);
    }
    ASSERT_FALSE(heard.empty());
    EXPECT_EQ(heard.front(), "*:");
}

}  // namespace
}  // namespace engram::ports
