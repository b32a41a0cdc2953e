#include "jobs/runner.hpp"

#include <algorithm>
#include <atomic>

#include "base/error.hpp"
#include "base/log.hpp"
#include "jobs/backoff.hpp"

namespace engram::jobs {
namespace {

using base::Code;
using ports::Settled;

// Where the queue itself fails, the threads try again after this.
constexpr std::chrono::seconds kRestAfterFailure{2};

// Another time may go better.
bool may_be_tried_again(const std::exception& exception) {
    const auto* error = dynamic_cast<const base::Error*>(&exception);
    if (error == nullptr) return true;
    const Code code = error->code();
    return code != Code::kInvalid && code != Code::kNotFound && code != Code::kForbidden && code != Code::kTooLarge;
}

void log_failure(const ports::Job& job, const std::exception& exception, bool dead) {
    const auto* error = dynamic_cast<const base::Error*>(&exception);
    base::log(dead ? base::Severity::kError : base::Severity::kWarning, dead ? "job is dead" : "job failed",
              {{"kind", job.kind},
               {"attempt", std::to_string(job.attempts)},
               {"error", std::string(exception.what()) + (error ? " (" + error->detail() + ")" : "")}});
}

}  // namespace

struct Runner::Station {
    explicit Station(JobKind its_kind) : kind(std::move(its_kind)) {}

    JobKind kind;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::uint64_t wakes = 0;
    std::atomic<std::int64_t> done{0}, failed{0}, died{0};
};

Runner::Runner(ports::Queue& queue, ports::Clock& clock, ports::Random& random, std::vector<JobKind> kinds)
    : queue_(queue), clock_(clock), random_(random) {
    for (JobKind& kind : kinds) stations_.emplace_back(std::move(kind));
}

Runner::~Runner() { stop(); }

void Runner::put_repeating(ports::Database& database) {
    database.write({}, [&](ports::Transaction& tx) {
        for (const Station& station : stations_)
            if (station.kind.every) queue_.put(tx, {.kind = station.kind.name, .owner = {}, .key = "repeating"});
    });
}

void Runner::start() {
    for (Station& station : stations_)
        for (std::size_t i = 0; i < station.kind.concurrency; ++i)
            threads_.emplace_back("jobs", [this, &station](const std::stop_token& stop) { work(station, stop); });
}

void Runner::stop() {
    for (base::Thread& thread : threads_) thread.request_stop();
    threads_.clear();
}

void Runner::wake(std::string_view kind) {
    for (Station& station : stations_) {
        if (station.kind.name != kind) continue;
        const std::lock_guard lock(station.mutex);
        ++station.wakes;
        station.changed.notify_one();
    }
}

void Runner::wake_all() {
    for (Station& station : stations_) {
        const std::lock_guard lock(station.mutex);
        ++station.wakes;
        station.changed.notify_all();
    }
}

void Runner::work(Station& station, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::uint64_t seen = 0;
        {
            const std::lock_guard lock(station.mutex);
            seen = station.wakes;
        }
        if (run_batch(station, stop) == 0) rest(station, seen, stop);
    }
}

// A failure of the queue is that of its database, which comes back.
std::size_t Runner::run_batch(Station& station, const std::stop_token& stop) try {
    const base::Time now = clock_.now();
    const std::vector<ports::Job> jobs =
        queue_.claim(station.kind.name, station.kind.batch, now, now + station.kind.lease);
    std::vector<Settled> settled;
    for (const ports::Job& job : jobs) {
        settled.push_back(stop.stop_requested() ? Settled{.job = &job, .as = Settled::As::kAgain}
                                                : do_one(station, job, stop));
    }
    queue_.settle(settled, clock_.now());
    return jobs.size();
} catch (const base::Error& error) {
    base::log(base::Severity::kWarning, "the queue does not answer",
              {{"kind", station.kind.name}, {"error", error.what()}});
    return 0;
}

Settled Runner::do_one(Station& station, const ports::Job& job, const std::stop_token& stop) {
    const JobKind& kind = station.kind;
    if (job.attempts > kind.attempts_max && !kind.every) {
        ++station.died;
        return {.job = &job, .as = Settled::As::kDead, .reason = "It was begun many times and never came to an end."};
    }
    try {
        kind.work(job, stop);
        ++station.done;
        return {.job = &job,
                .due = clock_.now() + (kind.every ? *kind.every : kind.spacing),
                .stays = kind.every.has_value()};
    } catch (const std::exception& error) {
        if (stop.stop_requested()) return {.job = &job, .as = Settled::As::kAgain};
        const bool dead = !kind.every && (!may_be_tried_again(error) || job.attempts >= kind.attempts_max);
        ++(dead ? station.died : station.failed);
        log_failure(job, error, dead);
        return {.job = &job,
                .as = dead ? Settled::As::kDead : Settled::As::kAgain,
                .due = clock_.now() + backoff(job.attempts, random_),
                .reason = error.what()};
    }
}

// Until it is woken, or the next one is due. Wall time may jump, so a long rest is looked at again after an hour.
void Runner::rest(Station& station, std::uint64_t seen, const std::stop_token& stop) {
    std::chrono::microseconds longest = std::chrono::hours(1);
    try {
        if (const auto due = queue_.next_due(station.kind.name))
            longest = std::clamp<std::chrono::microseconds>(*due - clock_.now(), std::chrono::microseconds(0), longest);
    } catch (const base::Error&) {
        longest = kRestAfterFailure;
    }
    std::unique_lock lock(station.mutex);
    station.changed.wait_for(lock, stop, longest, [&] { return station.wakes != seen; });
}

std::size_t Runner::run_due() {
    std::size_t all = 0;
    for (std::size_t jobs = 1; jobs > 0; all += jobs) {
        jobs = 0;
        for (Station& station : stations_) jobs += run_batch(station, {});
    }
    return all;
}

bool Runner::has(std::string_view kind) const {
    return std::ranges::any_of(stations_, [&](const Station& station) { return station.kind.name == kind; });
}

std::vector<Runner::KindCounts> Runner::finished() const {
    std::vector<KindCounts> all;
    for (const Station& station : stations_)
        all.push_back({station.kind.name, station.done, station.failed, station.died});
    return all;
}

}  // namespace engram::jobs
