#include <boost/json/object.hpp>
#include <iostream>

#include "adapters/system/system_clock.hpp"
#include "app/answers.hpp"
#include "app/backups.hpp"
#include "app/commands.hpp"
#include "app/databases.hpp"
#include "app/terminal.hpp"
#include "base/text.hpp"

namespace engram::app {
namespace {

Progress progress() {
    if (!shows_progress()) return {};
    return [](std::int64_t rows) {
        std::cerr << "\r" << base::counted(static_cast<std::size_t>(rows), "row") << " " << std::flush;
    };
}

void end_progress() {
    if (shows_progress()) std::cerr << "\r";
}

std::string what(const Amount& amount) {
    const std::string memories = base::grouped(amount.memories) + (amount.memories == 1 ? " memory" : " memories");
    return base::counted(amount.persons, "person") + ", " + memories;
}

boost::json::object json_of(const Amount& amount) {
    return {{"persons", amount.persons}, {"memories", amount.memories}, {"rows", amount.rows}};
}

}  // namespace

void back_up(const Config& config, const CommonOptions& common, const std::string& file) {
    const system::SystemClock clock;
    const auto database = open_database(config, clock, Access::kRead);
    const std::string path = file.empty() ? backup_path(config, "engram-", clock) : file;
    const BackupReport report = write_backup(*database, path, clock, progress());
    end_progress();
    if (common.json) {
        boost::json::object object = json_of(report.amount);
        object["path"] = report.path;
        object["bytes"] = report.bytes;
        return print_json(object);
    }
    std::cout << report.path << " holds everything: " << what(report.amount) << ". It was read back and is whole.\n";
}

void restore_backup(const Config& config, const CommonOptions& common, const RestoreOptions& options) {
    const system::SystemClock clock;
    system::SystemRandom random;
    if (options.roll_back) {
        const std::string kept = roll_back_restore(config, clock);
        if (common.json) return print_json(boost::json::object{{"kept", kept}});
        std::cout << "What the restore had replaced is in its place again. What was restored is kept as " << kept
                  << ".\n";
        return;
    }
    const RestoreReport report = restore(config, options.file, options.replace, {clock, random, progress()});
    end_progress();
    if (common.json) {
        boost::json::object object = json_of(report.amount);
        object["made_at"] = base::format_rfc3339(report.made_at);
        object["kept"] = report.kept;
        return print_json(object);
    }
    std::cout << "Everything of " << base::format_rfc3339(report.made_at) << " is there again: " << what(report.amount)
              << ", each compared with the backup.\n";
    if (!report.kept.empty())
        std::cout << "What was there before is kept as " << report.kept
                  << "; engram restore --rollback puts it back.\n";
}

void migrate_schema(const Config& config, bool dry_run) {
    const system::SystemClock clock;
    const SchemaState state = schema_state(*open_database(config, clock, Access::kRead));
    if (state.pending.empty()) {
        std::cout << "The database is up to date.\n";
        return;
    }
    for (const std::string& step : state.pending) std::cout << (dry_run ? "Would run " : "Running ") << step << "\n";
    if (dry_run) return;
    const std::string backup = bring_up_to_date_alone(config, clock);
    std::cout << "The database is up to date.";
    if (!backup.empty()) std::cout << " As it was before, it is in " << backup << ".";
    std::cout << "\n";
}

void convert_database(const Config& config, const CommonOptions& common, const std::string& to) {
    const system::SystemClock clock;
    system::SystemRandom random;
    Config target = config;
    set(target, "database", to);
    const std::optional<std::string> person = common.user.empty() ? std::nullopt : std::optional(common.user);
    const Amount amount = convert(config, target, person, {clock, random, progress()});
    end_progress();
    if (common.json) return print_json(json_of(amount));
    std::cout << "Copied " << what(amount) << ", and compared both row by row.\n";
    if (!person) std::cout << "From now on let engram use it: database = \"" << to << "\" in its settings.\n";
}

}  // namespace engram::app
