// A tree of files in a folder.
#pragma once

#include <memory>
#include <string>

#include "ports/file_tree.hpp"

namespace engram::disk {

// `root` is made when the first file is written; its parent exists.
std::unique_ptr<ports::FileTree> make_disk_tree(std::string root);

}  // namespace engram::disk
