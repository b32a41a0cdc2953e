#include <filesystem>
#include <iostream>

#include "app/commands.hpp"
#include "app/wiring.hpp"

namespace engram::app {
namespace {

// An empty data folder that goes when it is done.
class ScratchFolder {
public:
    ScratchFolder() : path_((std::filesystem::temp_directory_path() / "engram-XXXXXX").string()) {
        if (mkdtemp(path_.data()) == nullptr)
            throw base::Error(base::Code::kUnavailable, "No temporary folder can be made at " + path_ + ".");
    }
    ~ScratchFolder() {
        std::error_code ignored;  // what is left of it is the system's to clean
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace

// The document is made of the endpoints as they are mounted, so they are mounted.
void print_openapi() {
    const ScratchFolder folder;
    Config config;
    config.data = folder.path();
    std::cout << App(config).gateway().openapi();
}

}  // namespace engram::app
