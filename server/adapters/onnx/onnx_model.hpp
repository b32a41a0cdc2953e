// A sentence model under ONNX Runtime; the one place that knows its API.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace engram::onnx {

class OnnxModel {
public:
    // Opens the library, which then stays until the process ends, and loads the model: half a second of CPU. Throws
    // kUnavailable.
    OnnxModel(const std::filesystem::path& library, const std::filesystem::path& model);
    ~OnnxModel();
    OnnxModel(const OnnxModel&) = delete;
    OnnxModel& operator=(const OnnxModel&) = delete;

    // The vector, of length 1, of a text as [CLS] ... [SEP]. On the calling thread alone; any number of threads at
    // once. Throws kUnavailable where the model fails or answers nonsense.
    std::vector<float> embed(std::span<const std::int64_t> tokens) const;

private:
    struct Runtime;
    std::unique_ptr<Runtime> runtime_;
};

}  // namespace engram::onnx
