#include "gateway/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <map>
#include <mutex>

namespace engram::gateway {
namespace {

constexpr std::size_t kStatusClasses = 6;  // "1xx" to "5xx", and 0 for what is none

prometheus::Histogram::BucketBoundaries boundaries() {
    return {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
}

// The metrics of one route, found once: looking up by labels costs more than all the rest.
struct RouteMetrics {
    std::array<prometheus::Counter*, kStatusClasses> requests{};
    prometheus::Histogram* seconds = nullptr;
};

double resident_bytes() {
    std::ifstream file("/proc/self/statm");
    double pages = 0, resident = 0;
    file >> pages >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

struct Metrics::State {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("engram_http_requests_total")
                                                            .Help("Requests answered, by route and class of status")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                             .Name("engram_http_request_seconds")
                                                             .Help("Time from the whole request to its answer")
                                                             .Register(registry);
    prometheus::Gauge& resident = prometheus::BuildGauge()
                                      .Name("process_resident_memory_bytes")
                                      .Help("Resident memory")
                                      .Register(registry)
                                      .Add({});
    prometheus::Gauge& cpu = prometheus::BuildGauge()
                                 .Name("process_cpu_seconds_total")
                                 .Help("User and system time")
                                 .Register(registry)
                                 .Add({});
    prometheus::Family<prometheus::Gauge>& jobs =
        prometheus::BuildGauge().Name("engram_jobs").Help("Jobs that wait, or have failed for good").Register(registry);
    prometheus::Family<prometheus::Gauge>& jobs_finished = prometheus::BuildGauge()
                                                               .Name("engram_jobs_finished_total")
                                                               .Help("Jobs that this process did, by what came of it")
                                                               .Register(registry);
    prometheus::Gauge& live_sockets = prometheus::BuildGauge()
                                          .Name("engram_live_sockets")
                                          .Help("WebSockets that are open")
                                          .Register(registry)
                                          .Add({});
    prometheus::Counter& live_messages = prometheus::BuildCounter()
                                             .Name("engram_live_messages_total")
                                             .Help("Messages sent on WebSockets")
                                             .Register(registry)
                                             .Add({});
    std::function<std::vector<JobNumbers>()> job_source;
    std::mutex mutex;
    std::map<std::pair<http::Method, std::string_view>, RouteMetrics> routes;

    RouteMetrics& of(const http::Route* route) {
        const auto key =
            route ? std::pair(route->method, route->path) : std::pair(http::Method::kOther, std::string_view());
        const std::lock_guard lock(mutex);
        RouteMetrics& metrics = routes[key];
        if (metrics.seconds) return metrics;
        const std::string method(route ? http::to_string(route->method) : "other");
        const std::string path(route ? route->path : "none");
        for (std::size_t i = 0; i < kStatusClasses; ++i)
            metrics.requests[i] =
                &requests.Add({{"method", method}, {"route", path}, {"status", std::to_string(i) + "xx"}});
        metrics.seconds = &seconds.Add({{"method", method}, {"route", path}}, boundaries());
        return metrics;
    }

    void read_jobs() {
        if (!job_source) return;
        for (const JobNumbers& of : job_source()) {
            const auto set = [&](auto& family, const char* label, const char* value, std::int64_t number) {
                family.Add({{"kind", of.kind}, {label, value}}).Set(static_cast<double>(number));
            };
            set(jobs, "state", "waiting", of.waiting);
            set(jobs, "state", "dead", of.dead);
            set(jobs_finished, "outcome", "done", of.done);
            set(jobs_finished, "outcome", "failed", of.failed);
            set(jobs_finished, "outcome", "died", of.died);
        }
    }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const http::Route* route, int status, std::chrono::nanoseconds duration) {
    const RouteMetrics& metrics = state_->of(route);
    const auto group = static_cast<std::size_t>(status) / 100;
    metrics.requests[group < kStatusClasses ? group : 0]->Increment();
    metrics.seconds->Observe(std::chrono::duration<double>(duration).count());
}

void Metrics::count_live_socket(int change) { state_->live_sockets.Increment(change); }

void Metrics::count_live_message() { state_->live_messages.Increment(); }

void Metrics::read_jobs_from(std::function<std::vector<JobNumbers>()> source) {
    state_->job_source = std::move(source);
}

std::string Metrics::text() const {
    state_->read_jobs();
    state_->resident.Set(resident_bytes());
    state_->cpu.Set(cpu_seconds());
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace engram::gateway
