#include <iomanip>
#include <iostream>

#include "app/answers.hpp"
#include "app/commands.hpp"
#include "app/local_api.hpp"
#include "app/terminal.hpp"
#include "http/url.hpp"

namespace engram::app {
namespace {

void print_kinds(const boost::json::value& kinds) {
    for (const auto& kind : kinds.as_array()) {
        std::cout << std::left << std::setw(24) << text_of(kind, "kind") << std::right << std::setw(8)
                  << kind.at("waiting").as_int64() << " waiting" << std::setw(8) << kind.at("done").as_int64()
                  << " done" << std::setw(6) << kind.at("dead").as_int64() << " dead"
                  << (kind.at("paused").as_bool() ? "  paused" : "") << "\n";
    }
}

void print_dead(const boost::json::value& dead) {
    if (dead.as_array().empty()) return;
    std::cout << "\n" << bold("Failed for good") << ", the last first:\n";
    for (const auto& job : dead.as_array())
        std::cout << text_of(job, "id") << "  " << text_of(job, "kind") << "  " << dim(text_of(job, "died_at")) << "  "
                  << text_of(job, "reason") << "\n";
    std::cout << "\nengram jobs retry ID does one again, engram jobs drop ID forgets it.\n";
}

}  // namespace

void list_jobs(const Config& config, const CommonOptions& common) {
    const auto api = LocalApi::open_existing(config, "");
    if (common.json) {
        std::cout << api->call_text(http::Method::kGet, "/admin/jobs") << "\n";
        return;
    }
    const boost::json::value jobs = api->call(http::Method::kGet, "/admin/jobs");
    print_kinds(jobs.at("kinds"));
    print_dead(jobs.at("dead"));
}

void retry_job(const Config& config, const std::string& id) {
    LocalApi::open_existing(config, "")
        ->call(http::Method::kPost, "/admin/jobs/dead/" + http::percent_encode(id) + "/retry");
    std::cout << "It will be done again.\n";
}

void drop_job(const Config& config, const std::string& id) {
    LocalApi::open_existing(config, "")->call(http::Method::kDelete, "/admin/jobs/dead/" + http::percent_encode(id));
    std::cout << "Forgotten.\n";
}

void pause_jobs(const Config& config, const std::string& kind, bool paused) {
    LocalApi::open_existing(config, "")
        ->call(http::Method::kPut, "/admin/jobs/kinds/" + http::percent_encode(kind), {{"paused", paused}});
    std::cout << kind << (paused ? " waits until engram jobs resume " + kind + ".\n" : " goes on.\n");
}

}  // namespace engram::app
