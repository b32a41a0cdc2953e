#include "app/packed_folder.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/error.hpp"
#include "modules/integration/import_source.hpp"
#include "modules/integration/zip_writer.hpp"

namespace engram::app {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> kTexts{"md", "markdown", "txt", "json", "jsonl", "ndjson", "csv"};

std::vector<fs::path> texts_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() &&
            std::ranges::find(kTexts, integration::extension_of(entry.path().string())) != kTexts.end())
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

void pack(const fs::path& folder, std::ofstream& out) {
    const auto sink = [&out](std::string_view piece) {
        return static_cast<bool>(out.write(piece.data(), static_cast<std::streamsize>(piece.size())));
    };
    integration::ZipWriter zip(sink, {});
    for (const fs::path& file : texts_in(folder)) {
        const auto modified = fs::file_time_type::clock::to_sys(fs::last_write_time(file));
        zip.begin(file.lexically_relative(folder).string(), std::chrono::floor<std::chrono::microseconds>(modified));
        std::ifstream in(file, std::ios::binary);
        std::array<char, 1 << 16> piece{};
        while (in.read(piece.data(), piece.size()), in.gcount() > 0)
            zip.write({piece.data(), static_cast<std::size_t>(in.gcount())});
    }
    zip.finish();
}

}  // namespace

PackedFolder::PackedFolder(std::string path) : path_(std::move(path)) {
    if (!fs::is_directory(path_)) return;
    scratch_.emplace();
    const std::string packed = scratch_->file("folder.zip");
    std::ofstream out(packed, std::ios::binary);
    pack(path_, out);
    if (!out.flush()) throw base::Error(base::Code::kStorageFull, "There is no room to pack the folder.");
    path_ = packed;
}

}  // namespace engram::app
