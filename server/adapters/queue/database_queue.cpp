#include "adapters/queue/database_queue.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <map>

namespace engram::embedded {
std::string_view queue(std::string_view name);
}

namespace engram::queue {
namespace {

using ports::DeadJob;
using ports::Job;
using ports::kAtOnce;
using ports::Owner;
using ports::Param;
using ports::Row;
using ports::Settled;
using ports::Transaction;

constexpr std::string_view kTopic = "jobs";

base::Uuid id_of(const Owner& owner) { return owner.value_or(base::Uuid{}); }
Owner owner_of(const base::Uuid& id) { return id == base::Uuid{} ? Owner() : Owner(id); }

Job job_of(const Row& row) {
    return {.kind = std::string(row.text(0)),
            .owner = owner_of(row.uuid(1)),
            .key = std::string(row.text(2)),
            .revision = row.integer(3),
            .details = std::string(row.text(4)),
            .attempts = row.integer(5),
            .lease = row.integer(6),
            .puts = row.integer(7)};
}

DeadJob dead_of(const Row& row) {
    return {.id = row.uuid(0),
            .kind = std::string(row.text(1)),
            .owner = owner_of(row.uuid(2)),
            .key = std::string(row.text(3)),
            .reason = std::string(row.text(4)),
            .attempts = row.integer(5),
            .died_at = row.time(6)};
}

class DatabaseQueue final : public ports::Queue {
public:
    DatabaseQueue(ports::Database& database, ports::Bus& bus, ports::Random& random)
        : database_(database), bus_(bus), random_(random) {
        bus_.subscribe(kTopic, [this](std::string_view word) { hear(word); });
        bus_.on_gap([this] { tell_runner("", kAtOnce); });
    }

    void put(Transaction& tx, const ports::NewJob& job) override;
    void wake(std::string_view kind, base::Time due) override;
    void on_wake(OnWake listener) override { listener_ = std::move(listener); }
    std::vector<Job> claim(std::string_view kind, std::size_t limit, base::Time now, base::Time until) override;
    std::optional<base::Time> next_due(std::string_view kind) override;
    void extend(std::span<const Job> jobs, base::Time until) override;
    void settle(std::span<const Settled> jobs, base::Time now) override;
    void release_all() override;
    void forget(Transaction& tx, const base::Uuid& owner) override;
    std::vector<DeadJob> dead(std::int64_t limit) override;
    bool retry(const base::Uuid& id) override;
    bool drop(const base::Uuid& id) override;
    void set_paused(std::string_view kind, bool paused) override;
    std::vector<ports::JobCounts> counts() override;

private:
    void tell_runner(std::string_view kind, base::Time due) const {
        if (listener_) listener_(kind, due);
    }
    void hear(std::string_view word) const;
    void settle_one(Transaction& tx, const Settled& one, base::Time now);
    void bury(Transaction& tx, const Settled& one, base::Time now);

    ports::Database& database_;
    ports::Bus& bus_;
    ports::Random& random_;
    OnWake listener_;
};

// Others are told the second, so that of many puts close together one word travels.
void DatabaseQueue::wake(std::string_view kind, base::Time due) {
    tell_runner(kind, due);
    const auto second = std::chrono::ceil<std::chrono::seconds>(due).time_since_epoch().count();
    bus_.publish_to_others(kTopic, std::string(kind) + ' ' + std::to_string(second));
}

void DatabaseQueue::hear(std::string_view word) const {
    const std::size_t space = word.rfind(' ');
    if (space == std::string_view::npos) return;
    std::int64_t second = 0;
    std::from_chars(word.data() + space + 1, word.data() + word.size(), second);
    tell_runner(word.substr(0, space), base::Time(std::chrono::seconds(second)));
}

// One that waits as it is put needs no write: whoever claims it does so after this transaction, or has a lease by then.
void DatabaseQueue::put(Transaction& tx, const ports::NewJob& job) {
    const std::string key = job.key.empty() ? to_string(ports::new_uuid7(random_, kAtOnce)) : std::string(job.key);
    tx.run(
        "INSERT INTO jobs (kind, owner_id, key, revision, details, due_at, attempts, lease, puts) "
        "VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 1) ON CONFLICT (kind, owner_id, key) DO UPDATE SET "
        "revision = excluded.revision, details = excluded.details, puts = jobs.puts + 1 "
        "WHERE jobs.lease <> 0 OR jobs.revision <> excluded.revision OR jobs.details <> excluded.details",
        {job.kind, id_of(job.owner), key, job.revision, job.details, job.due.value_or(kAtOnce)});
}

std::vector<Job> DatabaseQueue::claim(std::string_view kind, std::size_t limit, base::Time now, base::Time until) {
    std::int64_t lease = 0;
    std::array<std::uint8_t, 7> random{};
    random_.fill(random);
    std::memcpy(&lease, random.data(), random.size());
    ++lease;  // 0 is nobody's
    std::vector<Job> jobs;
    database_.write({}, [&](Transaction& tx) {
        jobs.clear();
        tx.run(
            "UPDATE jobs SET due_at = $4, lease = $5, attempts = attempts + 1 WHERE (kind, owner_id, key) IN "
            "(SELECT kind, owner_id, key FROM jobs WHERE kind = $1 AND due_at <= $2 "
            "AND NOT EXISTS (SELECT 1 FROM paused_job_kinds p WHERE p.kind = $1) ORDER BY due_at LIMIT $3) "
            "RETURNING kind, owner_id, key, revision, details, attempts, lease, puts",
            {kind, now, static_cast<std::int64_t>(limit), until, lease},
            [&](const Row& row) { jobs.push_back(job_of(row)); });
    });
    return jobs;
}

std::optional<base::Time> DatabaseQueue::next_due(std::string_view kind) {
    std::optional<base::Time> due;
    database_.read({}, [&](Transaction& tx) {
        due.reset();
        tx.run(
            "SELECT due_at FROM jobs WHERE kind = $1 AND NOT EXISTS (SELECT 1 FROM paused_job_kinds p "
            "WHERE p.kind = $1) ORDER BY due_at LIMIT 1",
            {kind}, [&](const Row& row) { due = row.time(0); });
    });
    return due;
}

void DatabaseQueue::extend(std::span<const Job> jobs, base::Time until) {
    database_.write({}, [&](Transaction& tx) {
        for (const Job& job : jobs)
            tx.run(
                "UPDATE jobs SET due_at = $5, attempts = 1 "
                "WHERE kind = $1 AND owner_id = $2 AND key = $3 AND lease = $4",
                {job.kind, id_of(job.owner), job.key, job.lease, until});
    });
}

void DatabaseQueue::settle(std::span<const Settled> jobs, base::Time now) {
    if (jobs.empty()) return;
    database_.write({}, [&](Transaction& tx) {
        for (const Settled& one : jobs) settle_one(tx, one, now);
    });
}

void DatabaseQueue::settle_one(Transaction& tx, const Settled& one, base::Time now) {
    const Job& job = *one.job;
    const base::Uuid owner = id_of(job.owner);
    if (one.as == Settled::As::kDead) return bury(tx, one, now);
    const bool done = one.as == Settled::As::kDone, untried = !done && one.reason.empty();
    if (done && !one.stays &&
        tx.run("DELETE FROM jobs WHERE kind = $1 AND owner_id = $2 AND key = $3 AND lease = $4 AND puts = $5",
               {job.kind, owner, job.key, job.lease, job.puts}) > 0)
        return;
    tx.run(
        "UPDATE jobs SET due_at = $5, lease = 0, attempts = CASE WHEN $6 THEN 0 ELSE attempts - $7 END, reason = $8 "
        "WHERE kind = $1 AND owner_id = $2 AND key = $3 AND lease = $4",
        {job.kind, owner, job.key, job.lease, untried ? kAtOnce : one.due, done, std::int64_t{untried},
         one.reason.empty() ? Param(nullptr) : Param(std::string_view(one.reason))});
}

void DatabaseQueue::bury(Transaction& tx, const Settled& one, base::Time now) {
    const Job& job = *one.job;
    const base::Uuid owner = id_of(job.owner);
    if (tx.run("DELETE FROM jobs WHERE kind = $1 AND owner_id = $2 AND key = $3 AND lease = $4",
               {job.kind, owner, job.key, job.lease}) == 0)
        return;
    tx.run(
        "INSERT INTO dead_jobs (id, kind, owner_id, key, revision, details, attempts, reason, died_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {ports::new_uuid7(random_, now), job.kind, owner, job.key, job.revision, job.details, job.attempts, one.reason,
         now});
}

void DatabaseQueue::forget(Transaction& tx, const base::Uuid& owner) {
    tx.run("DELETE FROM jobs WHERE owner_id = $1", {owner});
    tx.run("DELETE FROM dead_jobs WHERE owner_id = $1", {owner});
}

void DatabaseQueue::release_all() {
    database_.write(
        {}, [&](Transaction& tx) { tx.run("UPDATE jobs SET lease = 0, due_at = $1 WHERE lease <> 0", {kAtOnce}); });
}

std::vector<DeadJob> DatabaseQueue::dead(std::int64_t limit) {
    std::vector<DeadJob> all;
    database_.read({}, [&](Transaction& tx) {
        all.clear();
        tx.run(
            "SELECT id, kind, owner_id, key, reason, attempts, died_at FROM dead_jobs ORDER BY died_at DESC, id DESC "
            "LIMIT $1",
            {limit}, [&](const Row& row) { all.push_back(dead_of(row)); });
    });
    return all;
}

bool DatabaseQueue::retry(const base::Uuid& id) {
    bool found = false;
    database_.write({}, [&](Transaction& tx) {
        tx.run(
            "INSERT INTO jobs (kind, owner_id, key, revision, details, due_at, attempts, lease, puts) "
            "SELECT kind, owner_id, key, revision, details, $2, 0, 0, 1 FROM dead_jobs WHERE id = $1 "
            "ON CONFLICT (kind, owner_id, key) DO UPDATE SET puts = jobs.puts + 1",
            {id, kAtOnce});
        found = tx.run("DELETE FROM dead_jobs WHERE id = $1", {id}) > 0;
    });
    return found;
}

bool DatabaseQueue::drop(const base::Uuid& id) {
    bool found = false;
    database_.write({}, [&](Transaction& tx) { found = tx.run("DELETE FROM dead_jobs WHERE id = $1", {id}) > 0; });
    return found;
}

void DatabaseQueue::set_paused(std::string_view kind, bool paused) {
    database_.write({}, [&](Transaction& tx) {
        tx.run("DELETE FROM paused_job_kinds WHERE kind = $1", {kind});
        if (paused) tx.run("INSERT INTO paused_job_kinds (kind) VALUES ($1)", {kind});
    });
}

std::vector<ports::JobCounts> DatabaseQueue::counts() {
    std::map<std::string, ports::JobCounts, std::less<>> by_kind;
    database_.read({}, [&](Transaction& tx) {
        by_kind.clear();
        const auto of = [&](const Row& row) -> ports::JobCounts& {
            ports::JobCounts& counts = by_kind[std::string(row.text(0))];
            counts.kind = row.text(0);
            return counts;
        };
        tx.run("SELECT kind, COUNT(*) FROM jobs GROUP BY kind", {},
               [&](const Row& row) { of(row).waiting = row.integer(1); });
        tx.run("SELECT kind, COUNT(*) FROM dead_jobs GROUP BY kind", {},
               [&](const Row& row) { of(row).dead = row.integer(1); });
        tx.run("SELECT kind FROM paused_job_kinds", {}, [&](const Row& row) { of(row).paused = true; });
    });
    std::vector<ports::JobCounts> all;
    for (auto& [kind, counts] : by_kind) all.push_back(std::move(counts));
    return all;
}

}  // namespace

std::vector<ports::Migration> migrations() {
    return {{"queue", 1, "0001_jobs", std::string(embedded::queue("0001_jobs.sql")),
             std::string(embedded::queue("0001_jobs.postgres.sql"))}};
}

std::unique_ptr<ports::Queue> make_database_queue(ports::Database& database, ports::Bus& bus, ports::Random& random) {
    return std::make_unique<DatabaseQueue>(database, bus, random);
}

}  // namespace engram::queue
