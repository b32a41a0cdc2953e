#include <sys/wait.h>
#include <unistd.h>

#include <iostream>

#include "app/commands.hpp"
#include "app/embedders.hpp"
#include "base/error.hpp"

namespace engram::embedded {
std::string_view models(std::string_view name);
}

namespace engram::app {
namespace {

// As `sh -c SCRIPT add_models.sh PACK FOLDER`; it says itself what it does and what went wrong.
int run_script(const std::string& pack, const std::string& folder) {
    const std::string script(embedded::models("add_models.sh"));
    std::cout.flush();
    const pid_t child = ::fork();
    if (child < 0) throw base::Error(base::Code::kInternal, "No process could be started.");
    if (child == 0) {
        ::execl("/bin/sh", "sh", "-c", script.c_str(), "add_models.sh", pack.c_str(), folder.c_str(), nullptr);
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

void list_models(const Config& config) {
    const std::filesystem::path folder = models_folder(config);
    const auto there = [&](const char* name) { return std::filesystem::exists(folder / name) ? "there" : "not there"; };
    std::cout << "In " << folder.string() << ":\n  e5-small-v2   " << there("e5-small-v2")
              << "  English\n  multilingual  " << there(kMultilingualPack)
              << "  100 languages, beside the other; engram models add multilingual\n";
}

void add_model(const Config& config, const std::string& pack) {
    if (pack != kMultilingualPack)
        throw base::invalid_field("pack", "not_one_of", "must be multilingual, the only one there is");
    if (run_script(pack, models_folder(config).string()) != 0)
        throw base::Error(base::Code::kUnavailable, "The pack was not added; the reason stands above.");
    std::cout << "Restart engram to use it. Memories are looked at anew in the background; what is there serves "
                 "meanwhile.\n";
}

}  // namespace engram::app
