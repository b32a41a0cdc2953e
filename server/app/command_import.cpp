#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/commands.hpp"
#include "app/import_batch.hpp"
#include "app/local_api.hpp"
#include "app/terminal.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::app {
namespace {

constexpr std::size_t kBatch = 500;           // the most that the API takes at once
constexpr std::size_t kBatchBytes = 8 << 20;  // of content; as JSON it may be more, and 32 MiB are taken
constexpr std::size_t kRefusalsShown = 20;

// Where a waiting message came from. An id that was made from its text is in use by that very message only: a
// conflict says then that it came in another order, and is there.
struct Line {
    std::size_t number;
    bool has_own_id;
};

struct Refusal {
    std::size_t line;
    std::string reason;
};

// Collects messages, sends them in batches, and counts what became of them.
class Importer {
public:
    explicit Importer(LocalApi* api) : api_(api) {}  // null: a dry run

    void add(const integration::ImportedMessage& message) {
        lines_.push_back({message.line, message.id.has_value()});
        bytes_ += message.content.size();
        waiting_.push_back(batch_.memory_of(message));
        if (waiting_.size() == kBatch || bytes_ > kBatchBytes) flush();
    }

    void flush() {
        if (api_ && !waiting_.empty()) count(api_->call(http::Method::kPost, "/memories/batch", waiting_));
        sent_ += waiting_.size();
        waiting_.clear();
        lines_.clear();
        bytes_ = 0;
        if (api_ && shows_progress()) std::cerr << "\r" << sent_ << " read, " << stored << " new " << std::flush;
    }

    std::size_t stored = 0, known = 0, refused = 0;
    std::vector<Refusal> refusals;

private:
    void count(const boost::json::value& answer) {
        const auto& items = answer.as_array();
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto status = items[i].at("status").as_int64();
            if (status == 201)
                ++stored;
            else if (status == 200 || (status == 409 && !lines_[i].has_own_id))
                ++known;
            else
                refuse(lines_[i].number, items[i].at("error"));
        }
    }

    void refuse(std::size_t line, const boost::json::value& error) {
        ++refused;
        if (refusals.size() == kRefusalsShown) return;
        std::string reason;
        for (const auto& field : error.at("errors").as_array())
            (((reason += reason.empty() ? "" : "; ") += field.at("field").as_string()) += " ") +=
                field.at("message").as_string();
        if (reason.empty()) reason = error.at("detail").as_string();
        refusals.push_back({line, std::move(reason)});
    }

    LocalApi* api_;
    ImportBatch batch_;
    boost::json::array waiting_;
    std::vector<Line> lines_;
    std::size_t bytes_ = 0;
    std::size_t sent_ = 0;
};

// "+02:00" as minutes.
int offset_minutes(const std::string& text) {
    const auto time = base::parse_rfc3339("2000-01-02T00:00:00" + text);
    if (!time) throw base::invalid_field("--utc-offset", "format", "must look like +02:00 or -05:30");
    return static_cast<int>((*base::parse_rfc3339("2000-01-02T00:00:00Z") - *time) / std::chrono::minutes(1));
}

std::optional<integration::DateOrder> date_order(const std::string& text) {
    using integration::DateOrder;
    if (text.empty()) return std::nullopt;
    for (const DateOrder order : {DateOrder::kDayMonthYear, DateOrder::kMonthDayYear, DateOrder::kYearMonthDay})
        if (to_string(order) == text) return order;
    throw base::invalid_field("--date-order", "not_one_of", "must be D/M/Y, M/D/Y or Y/M/D");
}

boost::json::object json_of(const integration::ImportReport& report, const Importer& importer) {
    boost::json::array problems;
    for (const auto& problem : report.problems)
        problems.push_back({{"line", problem.line}, {"reason", problem.reason}, {"remedy", problem.remedy}});
    for (const Refusal& refusal : importer.refusals)
        problems.push_back(
            {{"line", refusal.line}, {"reason", refusal.reason}, {"remedy", "mend the line and import again"}});
    return {{"format", report.format},
            {"date_order", report.date_order},
            {"date_order_certain", report.date_order_certain},
            {"people", boost::json::array(report.people.begin(), report.people.end())},
            {"messages", report.count},
            {"stored", importer.stored},
            {"already_there", importer.known},
            {"refused", importer.refused},
            {"skipped_system", report.skipped_system},
            {"skipped_media", report.skipped_media},
            {"skipped_deleted", report.skipped_deleted},
            {"split", report.too_long},
            {"problem_count", report.problem_count},
            {"problems", std::move(problems)}};
}

void tell_problems(const integration::ImportReport& report, const Importer& importer) {
    for (const auto& problem : report.problems)
        std::cerr << "line " << problem.line << ": " << problem.reason << " " << problem.remedy << "\n";
    for (const Refusal& refusal : importer.refusals)
        std::cerr << "line " << refusal.line << ": not stored: " << refusal.reason << "\n";
    if (!report.date_order_certain)
        std::cerr << "The dates could be read in two ways; they were taken as " << report.date_order
                  << ". Where that is wrong, say --date-order.\n";
}

void tell(const integration::ImportReport& report, const Importer& importer, bool dry_run) {
    if (dry_run)
        std::cout << report.count << " messages would be imported; nothing was stored";
    else
        std::cout << importer.stored << " imported, " << importer.known << " were there already";
    if (importer.refused > 0) std::cout << ", " << importer.refused << " refused";
    std::cout << ". Format: " << report.format;
    if (!report.date_order.empty()) std::cout << ", dates " << report.date_order;
    std::cout << ".\n";
    const std::size_t skipped = report.skipped_system + report.skipped_media + report.skipped_deleted;
    if (skipped > 0)
        std::cout << "Passed over: notes of the app " << report.skipped_system << ", pictures and recordings "
                  << report.skipped_media << ", deleted messages " << report.skipped_deleted << ".\n";
    tell_problems(report, importer);
}

// A wrong guess would store every message at a wrong time, and a second time when a longer export is read rightly.
void demand_certain_dates(std::istream& file, const integration::ImportOptions& reading) {
    const auto report = integration::parse_import(file, reading, [](integration::ImportedMessage&&) {});
    if (!report.date_order_certain)
        throw base::invalid_field("--date-order", "required",
                                  "is needed: the dates of this chat can be read in two ways. Look at --dry-run, then "
                                  "say D/M/Y or M/D/Y. Nothing was stored");
    file.clear();
    file.seekg(0);
}

}  // namespace

bool import_file(const Config& config, const CommonOptions& common, const ImportCommandOptions& options) {
    std::ifstream file(options.file, std::ios::binary);
    if (!file || !std::filesystem::is_regular_file(options.file))
        throw base::Error(base::Code::kNotFound, "There is no readable file at " + options.file + ".");
    const integration::ImportOptions reading{.utc_offset_minutes = offset_minutes(options.utc_offset),
                                             .date_order = date_order(options.date_order)};
    if (!options.dry_run && !reading.date_order) demand_certain_dates(file, reading);
    const auto api = options.dry_run ? nullptr : LocalApi::open_existing(config, common.user);
    Importer importer(api.get());
    const auto report = integration::parse_import(
        file, reading, [&](integration::ImportedMessage&& message) { importer.add(message); });
    importer.flush();
    if (api && shows_progress()) std::cerr << "\n";
    if (common.json) {
        std::string text;
        base::append_json(text, json_of(report, importer));
        std::cout << text << "\n";
    } else {
        tell(report, importer, options.dry_run);
    }
    return importer.refused == 0;
}

}  // namespace engram::app
