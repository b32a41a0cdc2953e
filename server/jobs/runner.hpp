// The job runner: takes what is due from the queue, has it done, and tells the queue what has become of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <vector>

#include "base/thread.hpp"
#include "jobs/job_kind.hpp"
#include "ports/clock.hpp"
#include "ports/random.hpp"

namespace engram::jobs {

class Runner {
public:
    // What it is made of must outlive it. Without a job that it knows to be due it looks again after `longest_rest`:
    // wall time may jump, and another process may have died over a job.
    Runner(ports::Queue& queue, ports::Clock& clock, ports::Random& random, std::vector<JobKind> kinds,
           std::chrono::seconds longest_rest = std::chrono::hours(1));
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    // Puts the jobs that are done again and again where they are not there yet. Once, before anything else.
    void put_repeating(ports::Database& database);

    // Starts the threads that do jobs, which rest until something is due. Once.
    void start();
    // Waits for the jobs that are being done; what is left is done by the next who starts. Also by the destructor.
    void stop();

    // Does all that is due now, on this thread, until nothing is: for tests, and for programs that do not start().
    // Returns how many jobs it has done, those that failed included.
    std::size_t run_due();

    bool has(std::string_view kind) const;

    struct KindCounts {
        std::string kind;
        std::int64_t done = 0, failed = 0, died = 0;
    };
    // Since the start. Any thread.
    std::vector<KindCounts> finished() const;

private:
    struct Station;  // a kind, and the threads that wait for it

    void wake(std::string_view kind, base::Time due);
    base::Time now();
    void work(Station& station, const std::stop_token& stop);
    std::optional<std::size_t> run_batch(Station& station, const std::stop_token& stop);  // nothing: the queue failed
    ports::Settled do_one(Station& station, const ports::Job& job, const std::stop_token& stop);
    ports::Settled again(Station& station, const ports::Job& job, const std::exception& error);
    ports::Settled bury(Station& station, const ports::Job& job, const std::exception& error);
    // When the next one is due; nothing: it is now.
    std::optional<base::Time> next_due(Station& station);

    ports::Queue& queue_;
    ports::Clock& clock_;
    ports::Random& random_;
    const std::chrono::seconds longest_rest_;
    std::atomic<base::Time> latest_{base::Time{}};
    std::list<Station> stations_;
    std::vector<base::Thread> threads_;
};

}  // namespace engram::jobs
