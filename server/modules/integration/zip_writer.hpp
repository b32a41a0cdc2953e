// A zip archive as a stream: nothing of it is kept, and the size of no file need be known.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "ports/personal_data.hpp"

namespace engram::integration {

// Where the archive goes, piece by piece; false: nobody reads any more.
using ZipSink = std::function<bool(std::string_view piece)>;

// Throws kUnavailable where the sink is gone. Names and sizes beyond the old limits are written as zip64.
class ZipWriter final : public ports::ArchiveWriter {
public:
    // `made_at` is the time of all files.
    ZipWriter(ZipSink sink, base::Time made_at);
    ~ZipWriter() override;

    void begin(std::string_view path) override;
    void begin(std::string_view path, base::Time modified_at);
    void write(std::string_view piece) override;
    void finish();  // once, at the end; without it the archive is broken

private:
    struct Archive;
    std::unique_ptr<Archive> archive_;
};

}  // namespace engram::integration
