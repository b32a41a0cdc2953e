#include <iostream>
#include <iterator>

#include "app/answers.hpp"
#include "app/commands.hpp"
#include "app/local_api.hpp"
#include "app/recall_text.hpp"
#include "app/terminal.hpp"
#include "base/text.hpp"

namespace engram::app {

void remember(const Config& config, const CommonOptions& common, const std::string& text) {
    const auto api = LocalApi::open_existing(config, common.user);
    std::string content = text;
    if (text == "-") content.assign(std::istreambuf_iterator<char>(std::cin), {});
    const boost::json::object body{{"content", base::trim(content)}, {"source", "cli"}};
    const boost::json::value memory = api->call(http::Method::kPost, "/memories/", body);
    if (common.json)
        print_json(memory);
    else
        std::cout << "Remembered. " << dim(std::string(memory.at("id").as_string())) << "\n";
}

namespace {

base::TimeZone zone_of(const boost::json::value& account) {
    const auto& name = account.at("time_zone");
    return name.is_string() ? base::TimeZone::find(name.as_string()).value_or(base::TimeZone()) : base::TimeZone();
}

}  // namespace

void recall(const Config& config, const CommonOptions& common, const RecallOptions& options) {
    const auto api = LocalApi::open_existing(config, common.user);
    api->await_models();
    std::string query;
    for (const std::string& word : options.words) (query += query.empty() ? "" : " ") += word;
    const boost::json::object body{{"query", query}, {"limit", options.limit}, {"offset", options.offset}};
    const boost::json::value answer = api->call(http::Method::kPost, "/memories/search?envelope=true", body);
    if (common.json) return print_json(answer);
    const base::TimeZone zone = zone_of(api->call(http::Method::kGet, "/users/me"));
    std::cout << recall_lines(answer, Paint::of(options.color), zone);
    for (const std::string& note : recall_notes(answer, options.offset)) std::cerr << note << "\n";
    if (!answer.at("degraded").as_array().empty())
        for (const std::string& note : degraded_notes(answer, api->health())) std::cerr << note << "\n";
    const std::string pending = pending_note(api->call(http::Method::kGet, "/memories/status"));
    if (!pending.empty()) std::cerr << pending << "\n";
}

}  // namespace engram::app
