// The one writer: closures of many threads share commits.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <mutex>
#include <vector>

#include "adapters/sqlite/sqlite_checkpointer.hpp"
#include "base/thread.hpp"

namespace engram::sqlite {

// A caller that finds the writer free runs its closure itself, so that a lone client pays for no change of thread. Who
// comes meanwhile queues; the writer's own thread then takes the queue, a savepoint for each closure and one commit for
// all, until it is empty. The destructor finishes the queue; nobody may call write() then.
class Writer {
public:
    // Throws as open_sqlite.
    Writer(const SqliteOptions& options, const ports::Clock& clock);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Returns when it is durable; throws what the closure threw. Any thread.
    void write(const ports::Body& body);

    // Runs `work` on the connection while nobody writes, outside a transaction.
    void run_exclusively(const std::function<void(Connection&)>& work);

private:
    struct Request;
    class Turn;
    using Batch = std::vector<Request*>;

    void enqueue_and_wait(std::unique_lock<std::mutex>& lock, Request& request);
    void release() noexcept;
    void serve();
    void serve_queue(std::unique_lock<std::mutex>& lock);
    void gather(std::unique_lock<std::mutex>& lock, std::size_t last_batch);
    Batch take_batch();
    void put_back(const Batch& batch, std::size_t from);

    std::size_t run_batch(const Batch& batch);
    std::size_t run_closures(const Batch& batch);
    bool run_in_savepoint(Request& request);
    void run_alone(Request& request) noexcept;
    void begin();
    void commit();

    const ports::Clock& clock_;
    Connection connection_;
    Checkpointer checkpointer_;
    CheckpointPolicy checkpoints_;

    std::mutex mutex_;
    std::condition_variable handed_over_, gathered_, released_;
    std::deque<Request*> queue_;
    bool busy_ = false;  // somebody owns connection_
    bool thread_owns_ = false, stopping_ = false;
    std::size_t gather_target_ = std::numeric_limits<std::size_t>::max();
    std::chrono::nanoseconds commit_time_{0};  // moving average; the owner's
    base::Thread thread_;
};

}  // namespace engram::sqlite
