// Any file of settings is read or refused with a reason.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/config.hpp"
#include "base/error.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram;
    static const std::string path =
        (std::filesystem::temp_directory_path() / ("engram_config_fuzz_" + std::to_string(getpid()))).string();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    app::Config config;
    try {
        app::read_file(config, path);
    } catch (const base::Error& error) {
        if (error.safe().empty()) std::abort();
    }
    std::filesystem::remove(path);
    return 0;
}
