// The queue: what is to be done after an answer was given. A job is put in the transaction of the change it follows
// from, and is delivered at least once, in no promised order: who does it must stand a second time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ports/database.hpp"

namespace engram::ports {

// Ids, revisions and the like only, never what a person has said: it is kept outside of row-level security.
struct NewJob {
    std::string_view kind;  // "memory.markdown": who does it
    Owner owner;            // whose data it is about
    std::string_view key;   // of those with one kind, owner and key only one waits; empty: each is its own
    std::int64_t revision = 0;
    std::string_view details;       // JSON, or empty
    std::optional<base::Time> due;  // not before; absent: at once, whatever the clock says
};

// A job that somebody has claimed.
struct Job {
    std::string kind;
    Owner owner;
    std::string key;
    std::int64_t revision = 0;  // of the last that was put under its key
    std::string details;
    std::int64_t attempts = 0;         // this one included
    std::int64_t lease = 0, puts = 0;  // what settle() tells whether it is still the same by
};

// What has become of a job.
struct Settled {
    enum class As { kDone, kAgain, kDead };
    const Job* job = nullptr;
    As as = As::kDone;
    base::Time due{};    // kAgain: not before; kDone: the same for what was put under its key meanwhile
    bool stays = false;  // kDone: it is to be done again at `due`, as if it had been put anew
    std::string reason;  // of kAgain and kDead; kAgain without one: it was not tried, and is due at once
};

struct DeadJob {
    base::Uuid id;
    std::string kind;
    Owner owner;
    std::string key, reason;
    std::int64_t attempts = 0;
    base::Time died_at{};
};

struct JobCounts {
    std::string kind;
    std::int64_t waiting = 0, dead = 0;  // those that are being done wait too
    bool paused = false;
};

inline constexpr base::Time kAtOnce{};  // before every clock: one that is set back holds up nothing

// Any thread. Errors are those of the database it is in.
class Queue {
public:
    virtual ~Queue() = default;

    // In the transaction of the change; costs one statement. Who does it is woken by wake(), after the commit.
    virtual void put(Transaction& tx, const NewJob& job) = 0;

    // Tells who does such jobs, in this process and in others, that one was put, due at that time. Costs next to
    // nothing.
    virtual void wake(std::string_view kind, base::Time due) = 0;
    // Who is told; `kind` empty: any. Set at start, by the runner.
    using OnWake = std::function<void(std::string_view kind, base::Time due)>;
    virtual void on_wake(OnWake listener) = 0;

    // The jobs of a kind that are due, at most `limit`; nobody else gets them before `until`. None while it is paused.
    virtual std::vector<Job> claim(std::string_view kind, std::size_t limit, base::Time now, base::Time until) = 0;

    // When the next of that kind is due; nothing: none waits, or it is paused.
    virtual std::optional<base::Time> next_due(std::string_view kind) = 0;

    // Holds claimed jobs for longer. They have got further: their attempts count anew, this one as the first.
    virtual void extend(std::span<const Job> jobs, base::Time until) = 0;

    // Durable when it returns. What somebody else has claimed meanwhile is left alone.
    virtual void settle(std::span<const Settled> jobs, base::Time now) = 0;

    // Lets go of all that is claimed: at the start of a process that is the only one.
    virtual void release_all() = 0;

    // All that waits or is dead of a person: they are gone.
    virtual void forget(Transaction& tx, const base::Uuid& owner) = 0;

    // The dead, those that died last first.
    virtual std::vector<DeadJob> dead(std::int64_t limit) = 0;
    // A dead one is to be done again, from its first attempt. False: there is none of that id.
    virtual bool retry(const base::Uuid& id) = 0;
    virtual bool drop(const base::Uuid& id) = 0;

    // Lasts over restarts. Those that are claimed already are done.
    virtual void set_paused(std::string_view kind, bool paused) = 0;

    // Of each kind that has jobs or is paused, by name.
    virtual std::vector<JobCounts> counts() = 0;
};

}  // namespace engram::ports
