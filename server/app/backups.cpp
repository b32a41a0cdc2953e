#include "app/backups.hpp"

#include <algorithm>
#include <filesystem>

#include "adapters/disk/gzip_file.hpp"
#include "app/databases.hpp"
#include "app/version.hpp"
#include "backup/dump.hpp"

namespace engram::app {
namespace {

std::size_t rows_in(const backup::Digests& digests, const std::string& table) {
    const auto found = digests.find(table);
    return found == digests.end() ? 0 : static_cast<std::size_t>(found->second.rows);
}

}  // namespace

std::string in_file_name(base::Time time) {
    std::string text = base::format_rfc3339(time);
    std::ranges::replace(text, ':', '-');
    std::ranges::replace(text, '.', '-');
    return text;
}

Amount amount_of(const backup::Digests& digests) {
    return {rows_of(digests), rows_in(digests, "users"), rows_in(digests, "memory_entries")};
}

std::string backup_path(const Config& config, const std::string& prefix, const ports::Clock& clock) {
    const std::string folder = config.data + "/backups";
    disk::make_folder(config.data);
    disk::make_folder(folder);
    return folder + "/" + prefix + in_file_name(clock.now()) + ".jsonl.gz";
}

backup::Contents check_backup(const std::string& path) {
    disk::GzipReader reader(path);
    return backup::check([&](std::string& line) { return reader.line(line); });
}

BackupReport write_backup(ports::Database& database, const std::string& path, const ports::Clock& clock,
                          const Progress& progress) {
    disk::GzipWriter writer(path);
    LineCounter count(progress);
    const backup::DumpOptions options{.persons = &persons, .made_by = kVersion, .made_at = clock.now()};
    const backup::Digests written = backup::dump(database, options, [&](std::string_view line) {
        writer.line(line);
        count();
    });
    writer.close();
    if (check_backup(writer.part_path()).digests != written)
        throw base::Error(base::Code::kUnavailable,
                          path + " does not hold what was written to it. See that its disk works.");
    writer.finish();
    return {path, amount_of(written), static_cast<std::int64_t>(std::filesystem::file_size(path))};
}

}  // namespace engram::app
