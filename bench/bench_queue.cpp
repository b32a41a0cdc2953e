// What jobs cost, with a hundred and with a hundred thousand that wait: put one by one and together with the commit
// that makes it durable, and claimed and settled in batches. CPU of this process, on SQLite in a temporary folder.
#include <cstdio>
#include <functional>
#include <vector>

#include "bench/cpu_time.hpp"
#include "testing/test_queue.hpp"

namespace engram::bench {
namespace {

using ports::Job;
using ports::Settled;

constexpr int kRounds = 200;
constexpr std::size_t kBatch = 20;
constexpr base::Time kNow{std::chrono::hours(24 * 365 * 50)};

double cost_ms(const std::function<void()>& body) {
    const double before = cpu_us();
    for (int round = 0; round < kRounds; ++round) body();
    return (cpu_us() - before) / 1e3 / kRounds;
}

void measure(std::int64_t waiting) {
    testing::TestQueue test;
    ports::Queue& queue = test.queue();
    for (std::int64_t put = 0; put < waiting; put += 1000)
        test.database().write({}, [&](ports::Transaction& tx) {
            for (int i = 0; i < 1000 && put + i < waiting; ++i) queue.put(tx, {.kind = "bench", .due = kNow});
        });
    const base::Uuid owner{{1}};
    const double own = cost_ms([&] { test.put({.kind = "bench", .due = kNow}); });
    const double same = cost_ms([&] { test.put({.kind = "file", .owner = owner, .key = "files", .due = kNow}); });
    const double claim = cost_ms([&] {
        const std::vector<Job> jobs = queue.claim("bench", kBatch, kNow, kNow + std::chrono::minutes(1));
        std::vector<Settled> settled;
        for (const Job& job : jobs)
            settled.push_back({.job = &job, .as = Settled::As::kAgain, .due = kNow, .reason = "x"});
        queue.settle(settled, kNow);
    });
    const double next = cost_ms([&] { queue.next_due("bench"); });
    std::printf("| %7lld | %.3f | %.3f | %.4f | %.4f |\n", static_cast<long long>(waiting), own, same,
                claim / static_cast<double>(kBatch), next);
}

}  // namespace
}  // namespace engram::bench

int main() {
    std::puts(
        "| waiting | put and commit, ms | put under a key that waits | claim and settle, each of 20 | when is the next "
        "|");
    std::puts(
        "| ------- | ------------------ | -------------------------- | ---------------------------- | ---------------- "
        "|");
    for (const std::int64_t waiting : {100, 10'000, 100'000}) engram::bench::measure(waiting);
}
