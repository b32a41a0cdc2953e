// What the command line does, one function a command. Each writes its result to standard output and what it has to say
// besides to standard error, and throws base::Error where it cannot.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/config.hpp"

namespace engram::app {

struct CommonOptions {
    std::string user;   // phone number; empty: the only person there is
    bool json = false;  // for programs: JSON instead of words
};

struct UserAddOptions {
    std::string phone_number;
    std::optional<std::string> name, email;
};

struct ImportCommandOptions {
    std::string file;
    std::string time_zone;   // "Europe/Berlin", "+02:00"; empty: that of the account
    std::string date_order;  // "D/M/Y", "M/D/Y", "Y/M/D"; empty: found out
    std::string format;      // empty: found out
    bool dry_run = false;
};

struct RecallOptions {
    std::vector<std::string> words;  // the query, however the shell cut it
    int limit = 10, offset = 0;
    std::string color = "auto";  // or "always", "never"
};

void add_user(const Config& config, const CommonOptions& common, const UserAddOptions& options);
// False where messages were refused; the others are stored.
bool import_file(const Config& config, const CommonOptions& common, const ImportCommandOptions& options);
// `file` empty: named by the day, here.
void export_all(const Config& config, const CommonOptions& common, const std::string& file);
void list_imports(const Config& config, const CommonOptions& common);
void undo_import(const Config& config, const CommonOptions& common, const std::string& id);

// `text` "-": standard input.
void remember(const Config& config, const CommonOptions& common, const std::string& text);

void list_models(const Config& config);
void add_model(const Config& config, const std::string& pack);

void recall(const Config& config, const CommonOptions& common, const RecallOptions& options);

struct RestoreOptions {
    std::string file;
    bool replace = false, roll_back = false;
};

// `file` empty: one in DATA/backups, named by the time.
void back_up(const Config& config, const CommonOptions& common, const std::string& file);
void restore_backup(const Config& config, const CommonOptions& common, const RestoreOptions& options);
void migrate_schema(const Config& config, bool dry_run);
// `common.user` empty: everybody.
void convert_database(const Config& config, const CommonOptions& common, const std::string& to);

// Jobs by kind, and those that failed for good; what is to be done about them.
void list_jobs(const Config& config, const CommonOptions& common);
void retry_job(const Config& config, const std::string& id);
void drop_job(const Config& config, const std::string& id);
void pause_jobs(const Config& config, const std::string& kind, bool paused);

// Writes the Markdown files of everybody anew.
void rebuild_markdown(const Config& config);

// Prints the OpenAPI document; needs no data folder.
void print_openapi();

}  // namespace engram::app
