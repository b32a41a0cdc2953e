// Files of lines, packed with gzip (RFC 1952), that are there whole or not at all.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/disk/files.hpp"

namespace engram::disk {

// Writes PATH.part, mode 0600, which becomes PATH with finish(); without it nothing stays. Used by one thread. Throws
// as system_error.
class GzipWriter {
public:
    explicit GzipWriter(std::string path);
    ~GzipWriter();
    GzipWriter(const GzipWriter&) = delete;
    GzipWriter& operator=(const GzipWriter&) = delete;

    void line(std::string_view text);

    // Packs what is left and makes it outlive a power cut under its PART name: it can be read back there.
    void close();
    const std::string& part_path() const { return part_; }

    // After close(): the file has its name. Throws kConflict where there is one of that name.
    void finish();

private:
    struct Stream;
    void check(bool good);

    const std::string path_, part_;
    FileHandle file_;  // the stream has a descriptor of its own
    std::unique_ptr<Stream> stream_;
    bool finished_ = false;
};

class GzipReader {
public:
    // Throws as system_error. A file that is not packed is read as it is.
    explicit GzipReader(std::string path);
    ~GzipReader();
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;

    // The next line without its line feed; false after the last. Throws kInvalid where the file is torn or damaged, or
    // a line is longer than 64 MiB.
    bool line(std::string& text);

private:
    struct Stream;
    const std::string path_;
    std::unique_ptr<Stream> stream_;
};

}  // namespace engram::disk
