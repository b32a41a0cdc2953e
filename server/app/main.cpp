// The command line of engram.
#include <malloc.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/serve.hpp"
#include "app/version.hpp"
#include "base/error.hpp"

namespace engram::app {
namespace {

constexpr int kFailed = 1, kUsage = 2;

// What the flags say; empty where they say nothing.
struct Flags {
    std::string config_file, data, listen, port;
    bool insecure_http = false;
    CommonOptions common;
    UserAddOptions user;
    ImportCommandOptions import;
    RecallOptions recall;
    RestoreOptions restore;
    std::string text, backup_file, export_file, convert_to, job;
    bool migrate_dry_run = false;
    std::string pack;  // of models
};

std::optional<std::string> environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

Config config_of(const Flags& flags) {
    Config config;
    const std::string file = flags.config_file.empty() ? environment("ENGRAM_CONFIG").value_or("") : flags.config_file;
    if (!file.empty()) read_file(config, file);
    read_environment(config, environment);
    if (!flags.data.empty()) set(config, "data", flags.data);
    if (!flags.listen.empty()) set(config, "listen", flags.listen);
    if (!flags.port.empty()) set(config, "port", flags.port);
    if (flags.insecure_http) config.insecure_http = true;
    base::set_log_threshold(config.log_level);
    return config;
}

void add_common(CLI::App& command, Flags& flags, bool for_a_person) {
    command.add_option("--data", flags.data, "The data folder (ENGRAM_DATA; default engram-data)")->type_name("DIR");
    command.add_option("--config", flags.config_file, "A file of settings in TOML (ENGRAM_CONFIG)")->type_name("FILE");
    if (!for_a_person) return;
    command.add_option("--user", flags.common.user, "Whose memory, by phone number; needed where there are several")
        ->type_name("PHONE");
    command.add_flag("--json", flags.common.json, "Answer in JSON, for programs");
}

void add_serve(CLI::App& app, Flags& flags, int& exit_code) {
    CLI::App* serve_command = app.add_subcommand("serve", "Run the server until Ctrl+C");
    add_common(*serve_command, flags, false);
    serve_command->add_option("--listen", flags.listen, "Address to listen on (default 127.0.0.1)")
        ->type_name("ADDRESS");
    serve_command->add_option("--port", flags.port, "Port (default 8080; 0: a free one)")
        ->type_name("PORT")
        ->check(CLI::Range(0, 65535));
    serve_command->add_flag("--insecure-http", flags.insecure_http,
                            "Serve an address that other machines reach without TLS");
    serve_command->footer(
        "Every setting can stand in the configuration file (listen = \"127.0.0.1\") or in the environment\n"
        "(ENGRAM_LISTEN): listen, port, data, database (sqlite: or postgres://...), embedder (onnx:, none or\n"
        "openai:URL?model=NAME), embedder_key, models (the folder they lie in), public_url, trusted_proxies,\n"
        "registration (open, invite, closed), limits (on, off), metrics_token, insecure_http,\n"
        "log_level (debug, info, warning, error, off).");
    serve_command->callback([&] { exit_code = serve(config_of(flags)); });
}

void add_user_commands(CLI::App& app, Flags& flags) {
    CLI::App* user_command = app.add_subcommand("user", "Accounts")->require_subcommand(1);
    CLI::App* add = user_command->add_subcommand("add", "Make an account; the password is asked for");
    add_common(*add, flags, false);
    add->add_option("phone_number", flags.user.phone_number, "In international form: +4915112345678")->required();
    add->add_option("--name", flags.user.name, "The person's name");
    add->add_option("--email", flags.user.email, "The person's e-mail address");
    add->add_flag("--json", flags.common.json, "Answer in JSON, for programs");
    add->footer("From a script: engram user add +4915112345678 < password-file");
    add->callback([&] { add_user(config_of(flags), flags.common, flags.user); });
}

void add_memory_commands(CLI::App& app, Flags& flags) {
    CLI::App* remember_command = app.add_subcommand("remember", "Tell engram something");
    add_common(*remember_command, flags, true);
    remember_command->add_option("text", flags.text, "What to remember; - reads standard input")->required();
    remember_command->footer("Example: engram remember \"The spare key is with Mrs Okafor\"");
    remember_command->callback([&] { remember(config_of(flags), flags.common, flags.text); });

    CLI::App* recall_command = app.add_subcommand("recall", "Find what engram was told");
    add_common(*recall_command, flags, true);
    recall_command->add_option("query", flags.recall.words, "Words to look for, and operators")->required();
    recall_command->add_option("--limit", flags.recall.limit, "How many at the most (default 10)")
        ->check(CLI::Range(1, 100));
    recall_command->add_option("--offset", flags.recall.offset, "How many of the best to leave out")
        ->check(CLI::Range(0, 10'000));
    recall_command->add_option("--color", flags.recall.color, "auto, always or never; NO_COLOR counts too")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    recall_command->footer(
        "A query has words and: 'exact phrase' in double quotes, -word, tag:garden, from:anna, from:telegram,\n"
        "before:2024, after:2024-03, on:yesterday, has:link, is:pinned; each of them with a - leaves out.\n"
        "Examples: engram recall spare key --limit 3\n"
        "          engram recall '\"spare key\" tag:house -cellar after:1y'\n"
        "          engram recall -- -cellar key");
    recall_command->callback([&] { recall(config_of(flags), flags.common, flags.recall); });
}

void add_import(CLI::App& app, Flags& flags, int& exit_code) {
    CLI::App* import_command = app.add_subcommand("import", "Take in a chat or a file of memories");
    add_common(*import_command, flags, true);
    import_command
        ->add_option("file", flags.import.file,
                     "What WhatsApp, Telegram or another program has exported; also a .zip, or a folder")
        ->required();
    import_command->add_option("--time-zone", flags.import.time_zone,
                               "Of times that do not tell it: Europe/Berlin, +02:00 (default: the account's)");
    import_command->add_option("--date-order", flags.import.date_order, "D/M/Y, M/D/Y or Y/M/D; found out unless told");
    import_command->add_flag("--dry-run", flags.import.dry_run, "Only say what would be imported");
    import_command->add_option("--format", flags.import.format, "Found out unless told");
    import_command->footer("A file that was imported before adds only what is new.");
    import_command->callback(
        [&] { exit_code = import_file(config_of(flags), flags.common, flags.import) ? 0 : kFailed; });
}

void add_export(CLI::App& app, Flags& flags) {
    CLI::App* command = app.add_subcommand("export", "Everything of a person as a .zip: to read, and to import again");
    add_common(*command, flags, true);
    command->add_option("file", flags.export_file, "Where to (default: engram-DAY.zip, here)");
    command->callback([&] { export_all(config_of(flags), flags.common, flags.export_file); });
}

void add_imports(CLI::App& app, Flags& flags) {
    CLI::App* imports = app.add_subcommand("imports", "What has been imported")->require_subcommand(1);
    CLI::App* list = imports->add_subcommand("list", "The last hundred, and what has become of them");
    add_common(*list, flags, true);
    list->callback([&] { list_imports(config_of(flags), flags.common); });
    CLI::App* undo = imports->add_subcommand("undo", "Take one back; what was changed since goes to the trash");
    add_common(*undo, flags, true);
    undo->add_option("id", flags.job, "As list shows it")->required();
    undo->callback([&] { undo_import(config_of(flags), flags.common, flags.job); });
}

void add_backup_commands(CLI::App& app, Flags& flags) {
    CLI::App* backup = app.add_subcommand("backup", "Write everything to one file, while engram runs");
    add_common(*backup, flags, false);
    backup->add_option("file", flags.backup_file, "Where to (default: DATA/backups/engram-TIME.jsonl.gz)");
    backup->add_flag("--json", flags.common.json, "Answer in JSON, for programs");
    backup->footer("The file is read back before it counts. Keep DATA/keys as well, apart from it.");
    backup->callback([&] { back_up(config_of(flags), flags.common, flags.backup_file); });

    CLI::App* restore = app.add_subcommand("restore", "Put a backup in place; stop engram first");
    add_common(*restore, flags, false);
    auto* file = restore->add_option("file", flags.restore.file, "The backup");
    auto* replace =
        restore->add_flag("--replace", flags.restore.replace, "Also where somebody is; what is there is kept");
    restore->add_flag("--rollback", flags.restore.roll_back, "Put back what the last restore has replaced")
        ->excludes(file)
        ->excludes(replace);
    restore->add_flag("--json", flags.common.json, "Answer in JSON, for programs");
    restore->footer("Everybody has to sign in again, and apps read everything anew.");
    restore->callback([&] {
        if (flags.restore.file.empty() && !flags.restore.roll_back) throw CLI::RequiredError("file");
        restore_backup(config_of(flags), flags.common, flags.restore);
    });
}

void add_database_commands(CLI::App& app, Flags& flags) {
    CLI::App* migrate = app.add_subcommand("migrate", "Bring the database up to date, after a backup, as serve does");
    add_common(*migrate, flags, false);
    migrate->add_flag("--dry-run", flags.migrate_dry_run, "Only say what would be done");
    migrate->callback([&] { migrate_schema(config_of(flags), flags.migrate_dry_run); });

    CLI::App* convert = app.add_subcommand("convert", "Copy to a database of another kind; stop engram first");
    add_common(*convert, flags, false);
    convert->add_option("--to", flags.convert_to, "postgres://login:password@host/database, or sqlite:")->required();
    convert->add_option("--user", flags.common.user, "Only this person, by phone number")->type_name("PHONE");
    convert->add_flag("--json", flags.common.json, "Answer in JSON, for programs");
    convert->footer("Both are compared row by row at the end; the one that is copied stays as it is.");
    convert->callback([&] { convert_database(config_of(flags), flags.common, flags.convert_to); });
}

void add_job_commands(CLI::App& app, Flags& flags) {
    CLI::App* jobs = app.add_subcommand("jobs", "What engram does after it has answered")->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, const char* argument) {
        CLI::App* command = jobs->add_subcommand(name, help);
        add_common(*command, flags, false);
        if (argument != nullptr) command->add_option(argument, flags.job, "As list shows it")->required();
        return command;
    };
    CLI::App* list = add("list", "How many wait, and which failed for good", nullptr);
    list->add_flag("--json", flags.common.json, "Answer in JSON, for programs");
    list->callback([&] { list_jobs(config_of(flags), flags.common); });
    add("retry", "Do one again that failed for good", "id")->callback([&] { retry_job(config_of(flags), flags.job); });
    add("drop", "Forget one that failed for good", "id")->callback([&] { drop_job(config_of(flags), flags.job); });
    add("pause", "Let a kind wait", "kind")->callback([&] { pause_jobs(config_of(flags), flags.job, true); });
    add("resume", "Let it go on", "kind")->callback([&] { pause_jobs(config_of(flags), flags.job, false); });
}

void add_markdown_commands(CLI::App& app, Flags& flags) {
    CLI::App* markdown = app.add_subcommand("markdown", "Memories as Markdown files, in DATA/markdown");
    markdown->require_subcommand(1);
    CLI::App* rebuild = markdown->add_subcommand("rebuild", "Write all of them anew");
    add_common(*rebuild, flags, false);
    rebuild->callback([&] { rebuild_markdown(config_of(flags)); });
}

void add_model_commands(CLI::App& app, Flags& flags) {
    CLI::App* models = app.add_subcommand("models", "What finds memories by meaning");
    models->require_subcommand(1);
    CLI::App* list = models->add_subcommand("list", "Which there are");
    add_common(*list, flags, false);
    list->callback([&] { list_models(config_of(flags)); });
    CLI::App* add = models->add_subcommand("add", "Download another: multilingual");
    add_common(*add, flags, false);
    add->add_option("pack", flags.pack, "multilingual: a query in one language finds a memory in another")->required();
    add->callback([&] { add_model(config_of(flags), flags.pack); });
}

int run(int argc, char** argv) {
    CLI::App app("engram remembers what you tell it and finds it again.", "engram");
    app.set_version_flag("--version", kVersion);
    app.require_subcommand(1);
    app.footer(
        "The commands talk to the server that runs on the data folder, or open the folder themselves.\n"
        "Exit codes: 0 done, 1 not done (the reason is on standard error), 2 wrong usage.");
    Flags flags;
    int exit_code = 0;
    add_serve(app, flags, exit_code);
    add_user_commands(app, flags);
    add_import(app, flags, exit_code);
    add_imports(app, flags);
    add_export(app, flags);
    add_memory_commands(app, flags);
    add_backup_commands(app, flags);
    add_database_commands(app, flags);
    add_job_commands(app, flags);
    add_markdown_commands(app, flags);
    add_model_commands(app, flags);
    app.add_subcommand("openapi", "Print the OpenAPI document of the API")->callback(print_openapi);
    try {
        app.parse(argc, argv);
        std::cout.flush();
        if (!std::cout) throw base::Error(base::Code::kStorageFull, "The answer could not be written.");
        return exit_code;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
}

// Measured with 16 writers: giving memory back to the system after each request and asking for it again took a sixth of
// the CPU; an arena for each of 64 workers would keep memory that nobody uses.
void tune_malloc() {
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TOP_PAD, 256 << 10);
}

// What is in memory is somebody's life: it must not be written to a core file.
void forbid_core_dumps() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

}  // namespace
}  // namespace engram::app

int main(int argc, char** argv) {
    engram::app::tune_malloc();
    engram::app::forbid_core_dumps();
    try {
        return engram::app::run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "engram: " << engram::base::describe(error) << "\n";
        return engram::app::kFailed;
    }
}
