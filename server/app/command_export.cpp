#include <filesystem>
#include <fstream>
#include <iostream>

#include "adapters/system/system_clock.hpp"
#include "app/commands.hpp"
#include "app/local_api.hpp"
#include "base/error.hpp"

namespace engram::app {

// A half file never has the name that was asked for.
void export_all(const Config& config, const CommonOptions& common, const std::string& file) {
    const std::string today = base::format_rfc3339(system::SystemClock().now()).substr(0, 10);
    const std::string path = file.empty() ? "engram-" + today + ".zip" : file, unfinished = path + ".part";
    const auto api = LocalApi::open_existing(config, common.user);
    std::ofstream out(unfinished, std::ios::binary);
    if (!out) throw base::Error(base::Code::kUnavailable, "Cannot write " + unfinished + ". Name another file.");
    api->download("/users/me/export", [&out](std::string_view piece) {
        out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    });
    if (!out.flush()) throw base::Error(base::Code::kStorageFull, "There is no room for " + path + ".");
    std::filesystem::permissions(unfinished, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::rename(unfinished, path);
    std::cout << "Wrote " << path << ". engram import " << path << " takes it in elsewhere.\n";
}

}  // namespace engram::app
