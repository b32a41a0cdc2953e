#include "ports/conformance/bus_conformance.hpp"

#include <stdexcept>

#include "base/thread.hpp"

namespace engram::ports {

bool link_bus_conformance() { return true; }

namespace {

using Texts = std::vector<std::string>;

TEST_P(BusConformance, AWordReachesWhoeverSubscribedItsTopicOnce) {
    Heard second;
    bus_->subscribe("revision", heard_.ear());
    bus_->subscribe("revision", second.ear());
    bus_->subscribe("session", others_.ear());
    bus_->start();
    for (const char* text : {"a", "b", "a"}) bus_->publish("revision", text);
    bus_->publish("session", "end");
    EXPECT_EQ(others_.wait(1), Texts{"end"});
    EXPECT_EQ(heard_.wait(3), (Texts{"a", "b", "a"}));
    EXPECT_EQ(second.wait(3), (Texts{"a", "b", "a"}));
}

TEST_P(BusConformance, NobodyNeedsToListen) {
    bus_->start();
    bus_->publish("revision", "a");
}

TEST_P(BusConformance, TextsComeAsTheyAreAndTooLongOnesNotAtAll) {
    bus_->subscribe("told", heard_.ear());
    bus_->start();
    const Texts texts{"", "line\nbreak 12\n", "\xc3\xa4 \xf0\x9f\x98\x80", std::string(Bus::kTextMax, 'x'), "end"};
    bus_->publish("told", std::string(Bus::kTextMax + 1, 'y'));
    for (const std::string& text : texts) bus_->publish("told", text);
    EXPECT_EQ(heard_.wait(texts.size()), texts);
}

TEST_P(BusConformance, WhatIsForOthersIsNotHeardByOneself) {
    bus_->subscribe("jobs", heard_.ear());
    bus_->start();
    bus_->publish_to_others("jobs", "mail");
    bus_->publish("jobs", "end");
    EXPECT_EQ(heard_.wait(1), Texts{"end"});
}

TEST_P(BusConformance, WhoHearsAWordMayPublishAndMayFail) {
    bus_->subscribe("first", [this](std::string_view text) { bus_->publish("second", text); });
    bus_->subscribe("first", [](std::string_view) { throw std::runtime_error("expected by this test"); });
    bus_->subscribe("first", heard_.ear());
    bus_->subscribe("second", others_.ear());
    bus_->start();
    bus_->publish("first", "a");
    EXPECT_EQ(others_.wait(1), Texts{"a"});
    EXPECT_EQ(heard_.wait(1), Texts{"a"});
}

TEST_P(BusConformance, ManyThreadsMayPublish) {
    constexpr std::size_t kThreads = 4, kEach = 200;
    bus_->subscribe("revision", heard_.ear());
    bus_->start();
    {
        std::vector<base::Thread> threads;
        for (std::size_t thread = 0; thread < kThreads; ++thread)
            threads.emplace_back("test", [&](const std::stop_token&) {
                for (std::size_t i = 0; i < kEach; ++i) bus_->publish("revision", "a");
            });
    }
    EXPECT_EQ(heard_.wait(kThreads * kEach).size(), kThreads * kEach);
}

TEST_P(BusConformance, ItStopsTwiceAndWithoutAStart) {
    bus_->stop();
    bus_ = GetParam()();
    bus_->start();
    bus_->publish("revision", "a");
    bus_->stop();
    bus_->publish("revision", "a");
    bus_->stop();
}

}  // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(BusConformance);

}  // namespace engram::ports
