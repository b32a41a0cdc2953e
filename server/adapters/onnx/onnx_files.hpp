// The files that the embedder needs, and what they must be.
#pragma once

#include <filesystem>
#include <string>

namespace engram::onnx {

struct PinnedFile {
    std::filesystem::path path;
    std::string sha256;  // 64 hexadecimal digits in lower case
};

struct OnnxFiles {
    PinnedFile runtime, model, tokenizer;
    std::string language;    // ISO 639-1, of a model that knows only one; else empty
    std::string model_name;  // vectors are of "NAME:" and the first 8 digits of the model's SHA-256
};

// As tools/models.sh lays them out below `folder`: ONNX Runtime 1.28.0, the last that sends no telemetry, and
// e5-small-v2, int8.
OnnxFiles e5_small_v2_files(const std::filesystem::path& folder);

// Throws kUnavailable, with what helps, where one of them is not what it must be. Reads them all.
void check_files(const OnnxFiles& files);

// The whole file. Throws kUnavailable, with what helps, where it cannot be read or is another than the pinned one; the
// text names the file without its folder, the detail tells all.
std::string read_pinned(const PinnedFile& file);

// The same check without keeping what it reads.
void check_pinned(const PinnedFile& file);

}  // namespace engram::onnx
