#include <algorithm>

#include "adapters/disk/folder_lock.hpp"
#include "adapters/disk/gzip_file.hpp"
#include "app/backups.hpp"
#include "app/database_files.hpp"
#include "app/databases.hpp"
#include "backup/loader.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/memory_writer.hpp"
#include "modules/user/user_store.hpp"
#include "ports/migration_plan.hpp"

namespace engram::app {
namespace {

void load(ports::Database& database, const std::string& path, const Progress& progress) {
    backup::Loader loader(database, &persons);
    backup::Parser parser(loader);
    disk::GzipReader reader(path);
    LineCounter count(progress);
    for (std::string line; reader.line(line);) {
        parser.line(line);
        count();
    }
    const backup::Contents contents = parser.finish();
    loader.finish();
}

// The schema of the backup's time first, then the rows, then the steps that have come since.
void fill(ports::Database& database, const std::string& path, const backup::Contents& contents,
          const RestoreParts& parts) {
    const std::vector<ports::AppliedStep> applied = database.applied_steps();
    const auto is_of_then = [&](const ports::AppliedStep& step) {
        return std::ranges::find(contents.header.schema, step) != contents.header.schema.end();
    };
    const bool fits = std::ranges::all_of(applied, is_of_then);  // one that broke off has made some of them
    if (!fits || count_persons(database) > 0)
        throw base::Error(base::Code::kConflict,
                          "This database is in use. Make a new, empty one, restore into it, and let engram use that.");
    database.migrate(ports::steps_named(schema(), contents.header.schema));
    load(database, path, parts.progress);
    if (backup::dump(database, {.persons = &persons}, [](std::string_view) {}) != contents.digests)
        throw base::Error(base::Code::kInternal, "What was restored is not what the backup holds.");
    database.migrate(schema());
}

// Sessions that were ended since must not come back, and clients start over: they may have seen what the backup has
// not.
void begin_new_history(ports::Database& database, ports::Random& random) {
    std::vector<base::Uuid> all;
    database.read({}, [&](ports::Transaction& tx) { all = persons(tx); });
    for (const base::Uuid& person : all) {
        const std::int64_t epoch = memory::new_epoch(random);
        database.write(person, [&](ports::Transaction& tx) { memory::store::set_epoch(tx, person, epoch); });
    }
    database.write({}, [](ports::Transaction& tx) { user::store::delete_all_sessions(tx); });
}

void require_uninhabited(const Config& config, const ports::Clock& clock) {
    if (count_persons_in_file(database_path(config), clock) != 0)
        throw base::Error(base::Code::kConflict,
                          config.data +
                              " holds an engram already. With --replace the backup takes its place, and what "
                              "is there now is kept; or name another folder with --data.");
}

}  // namespace

RestoreReport restore(const Config& config, const std::string& path, bool replace, const RestoreParts& parts) {
    const backup::Contents contents = check_backup(path);
    RestoreReport report{.amount = amount_of(contents.digests), .made_at = contents.header.made_at, .kept = {}};
    if (!config.is_embedded()) {
        const auto database = open_database(config, parts.clock);
        fill(*database, path, contents, parts);
        begin_new_history(*database, parts.random);
        return report;
    }
    const disk::FolderLock lock(config.data);
    if (!replace) require_uninhabited(config, parts.clock);
    const std::string beside = new_file_beside(config);
    {
        const auto database = open_file(beside, parts.clock);
        fill(*database, path, contents, parts);
        begin_new_history(*database, parts.random);
    }
    report.kept = put_in_place(beside, config, parts.clock);
    return report;
}

std::string roll_back_restore(const Config& config, const ports::Clock& clock) {
    const disk::FolderLock lock(config.data);
    const std::string kept = config.is_embedded() ? last_kept(config) : "";
    if (kept.empty())
        throw base::Error(base::Code::kNotFound, "No restore has replaced anything in " + config.data + ".");
    if (!count_persons_in_file(kept, clock))
        throw base::Error(base::Code::kConflict, kept + " cannot be read. Everything was left as it is.");
    return put_in_place(kept, config, clock);
}

}  // namespace engram::app
