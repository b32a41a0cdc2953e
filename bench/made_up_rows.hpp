// Vectors for memories whose real ones would take hours.
#pragma once

#include <filesystem>

namespace engram::bench {

// Gives a made-up vector to each live memory, as if the model of those that are there had made it. No server may have
// the database open. Throws base::Error.
void make_up_rows(const std::filesystem::path& file);

}  // namespace engram::bench
