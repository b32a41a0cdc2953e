#include "gateway/job_routes.hpp"

#include <boost/describe/class.hpp>
#include <map>

#include "base/error.hpp"
#include "http/kit.hpp"

namespace engram::gateway {
namespace {

using http::Access;
using http::Answer;
using http::Caller;
using http::Method;
using http::Route;

constexpr std::int64_t kDeadShown = 100;

struct KindState {
    std::string kind;
    std::int64_t waiting = 0, dead = 0;
    bool paused = false;
    std::int64_t done = 0, failed = 0, died = 0;
};
BOOST_DESCRIBE_STRUCT(KindState, (), (kind, waiting, dead, paused, done, failed, died))

struct DeadState {
    base::Uuid id;
    std::string kind;
    std::optional<base::Uuid> user_id;
    std::string key, reason;
    std::int64_t attempts = 0;
    base::Time died_at{};
};
BOOST_DESCRIBE_STRUCT(DeadState, (), (id, kind, user_id, key, reason, attempts, died_at))

struct JobsState {
    std::vector<KindState> kinds;
    std::vector<DeadState> dead;
};
BOOST_DESCRIBE_STRUCT(JobsState, (), (kinds, dead))

class GetJobs {
public:
    struct Input {};
    using Output = JobsState;
    static constexpr Route kRoute{.method = Method::kGet,
                                  .path = "/admin/jobs",
                                  .access = Access::kAdmin,
                                  .summary = "Jobs by kind, and the last 100 that failed for good",
                                  .tag = "admin"};

    GetJobs(ports::Queue& queue, const jobs::Runner& runner) : queue_(&queue), runner_(&runner) {}

    Answer<Output> process(const Caller&, Input) const {
        JobsState state;
        for (JobNumbers& of : job_numbers(*queue_, *runner_))
            state.kinds.push_back({std::move(of.kind), of.waiting, of.dead, of.paused, of.done, of.failed, of.died});
        for (ports::DeadJob& job : queue_->dead(kDeadShown))
            state.dead.push_back({job.id, std::move(job.kind), job.owner, std::move(job.key), std::move(job.reason),
                                  job.attempts, job.died_at});
        return {.body = std::move(state)};
    }

private:
    ports::Queue* queue_;
    const jobs::Runner* runner_;
};
BOOST_DESCRIBE_STRUCT(GetJobs::Input, (), ())

struct DeadJobInput {
    base::Uuid id;
    static std::vector<http::FieldRule> rules() { return {{.name = "id", .in = http::In::kPath, .required = true}}; }
};
BOOST_DESCRIBE_STRUCT(DeadJobInput, (), (id))

[[noreturn]] void throw_no_such_job() {
    throw base::Error(base::Code::kNotFound, "No job of that id has failed for good.");
}

class RetryDeadJob : public http::ServiceHandler<ports::Queue> {
public:
    using ServiceHandler::ServiceHandler;

    using Input = DeadJobInput;
    using Output = http::Empty;
    static constexpr Route kRoute{.method = Method::kPost,
                                  .path = "/admin/jobs/dead/{id}/retry",
                                  .access = Access::kAdmin,
                                  .success = 204,
                                  .summary = "Do a job again that failed for good",
                                  .tag = "admin",
                                  .also = {404}};

    Answer<Output> process(const Caller&, const Input& input) const {
        if (!service().retry(input.id)) throw_no_such_job();
        service().wake("", ports::kAtOnce);
        return {};
    }
};

class DropDeadJob : public http::ServiceHandler<ports::Queue> {
public:
    using ServiceHandler::ServiceHandler;

    using Input = DeadJobInput;
    using Output = http::Empty;
    static constexpr Route kRoute{.method = Method::kDelete,
                                  .path = "/admin/jobs/dead/{id}",
                                  .access = Access::kAdmin,
                                  .success = 204,
                                  .summary = "Forget a job that failed for good",
                                  .tag = "admin",
                                  .also = {404}};

    Answer<Output> process(const Caller&, const Input& input) const {
        if (!service().drop(input.id)) throw_no_such_job();
        return {};
    }
};

class PauseJobs {
public:
    struct Input {
        std::string kind;
        bool paused = false;
        static std::vector<http::FieldRule> rules() {
            return {{.name = "kind", .in = http::In::kPath, .required = true},
                    {.name = "paused", .required = true, .doc = "Those of this kind wait until it is false again"}};
        }
    };
    using Output = http::Empty;
    static constexpr Route kRoute{.method = Method::kPut,
                                  .path = "/admin/jobs/kinds/{kind}",
                                  .access = Access::kAdmin,
                                  .success = 204,
                                  .summary = "Pause a kind of jobs, or let it go on",
                                  .tag = "admin",
                                  .also = {404}};

    PauseJobs(ports::Queue& queue, const jobs::Runner& runner) : queue_(&queue), runner_(&runner) {}

    Answer<Output> process(const Caller&, const Input& input) const {
        if (!runner_->has(input.kind)) throw base::Error(base::Code::kNotFound, "There is no such kind of jobs.");
        queue_->set_paused(input.kind, input.paused);
        queue_->wake("", ports::kAtOnce);
        return {};
    }

private:
    ports::Queue* queue_;
    const jobs::Runner* runner_;
};
BOOST_DESCRIBE_STRUCT(PauseJobs::Input, (), (kind, paused))

}  // namespace

std::vector<JobNumbers> job_numbers(ports::Queue& queue, const jobs::Runner& runner) {
    std::map<std::string, JobNumbers> by_kind;
    for (const jobs::Runner::KindCounts& of : runner.finished())
        by_kind[of.kind] = {.done = of.done, .failed = of.failed, .died = of.died};
    for (const ports::JobCounts& of : queue.counts()) {
        JobNumbers& numbers = by_kind[of.kind];
        numbers.waiting = of.waiting;
        numbers.dead = of.dead;
        numbers.paused = of.paused;
    }
    std::vector<JobNumbers> all;
    for (auto& [kind, numbers] : by_kind) {
        numbers.kind = kind;
        all.push_back(std::move(numbers));
    }
    return all;
}

std::vector<http::Endpoint> job_routes(ports::Queue& queue, const jobs::Runner& runner) {
    return {http::make_endpoint(GetJobs(queue, runner)), http::make_endpoint(RetryDeadJob(queue)),
            http::make_endpoint(DropDeadJob(queue)), http::make_endpoint(PauseJobs(queue, runner))};
}

}  // namespace engram::gateway
