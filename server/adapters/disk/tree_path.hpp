// Paths below a folder that never lead out of it.
#pragma once

#include <string>
#include <string_view>

namespace engram::disk {

// root/path. Throws kInvalid for what is no path of plain names: empty ones, such with a dot in front, with a slash,
// backslash or control byte in them.
std::string place_below(const std::string& root, std::string_view path);

// Makes `root` and the folders that `path` needs below it, durably.
void make_folders_below(const std::string& root, std::string_view path);

// Removes the folders above `path` that are empty, up to `root`, durably: a name of a folder tells something too.
void remove_empty_folders_above(const std::string& root, const std::string& path);

}  // namespace engram::disk
