// What every ports::Queue must do. An adapter's test instantiates the suite:
//   INSTANTIATE_TEST_SUITE_P(OnSqlite, QueueConformance, ::testing::Values(&make_queue_on_sqlite));
// Only *_test.cpp includes this.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "ports/queue.hpp"

namespace engram::ports {

// An empty queue and the database whose transactions it takes part in.
class QueueUnderTest {
public:
    virtual ~QueueUnderTest() = default;
    virtual Database& database() = 0;
    virtual Queue& queue() = 0;
    virtual void reopen() = 0;  // as after the end of the process
};

using MakeQueue = std::unique_ptr<QueueUnderTest> (*)();

class QueueConformance : public ::testing::TestWithParam<MakeQueue> {
protected:
    void SetUp() override { under_test_ = GetParam()(); }

    Queue& queue() { return under_test_->queue(); }
    void put(const NewJob& job) {
        under_test_->database().write({}, [&](Transaction& tx) { queue().put(tx, job); });
    }
    // At most ten, for a minute.
    std::vector<Job> claim(std::string_view kind = "mail", base::Time now = kNow) {
        return queue().claim(kind, 10, now, now + std::chrono::minutes(1));
    }
    void settle(const Settled& one) { queue().settle({&one, 1}, kNow); }
    void bury(const Job& job, const std::string& reason) {
        settle({.job = &job, .as = Settled::As::kDead, .reason = reason});
    }

    static constexpr base::Time kNow{std::chrono::hours(24 * 365 * 50)};
    static constexpr base::Uuid kAnna{{1}}, kBen{{2}};

    std::unique_ptr<QueueUnderTest> under_test_;
};

// Makes the linker take the tests out of their library.
bool link_queue_conformance();
inline const bool kQueueConformanceIsLinked = link_queue_conformance();

}  // namespace engram::ports
