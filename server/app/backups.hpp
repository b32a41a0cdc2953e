// Backups, restoring them, and moving to another database: what `engram backup`, `restore` and `convert` do.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/config.hpp"
#include "backup/parser.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/random.hpp"

namespace engram::app {

// Told how many rows have gone by, now and then.
using Progress = std::function<void(std::int64_t rows)>;

// Counts lines as they go by, and tells.
class LineCounter {
public:
    explicit LineCounter(const Progress& progress) : progress_(progress) {}
    void operator()() {
        if (++lines_ % kBetween == 0 && progress_) progress_(lines_);
    }

private:
    static constexpr std::int64_t kBetween = 5000;
    const Progress& progress_;
    std::int64_t lines_ = 0;
};

// An instant as it may stand in the name of a file: 2026-11-27T19-30-00-123Z.
std::string in_file_name(base::Time time);

// How much was copied.
struct Amount {
    std::int64_t rows = 0;  // of every table
    std::size_t persons = 0, memories = 0;
};
Amount amount_of(const backup::Digests& digests);

struct BackupReport {
    std::string path;
    Amount amount;
    std::int64_t bytes = 0;
};

// DATA/backups/PREFIX2026-11-27T19-30-00-123Z.jsonl.gz; makes the folder.
std::string backup_path(const Config& config, const std::string& prefix, const ports::Clock& clock);

// Writes all of `database` to a new file while others write, reads it back, and only then gives it its name. Throws
// what the engines throw, kConflict where the file is there already.
BackupReport write_backup(ports::Database& database, const std::string& path, const ports::Clock& clock,
                          const Progress& progress = {});

// Reads a backup from end to end. Throws kInvalid where it is torn or damaged, kConflict where a newer engram made it.
backup::Contents check_backup(const std::string& path);

struct RestoreParts {
    const ports::Clock& clock;
    ports::Random& random;
    Progress progress = {};
};

struct RestoreReport {
    Amount amount;
    base::Time made_at{};
    std::string kept;  // where what was there before is; empty: nothing was
};

// Puts a backup into the folder or the database of `config`, which holds nobody yet, or, for a folder, with `replace`
// takes the place of what is there. It is loaded beside, compared with the backup row by row, and only then put in
// place, in one step. Everybody is signed out, and clients start over (a new epoch). Throws kConflict where the folder
// is in use, or somebody is there and `replace` is not set; whatever it throws, what was there stands.
RestoreReport restore(const Config& config, const std::string& path, bool replace, const RestoreParts& parts);

// Puts what the last restore has replaced back in its place. Gives where the other is kept. Throws kNotFound where
// nothing was replaced, kConflict where the folder is in use.
std::string roll_back_restore(const Config& config, const ports::Clock& clock);

// Copies all, or one person, to the database of `target`, which has none of them, and compares both row by row. The
// source stays as it is. Throws kConflict where the folder is in use, where the target has one of them, or where the
// source has changed meanwhile.
Amount convert(const Config& source, const Config& target, const std::optional<std::string>& phone_number,
               const RestoreParts& parts);

}  // namespace engram::app
