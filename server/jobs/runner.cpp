#include "jobs/runner.hpp"

#include <algorithm>
#include <atomic>

#include "base/error.hpp"
#include "base/log.hpp"
#include "jobs/backoff.hpp"

namespace engram::jobs {
namespace {

using base::Code;
using ports::kAtOnce;
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
    base::log(dead ? base::Severity::kError : base::Severity::kWarning, dead ? "job is dead" : "job failed",
              {{"kind", job.kind}, {"attempt", std::to_string(job.attempts)}, {"error", base::describe(exception)}});
}

void log_silence(const std::string& kind, const base::Error& error) {
    base::log(base::Severity::kWarning, "the queue does not answer",
              {{"kind", kind}, {"error", base::describe(error)}});
}

base::Error never_ended() { return {Code::kInternal, "It was begun many times and never came to an end."}; }

// What is put under its key again and again has a tenth of the time at most.
std::chrono::microseconds rest_after(const JobKind& kind, std::chrono::microseconds took) {
    if (kind.every) return *kind.every;
    return kind.spacing > std::chrono::milliseconds(0) ? std::max<std::chrono::microseconds>(kind.spacing, 9 * took)
                                                       : std::chrono::microseconds(0);
}

}  // namespace

struct Runner::Station {
    explicit Station(JobKind its_kind) : kind(std::move(its_kind)) {}

    JobKind kind;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::uint64_t wakes = 0;
    base::Time rests_until = kAtOnce;  // whoever is due later need not wake anybody
    std::atomic<std::int64_t> done{0}, failed{0}, died{0};
};

Runner::Runner(ports::Queue& queue, ports::Clock& clock, ports::Random& random, std::vector<JobKind> kinds,
               std::chrono::seconds longest_rest)
    : queue_(queue), clock_(clock), random_(random), longest_rest_(longest_rest) {
    for (JobKind& kind : kinds) stations_.emplace_back(std::move(kind));
    queue_.on_wake([this](std::string_view kind, base::Time due) { wake(kind, due); });
}

Runner::~Runner() {
    queue_.on_wake({});
    stop();
}

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

void Runner::wake(std::string_view kind, base::Time due) {
    now();  // is remembered: whoever has put it has seen this clock
    for (Station& station : stations_) {
        if (!kind.empty() && station.kind.name != kind) continue;
        const std::lock_guard lock(station.mutex);
        ++station.wakes;
        if (due < station.rests_until) station.changed.notify_all();
    }
}

// A clock that is set back by less than a day holds up nothing.
base::Time Runner::now() {
    const base::Time wall = clock_.now(), latest = latest_;
    if (wall < latest && latest - wall < std::chrono::days(1)) return latest;
    latest_ = wall;
    return wall;
}

void Runner::work(Station& station, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::uint64_t seen = 0;
        {
            const std::lock_guard lock(station.mutex);
            seen = station.wakes;
            station.rests_until = kAtOnce;
        }
        auto due = next_due(station);
        if (!due) {
            if (run_batch(station, stop)) continue;
            due = now() + kRestAfterFailure;
        }
        std::unique_lock lock(station.mutex);
        station.rests_until = *due;
        station.changed.wait_for(lock, stop, *due - now(), [&] { return station.wakes != seen; });
    }
}

std::optional<base::Time> Runner::next_due(Station& station) {
    const base::Time at = now();
    try {
        const base::Time due = queue_.next_due(station.kind.name).value_or(base::Time::max());
        if (due <= at) return std::nullopt;
        return std::min<base::Time>(due, at + longest_rest_);
    } catch (const base::Error& error) {
        log_silence(station.kind.name, error);
        return at + kRestAfterFailure;
    }
}

// A failure of the queue is that of its database, which comes back.
std::optional<std::size_t> Runner::run_batch(Station& station, const std::stop_token& stop) try {
    const base::Time at = now();
    const std::vector<ports::Job> jobs =
        queue_.claim(station.kind.name, station.kind.batch, at, at + station.kind.lease);
    std::vector<Settled> settled;
    for (const ports::Job& job : jobs) {
        settled.push_back(stop.stop_requested() ? Settled{.job = &job, .as = Settled::As::kAgain}
                                                : do_one(station, job, stop));
    }
    if (!settled.empty()) queue_.settle(settled, now());
    for (const Settled& one : settled)  // also in other processes, one of which may be able to
        if (one.as == Settled::As::kAgain && !stop.stop_requested()) queue_.wake(station.kind.name, one.due);
    return jobs.size();
} catch (const base::Error& error) {
    log_silence(station.kind.name, error);
    return std::nullopt;
}

Settled Runner::do_one(Station& station, const ports::Job& job, const std::stop_token& stop) {
    const JobKind& kind = station.kind;
    const base::Time begun = now();
    if (job.attempts > kind.attempts_max && !kind.every) return bury(station, job, never_ended());
    try {
        kind.work(job, stop);
        ++station.done;
        return {.job = &job, .due = now() + rest_after(kind, now() - begun), .stays = kind.every.has_value()};
    } catch (const std::exception& error) {
        if (stop.stop_requested()) return {.job = &job, .as = Settled::As::kAgain};
        const bool dead = !kind.every && (!may_be_tried_again(error) || job.attempts >= kind.attempts_max);
        return dead ? bury(station, job, error) : again(station, job, error);
    }
}

Settled Runner::again(Station& station, const ports::Job& job, const std::exception& error) {
    ++station.failed;
    log_failure(job, error, false);
    return {
        .job = &job, .as = Settled::As::kAgain, .due = now() + backoff(job.attempts, random_), .reason = error.what()};
}

Settled Runner::bury(Station& station, const ports::Job& job, const std::exception& error) try {
    station.kind.given_up(job);
    ++station.died;
    log_failure(job, error, true);
    return {.job = &job, .as = Settled::As::kDead, .reason = error.what()};
} catch (const std::exception& untold) {
    return again(station, job, untold);
}

std::size_t Runner::run_due() {
    std::size_t all = 0;
    for (std::size_t jobs = 1; jobs > 0; all += jobs) {
        jobs = 0;
        for (Station& station : stations_) jobs += run_batch(station, {}).value_or(0);
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
