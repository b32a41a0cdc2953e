// A whole database, or one person's part of it, as lines.
#pragma once

#include <functional>
#include <optional>

#include "backup/digest.hpp"
#include "ports/database.hpp"

namespace engram::backup {

// Gets each line without its line feed.
using LineSink = std::function<void(std::string_view line)>;

// The ids of all persons, in order.
using Persons = std::function<std::vector<base::Uuid>(ports::Transaction& tx)>;

struct DumpOptions {
    Persons persons;
    std::string persons_table = "users";  // whose `id` is a person's
    std::string made_by = {};             // goes into the header
    base::Time made_at = {};
    std::optional<base::Uuid> person = {};  // only this one's rows
};

// Reads it all on one snapshot while others write, and hands it on line by line. Rows of persons come first, the tables
// that are nobody's own last: only they make the rest visible. Throws what `sink` throws.
Digests dump(ports::Database& database, const DumpOptions& options, const LineSink& sink);

}  // namespace engram::backup
