#include <boost/json/value.hpp>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <thread>

#include "app/answers.hpp"
#include "app/commands.hpp"
#include "app/local_api.hpp"
#include "app/packed_folder.hpp"
#include "app/terminal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "http/url.hpp"

namespace engram::app {
namespace {

constexpr std::chrono::milliseconds kLookAgain{200};

class FileReader final : public http::BodyReader {
public:
    explicit FileReader(const std::string& path) : file_(path, std::ios::binary) {
        if (!file_ || !std::filesystem::is_regular_file(path))
            throw base::Error(base::Code::kNotFound, "There is no readable file at " + path + ".");
    }

    std::size_t read(std::span<char> out) override {
        file_.read(out.data(), static_cast<std::streamsize>(out.size()));
        return static_cast<std::size_t>(file_.gcount());
    }

private:
    std::ifstream file_;
};

std::size_t number(const boost::json::value& object, const char* member) {
    return static_cast<std::size_t>(object.at(member).as_int64());
}

std::string path_of(const boost::json::value& import) { return "/imports/" + text_of(import, "id"); }

std::string target_of(const ImportCommandOptions& options) {
    std::string target = "/imports?dry_run=" + std::string(options.dry_run ? "true" : "false");
    const std::string name = std::filesystem::path(options.file).filename().string();
    for (const auto& [key, value] : {std::pair{"name", name}, std::pair{"time_zone", options.time_zone},
                                     std::pair{"date_order", options.date_order}, std::pair{"format", options.format}})
        if (!value.empty()) ((target += '&') += key) += "=" + http::percent_encode(value);
    return target;
}

// Until it is done, failed or undone; says how far it is.
boost::json::value follow(LocalApi& api, boost::json::value import) {
    for (;;) {
        const std::string state = text_of(import, "state");
        if (state != "running" && state != "undoing") break;
        api.run_jobs();
        if (shows_progress())
            std::cerr << "\r" << base::grouped(number(import, "done")) << " of "
                      << base::grouped(number(import, "count")) << std::flush;
        import = api.call(http::Method::kGet, path_of(import));
        if (text_of(import, "state") == state) std::this_thread::sleep_for(kLookAgain);
    }
    if (shows_progress()) std::cerr << "\r\033[K";
    return import;
}

void tell_people(const boost::json::value& import) {
    const auto& people = import.at("people").as_array();
    if (people.empty()) return;
    std::cout << "People: ";
    for (std::size_t i = 0; i < std::min<std::size_t>(people.size(), 8); ++i)
        std::cout << (i > 0 ? ", " : "") << people[i].as_string().c_str();
    std::cout << (people.size() > 8 ? ", and others" : "") << ".\n";
}

void tell_samples(const boost::json::value& import) {
    for (const auto& sample : import.at("first").as_array())
        std::cout << "  " << dim(text_of(sample, "created_at")) << "  " << text_of(sample, "author") << ": "
                  << text_of(sample, "content") << "\n";
}

void tell_problems(const boost::json::value& import) {
    for (const auto& problem : import.at("problems").as_array()) {
        std::string place = text_of(problem, "file");
        const std::size_t line = number(problem, "line");
        if (line > 0) (place += place.empty() ? "line " : ", line ") += std::to_string(line);
        if (!place.empty()) place += ": ";
        std::cerr << place << text_of(problem, "reason") << " " << text_of(problem, "remedy") << "\n";
    }
}

void tell(const boost::json::value& import, bool dry_run) {
    if (dry_run)
        std::cout << base::counted(number(import, "count"), "message") << " would be imported; nothing was stored";
    else
        std::cout << number(import, "stored") << " imported, " << number(import, "already_there")
                  << " were there already";
    if (number(import, "refused") > 0) std::cout << ", " << number(import, "refused") << " refused";
    std::cout << ". Format: " << text_of(import, "format");
    if (!text_of(import, "date_order").empty()) std::cout << ", dates " << text_of(import, "date_order");
    std::cout << ", time zone " << text_of(import, "time_zone") << ".\n";
    const std::size_t system = number(import, "skipped_system"), media = number(import, "skipped_media"),
                      deleted = number(import, "skipped_deleted");
    if (system + media + deleted > 0)
        std::cout << "Passed over: notes of the app " << system << ", pictures and recordings " << media
                  << ", deleted messages " << deleted << ".\n";
    if (dry_run) {
        tell_people(import);
        tell_samples(import);
    } else if (number(import, "stored") > 0) {
        std::cout << dim("engram imports undo " + text_of(import, "id") + " takes it back.") << "\n";
    }
    tell_problems(import);
}

// A wrong guess would store every message at a wrong time.
void demand_certain_dates(LocalApi& api, const boost::json::value& import) {
    if (text_of(import, "state") != "waiting") return;
    api.call(http::Method::kDelete, path_of(import));
    api.run_jobs();
    throw base::invalid_field("--date-order", "required",
                              "is needed: the dates of this chat can be read in two ways. Look at --dry-run, then "
                              "say D/M/Y or M/D/Y. Nothing was stored");
}

}  // namespace

bool import_file(const Config& config, const CommonOptions& common, const ImportCommandOptions& options) {
    const PackedFolder packed(options.file);
    FileReader file(packed.path());
    const auto api = LocalApi::open_existing(config, common.user);
    boost::json::value import = api->upload(target_of(options), file);
    if (options.dry_run) {
        follow(*api, api->call(http::Method::kDelete, path_of(import)));
    } else {
        demand_certain_dates(*api, import);
        import = follow(*api, std::move(import));
    }
    if (common.json)
        print_json(import);
    else
        tell(import, options.dry_run);
    if (text_of(import, "state") == "failed") throw base::Error(base::Code::kInvalid, text_of(import, "reason"));
    return number(import, "refused") == 0;
}

void list_imports(const Config& config, const CommonOptions& common) {
    const auto api = LocalApi::open_existing(config, common.user);
    const boost::json::value imports = api->call(http::Method::kGet, "/imports");
    if (common.json) return print_json(imports);
    for (const auto& import : imports.as_array())
        std::cout << text_of(import, "id") << "  " << dim(text_of(import, "created_at")) << "  " << std::left
                  << std::setw(8) << text_of(import, "state") << std::right << std::setw(9) << number(import, "stored")
                  << " of " << std::left << std::setw(9) << number(import, "count") << text_of(import, "name") << "\n";
}

void undo_import(const Config& config, const CommonOptions& common, const std::string& id) {
    const auto api = LocalApi::open_existing(config, common.user);
    const auto import = follow(*api, api->call(http::Method::kDelete, "/imports/" + http::percent_encode(id)));
    if (common.json) return print_json(import);
    std::cout << "Taken back.\n";
}

}  // namespace engram::app
