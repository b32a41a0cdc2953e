// The files of a zip archive, read one after the other without unpacking it.
#pragma once

#include <functional>
#include <istream>
#include <memory>
#include <vector>

#include "modules/integration/import_source.hpp"

namespace engram::integration {

// Leaves the stream where its front is.
bool is_zip(std::istream& in);

// `open` gives the archive from its front, seekable. Files are best opened in order: going back begins anew. Throws
// kInvalid for an archive that is damaged, locked by a password, or has too many files; so does reading a file that
// goes on in another one, or with which all that was read expands too far.
std::vector<ImportFile> zip_files(const std::function<std::unique_ptr<std::istream>()>& open);

}  // namespace engram::integration
