#include "app/database_files.hpp"

#include <algorithm>
#include <filesystem>

#include "adapters/disk/files.hpp"
#include "app/backups.hpp"
#include "app/databases.hpp"
#include "base/log.hpp"

namespace engram::app {
namespace {

namespace fs = std::filesystem;

constexpr char kKeptPrefix[] = "engram-replaced-";

std::string kept_path(const Config& config, const ports::Clock& clock) {
    return config.data + "/" + kKeptPrefix + in_file_name(clock.now()) + ".db";
}

bool has_log(const std::string& path) {
    std::error_code none;
    return fs::exists(path + "-wal") && fs::file_size(path + "-wal", none) > 0;
}

}  // namespace

std::size_t count_persons(ports::Database& database) {
    std::size_t count = 0;
    if (database.applied_steps().empty()) return count;
    database.read({}, [&](ports::Transaction& tx) { count = persons(tx).size(); });
    return count;
}

std::optional<std::size_t> count_persons_in_file(const std::string& path, const ports::Clock& clock) {
    if (!fs::exists(path)) return 0;
    try {
        return count_persons(*open_file(path, clock));
    } catch (const base::Error& error) {
        base::log(base::Severity::kWarning, "the database cannot be read", {{"path", path}, {"why", error.safe()}});
        return std::nullopt;
    }
}

std::string new_file_beside(const Config& config) {
    const std::string path = database_path(config) + ".new";
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(path + part);
    return path;
}

// The log of a database that cannot be read goes with it.
std::string put_in_place(const std::string& prepared, const Config& config, const ports::Clock& clock) {
    const std::string current = database_path(config);
    if (!fs::exists(current)) {
        disk::replace_file(prepared, current, "");
        return {};
    }
    const std::string kept = kept_path(config, clock);
    const bool readable = count_persons_in_file(current, clock).has_value();
    if (readable && has_log(current))
        throw base::Error(base::Code::kConflict,
                          current + " is being read, by a backup perhaps. Wait until that has ended.");
    if (has_log(current)) fs::rename(current + "-wal", kept + "-wal");
    fs::remove(current + "-shm");
    disk::replace_file(prepared, current, kept);
    return kept;
}

std::string last_kept(const Config& config) {
    std::string newest;
    for (const auto& entry : fs::directory_iterator(config.data)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(kKeptPrefix) && name.ends_with(".db")) newest = std::max(newest, entry.path().string());
    }
    return newest;
}

}  // namespace engram::app
