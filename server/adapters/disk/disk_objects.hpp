// Objects as files in a folder.
#pragma once

#include <memory>
#include <string>

#include "ports/object_store.hpp"

namespace engram::disk {

// `root` is made when the first object is put; its parent exists. What a process that died has left unfinished is
// removed at once: no other process may use the folder.
std::unique_ptr<ports::ObjectStore> make_disk_objects(std::string root);

}  // namespace engram::disk
