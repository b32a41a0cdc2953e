#include "adapters/sqlite/sqlite_checkpointer.hpp"

#include <algorithm>
#include <vector>
#include "adapters/sqlite/sqlite_error.hpp"

#include "base/log.hpp"

namespace engram::sqlite {
namespace {

// A checkpoint that fails (a full disk) loses nothing: the WAL keeps what it holds, and a later run tries again.
void checkpoint_passively(sqlite3* db) {
    const int result = sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (result != SQLITE_OK && result != SQLITE_BUSY)
        base::log(base::Severity::kWarning, "the database could not be checkpointed",
                  {{"error", base::describe(to_error(db, result))}});
}

}  // namespace

void reserve_wal(Connection& connection, const SqliteOptions& options) {
    constexpr int kFrameBytes = 4096 + 24;
    connection.query_text("SELECT COUNT(*) FROM sqlite_schema");  // opens the WAL
    sqlite3_file* wal = nullptr;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(connection.db(), "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&wal)) !=
            SQLITE_OK ||
        wal->pMethods == nullptr || wal->pMethods->xFileSize(wal, &size) != SQLITE_OK)
        return;
    const std::vector<char> zeros(64 << 10);
    const sqlite3_int64 wanted = sqlite3_int64{options.checkpoint_pages} * kFrameBytes;
    while (size < wanted) {
        const auto step = std::min(wanted - size, static_cast<sqlite3_int64>(zeros.size()));
        if (wal->pMethods->xWrite(wal, zeros.data(), static_cast<int>(step), size) != SQLITE_OK) return;
        size += step;
    }
    wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL);
}

Checkpointer::Checkpointer(const SqliteOptions& options)
    : connection_(options, Access::kWrite), thread_("checkpoint", [this](const std::stop_token&) { serve(); }) {}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Checkpointer::start() {
    {
        const std::lock_guard lock(mutex_);
        wanted_ = true;
        idle_.store(false, std::memory_order_relaxed);
    }
    wake_.notify_one();
}

void Checkpointer::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return wanted_ || stopping_; });
        if (stopping_) return;
        wanted_ = false;
        lock.unlock();
        checkpoint_passively(connection_.db());
        idle_.store(true, std::memory_order_release);
        lock.lock();
    }
}

CheckpointPolicy::CheckpointPolicy(Connection& writer, Checkpointer& checkpointer, const SqliteOptions& options)
    : writer_(writer), checkpointer_(checkpointer), pages_(options.checkpoint_pages), next_(pages_) {
    const auto remember = [](void* self, sqlite3*, const char*, int frames) {
        static_cast<CheckpointPolicy*>(self)->frames_ = frames;
        static_cast<CheckpointPolicy*>(self)->wrote_ = true;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(writer_.db(), remember, this);
}

CheckpointPolicy::~CheckpointPolicy() { sqlite3_wal_hook(writer_.db(), nullptr, nullptr); }

void CheckpointPolicy::after_commit() {
    if (!wrote_) return;                           // it gives no leave to start a run
    if (frames_ < frames_before_) next_ = pages_;  // the WAL has started over
    frames_before_ = frames_;
    if (!was_idle_) return;
    if (finish_) {
        checkpoint_passively(writer_.db());
        finish_ = false;
        next_ = frames_ + pages_ / 4;  // where a reader held it back
    } else if (frames_ >= next_) {
        finish_ = true;
        checkpointer_.start();
    }
}

}  // namespace engram::sqlite
