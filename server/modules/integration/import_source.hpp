// What is read: a file, or the files of an archive.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace engram::integration {

struct ImportFile {
    std::string name;  // with its folders, as the archive has it: "notes/2024/plums.md"; well-formed UTF-8
    std::uint64_t bytes = 0;
    std::optional<base::Time> modified_at;
    std::function<std::unique_ptr<std::istream>()> open;  // from its front, each time; one at a time
};

// The first bytes, by which a format is told.
inline constexpr std::size_t kFrontBytes = 64 << 10;
std::string read_front(const ImportFile& file);

// "plums" of "notes/plums.md".
std::string_view stem_of(std::string_view path);
// In a folder that begins with a dot (".obsidian/"), or what macOS puts beside files ("__MACOSX/", "._a.md").
bool is_hidden(std::string_view path);
// "md", in lower case; empty: it has none.
std::string extension_of(std::string_view path);

// `open` gives the upload from its front, seekable. A zip archive gives its files, everything else itself under `name`.
// Throws kInvalid for an archive that cannot be read or is a bomb, saying what to do. Used by one thread; what is
// opened must not outlive the list.
std::vector<ImportFile> import_files(const std::string& name, std::function<std::unique_ptr<std::istream>()> open);

}  // namespace engram::integration
