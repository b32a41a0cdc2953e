// The file of an embedded database, and another in its place. Whoever calls these holds the folder's lock.
#pragma once

#include <optional>
#include <string>

#include "app/config.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"

namespace engram::app {

// How many people are in a database.
std::size_t count_persons(ports::Database& database);

// The same of a file, whose log is empty afterwards; nothing for one that cannot be read, which may hold anybody.
std::optional<std::size_t> count_persons_in_file(const std::string& path, const ports::Clock& clock);

// A new file beside the database, to be filled; what an earlier try has left is gone.
std::string new_file_beside(const Config& config);

// Puts `prepared`, which is closed, in the database's place, in one step: whenever the power fails, the old or the new
// is there. The old stays under another name, which is given back; empty where there was none. Throws kConflict where
// another program reads it at this moment.
std::string put_in_place(const std::string& prepared, const Config& config, const ports::Clock& clock);

// What put_in_place() kept last; empty where nothing.
std::string last_kept(const Config& config);

}  // namespace engram::app
