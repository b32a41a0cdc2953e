// Copies the WAL back into the database file, beside the writer: the writer never waits for the bulk of it.
// SQLite before 3.51.3 can lose commits when a checkpoint starts on a WAL that is copied back already while a writer
// starts it over ("WAL-reset bug", sqlite.org/wal.html section 11). So a run is started only by a writer that committed
// after the run before had ended: then the WAL holds something new and cannot start over until the run ends.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "adapters/sqlite/sqlite_connection.hpp"
#include "base/thread.hpp"

namespace engram::sqlite {

class Checkpointer {
public:
    explicit Checkpointer(const SqliteOptions& options);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    bool idle() const { return idle_.load(std::memory_order_acquire); }

    // Starts a run. By the writer only, after a commit that found it idle when its transaction began.
    void start();

private:
    void serve();

    Connection connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool wanted_ = false, stopping_ = false;
    std::atomic<bool> idle_{true};
    base::Thread thread_;
};

// Gives the WAL the size that it will have between checkpoints, in zeros, which SQLite reads as its end: a sync of a
// file that does not grow costs half. Once, before the first write. A full disk is no error here.
void reserve_wal(Connection& connection, const SqliteOptions& options);

// When to checkpoint; the writer's own, after each commit. The bulk is copied by the Checkpointer; what was committed
// meanwhile is copied by the writer itself, so that the WAL starts over however busy the writer is.
class CheckpointPolicy {
public:
    CheckpointPolicy(Connection& writer, Checkpointer& checkpointer, const SqliteOptions& options);
    ~CheckpointPolicy();
    CheckpointPolicy(const CheckpointPolicy&) = delete;
    CheckpointPolicy& operator=(const CheckpointPolicy&) = delete;

    // Around each transaction of the writer.
    void before_begin() {
        was_idle_ = checkpointer_.idle();
        wrote_ = false;
    }
    void after_commit();

private:
    Connection& writer_;
    Checkpointer& checkpointer_;
    const int pages_;
    int frames_ = 0, frames_before_ = 0;  // in the WAL, as of the last commits
    int next_ = 0;                        // frames at which the next run starts
    bool was_idle_ = true, wrote_ = false, finish_ = false;
};

}  // namespace engram::sqlite
