#include "adapters/sqlite/sqlite_writer.hpp"

#include <algorithm>

#include "adapters/sqlite/sqlite_error.hpp"
#include "adapters/sqlite/sqlite_transaction.hpp"

namespace engram::sqlite {
namespace {

constexpr char kBegin[] = "BEGIN IMMEDIATE", kCommit[] = "COMMIT";
constexpr char kSavepoint[] = "SAVEPOINT closure", kRelease[] = "RELEASE closure", kUndo[] = "ROLLBACK TO closure";

constexpr std::size_t kBatchMax = 256;
constexpr std::chrono::milliseconds kBatchTimeMax{5};
constexpr std::chrono::nanoseconds kGatherMax{1'000'000};
constexpr int kGatherShare = 8;  // of the time that a commit takes; waiting longer cost more than it saved

}  // namespace

// Lives on the stack of its waiter.
struct Writer::Request {
    explicit Request(const ports::Body& closure) : body(closure) {}

    // Under the lock: once it is let go, the waiter may be gone and this with it.
    void finish() {
        const std::lock_guard lock(mutex);
        done = true;
        wake.notify_one();
    }

    void wait() {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return done; });
    }

    const ports::Body& body;
    std::exception_ptr error;
    std::mutex mutex;
    std::condition_variable wake;
    bool done = false;
};

// Owns the connection, which nobody else does, and gives it up, without a transaction, whatever happens.
class Writer::Turn {
public:
    Turn(Writer& writer, std::unique_lock<std::mutex>& lock) : writer_(writer) {
        writer_.busy_ = true;
        lock.unlock();
    }
    ~Turn() {
        writer_.connection_.roll_back();
        writer_.release();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    Writer& writer_;
};

Writer::Writer(const SqliteOptions& options, const ports::Clock& clock)
    : clock_(clock),
      connection_(options, Access::kWrite),
      checkpointer_(options),
      checkpoints_(connection_, checkpointer_, options) {
    for (const char* literal : {kBegin, kCommit, kSavepoint, kRelease, kUndo}) connection_.keep(literal);
    reserve_wal(connection_, options);
    // Last, since only the destructor ends it, which does not run where this throws.
    thread_ = base::Thread("writer", [this](const std::stop_token&) { serve(); });
}

Writer::~Writer() {
    {
        std::unique_lock lock(mutex_);
        released_.wait(lock, [this] { return !busy_; });
        stopping_ = true;
        handed_over_.notify_one();
    }
    thread_.join();
}

void Writer::write(const ports::Body& body) {
    Request request(body);
    std::unique_lock lock(mutex_);
    if (busy_) {
        enqueue_and_wait(lock, request);
    } else {
        const Turn turn(*this, lock);
        run_alone(request);
    }
    if (request.error) std::rethrow_exception(request.error);
}

void Writer::run_exclusively(const std::function<void(Connection&)>& work) {
    std::unique_lock lock(mutex_);
    released_.wait(lock, [this] { return !busy_; });
    const Turn turn(*this, lock);
    work(connection_);
}

void Writer::enqueue_and_wait(std::unique_lock<std::mutex>& lock, Request& request) {
    queue_.push_back(&request);
    if (queue_.size() >= gather_target_) gathered_.notify_one();
    lock.unlock();
    request.wait();
}

// Gives the connection up: to the thread where somebody waits.
void Writer::release() noexcept {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) {
        busy_ = false;
        released_.notify_all();
    } else {
        thread_owns_ = true;
        handed_over_.notify_one();
    }
}

void Writer::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        handed_over_.wait(lock, [this] { return thread_owns_ || stopping_; });
        if (!thread_owns_) return;
        serve_queue(lock);
        thread_owns_ = false;
        busy_ = false;
        released_.notify_all();
    }
}

void Writer::serve_queue(std::unique_lock<std::mutex>& lock) {
    while (!queue_.empty()) {
        const Batch batch = take_batch();
        lock.unlock();
        const std::size_t done = run_batch(batch);
        for (std::size_t i = 0; i < done; ++i) batch[i]->finish();
        lock.lock();
        put_back(batch, done);
        gather(lock, done);
    }
}

// Clients that were just answered come back at once where they work in a loop. Beginning without them would make
// batches of one and of all others by turns, at half the speed. So this waits, briefly, for as many as there were.
void Writer::gather(std::unique_lock<std::mutex>& lock, std::size_t last_batch) {
    const std::size_t target = std::min(last_batch + queue_.size(), kBatchMax);
    if (last_batch <= 1 || queue_.size() >= target) return;
    gather_target_ = target;
    gathered_.wait_for(lock, std::min(kGatherMax, commit_time_ / kGatherShare),
                       [&] { return queue_.size() >= target; });
    gather_target_ = std::numeric_limits<std::size_t>::max();
}

Writer::Batch Writer::take_batch() {
    const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kBatchMax));
    Batch batch(queue_.begin(), queue_.begin() + count);
    queue_.erase(queue_.begin(), queue_.begin() + count);
    return batch;
}

void Writer::put_back(const Batch& batch, std::size_t from) {
    queue_.insert(queue_.begin(), batch.begin() + static_cast<std::ptrdiff_t>(from), batch.end());
}

// Runs the first of them, as many as fit into the time, and returns how many those were.
std::size_t Writer::run_batch(const Batch& batch) {
    std::size_t count = 1;
    if (batch.size() > 1) {
        count = 0;
        try {
            begin();
            count = run_closures(batch);
            commit();
            return count;
        } catch (const base::Error&) {
            // Nothing of the batch is stored. Each is tried alone, so that none fails for another's sake.
            connection_.roll_back();
            count = batch.size();
        }
    }
    for (std::size_t i = 0; i < count; ++i) run_alone(*batch[i]);
    return count;
}

std::size_t Writer::run_closures(const Batch& batch) {
    const auto end = clock_.steady_now() + kBatchTimeMax;
    std::size_t count = 0;
    do {
        if (!run_in_savepoint(*batch[count]))
            throw base::Error(base::Code::kUnavailable, "The batch was undone by the database.");
        ++count;
    } while (count < batch.size() && clock_.steady_now() < end);
    return count;
}

// False where SQLite has undone the whole transaction, as it does when the disk is full.
bool Writer::run_in_savepoint(Request& request) {
    connection_.step_kept(kSavepoint);
    try {
        run_body(connection_, request.body);
    } catch (...) {
        request.error = std::current_exception();
        if (!connection_.in_transaction()) return false;
        connection_.step_kept(kUndo);
    }
    connection_.step_kept(kRelease);
    return true;
}

void Writer::run_alone(Request& request) noexcept {
    request.error = nullptr;
    try {
        begin();
        run_body(connection_, request.body);
        commit();
    } catch (...) {
        request.error = std::current_exception();
        connection_.roll_back();
    }
}

void Writer::begin() {
    connection_.roll_back();  // where that failed before; else nobody could ever write again
    checkpoints_.before_begin();
    connection_.step_kept(kBegin);
}

void Writer::commit() {
    const auto before = clock_.steady_now();
    connection_.step_kept(kCommit);
    commit_time_ += (clock_.steady_now() - before - commit_time_) / 8;
    checkpoints_.after_commit();
}

}  // namespace engram::sqlite
