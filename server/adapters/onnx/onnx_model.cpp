#include "adapters/onnx/onnx_model.hpp"

#include <dlfcn.h>
#include <onnxruntime_c_api.h>

#include <array>
#include <string>

#include "adapters/onnx/pooling.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

namespace engram::onnx {
namespace {

template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

base::Error failed(const std::string& detail) {
    return {base::Code::kUnavailable, "The embedding model does not work on this server.", detail};
}

const OrtApi& open_library(const std::filesystem::path& path) {
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw failed(::dlerror());
    const auto base = reinterpret_cast<const OrtApiBase* (*)()>(::dlsym(library, "OrtGetApiBase"));
    const OrtApi* api = base == nullptr ? nullptr : base()->GetApi(ORT_API_VERSION);
    if (api == nullptr) throw failed(path.string() + " is too old, or no ONNX Runtime");
    return *api;
}

void check(const OrtApi& api, OrtStatus* status) {
    const Owned<OrtStatus> owned(status, api.ReleaseStatus);
    if (owned) throw failed(api.GetErrorMessage(owned.get()));
}

// `make` is a call of the API that gives an object to be released.
template <class T, class Make>
Owned<T> made(const OrtApi& api, void (*release)(T*), const Make& make) {
    T* object = nullptr;
    check(api, make(&object));
    return {object, release};
}

void ORT_API_CALL log_line(void*, OrtLoggingLevel level, const char*, const char*, const char*, const char* text) {
    if (level >= ORT_LOGGING_LEVEL_ERROR) base::log(base::Severity::kWarning, "ONNX Runtime", {{"error", text}});
}

Owned<OrtEnv> make_environment(const OrtApi& api) {
    return made<OrtEnv>(api, api.ReleaseEnv, [&](OrtEnv** out) {
        return api.CreateEnvWithCustomLogger(log_line, nullptr, ORT_LOGGING_LEVEL_ERROR, "engram", out);
    });
}

// Threads of its own would only wait for each other: texts are short, and there are callers enough to fill the cores.
// Patterns of memory, one for each length of a text, save no time and cost 5 MB.
Owned<OrtSessionOptions> make_options(const OrtApi& api) {
    auto options = made<OrtSessionOptions>(api, api.ReleaseSessionOptions,
                                           [&](OrtSessionOptions** out) { return api.CreateSessionOptions(out); });
    check(api, api.SetIntraOpNumThreads(options.get(), 1));
    check(api, api.SetInterOpNumThreads(options.get(), 1));
    check(api, api.AddSessionConfigEntry(options.get(), "session.intra_op.allow_spinning", "0"));
    check(api, api.SetSessionGraphOptimizationLevel(options.get(), ORT_ENABLE_ALL));
    check(api, api.DisableMemPattern(options.get()));
    return options;
}

Owned<OrtSession> make_session(const OrtApi& api, OrtEnv* environment, const std::filesystem::path& model) {
    const auto options = make_options(api);
    return made<OrtSession>(api, api.ReleaseSession, [&](OrtSession** out) {
        return api.CreateSession(environment, model.c_str(), options.get(), out);
    });
}

Owned<OrtMemoryInfo> make_memory_info(const OrtApi& api) {
    return made<OrtMemoryInfo>(api, api.ReleaseMemoryInfo, [&](OrtMemoryInfo** out) {
        return api.CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, out);
    });
}

// [batch, tokens, dimensions]
std::array<std::int64_t, 3> shape_of(const OrtApi& api, const OrtValue* value) {
    const auto info = made<OrtTensorTypeAndShapeInfo>(
        api, api.ReleaseTensorTypeAndShapeInfo,
        [&](OrtTensorTypeAndShapeInfo** out) { return api.GetTensorTypeAndShape(value, out); });
    ONNXTensorElementDataType type{};
    std::size_t count = 0;
    std::array<std::int64_t, 3> shape{};
    check(api, api.GetTensorElementType(info.get(), &type));
    check(api, api.GetDimensionsCount(info.get(), &count));
    if (type != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT || count != shape.size())
        throw failed("the model's output is no sequence of vectors");
    check(api, api.GetDimensions(info.get(), shape.data(), shape.size()));
    return shape;
}

}  // namespace

struct OnnxModel::Runtime {
    Runtime(const std::filesystem::path& library, const std::filesystem::path& model)
        : api(open_library(library)),
          environment(make_environment(api)),
          session(make_session(api, environment.get(), model)),
          memory(make_memory_info(api)) {}

    // A view of `numbers`.
    Owned<OrtValue> tensor(std::vector<std::int64_t>& numbers) const {
        const std::array<std::int64_t, 2> shape{1, static_cast<std::int64_t>(numbers.size())};
        return made<OrtValue>(api, api.ReleaseValue, [&](OrtValue** out) {
            return api.CreateTensorWithDataAsOrtValue(memory.get(), numbers.data(),
                                                      numbers.size() * sizeof(std::int64_t), shape.data(), shape.size(),
                                                      ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64, out);
        });
    }

    Owned<OrtValue> run(const std::array<const OrtValue*, 3>& inputs) const {
        constexpr std::array kInputs{"input_ids", "attention_mask", "token_type_ids"};
        constexpr std::array kOutputs{"last_hidden_state"};
        return made<OrtValue>(api, api.ReleaseValue, [&](OrtValue** out) {
            return api.Run(session.get(), nullptr, kInputs.data(), inputs.data(), inputs.size(), kOutputs.data(),
                           kOutputs.size(), out);
        });
    }

    const OrtApi& api;
    const Owned<OrtEnv> environment;
    const Owned<OrtSession> session;
    const Owned<OrtMemoryInfo> memory;
};

OnnxModel::OnnxModel(const std::filesystem::path& library, const std::filesystem::path& model)
    : runtime_(std::make_unique<Runtime>(library, model)) {}

OnnxModel::~OnnxModel() = default;

// One text at a time: the scales of the int8 numbers span a whole batch, so that a text's vector would depend on its
// neighbours.
std::vector<float> OnnxModel::embed(std::span<const std::int64_t> tokens) const {
    std::vector<std::int64_t> ids(tokens.begin(), tokens.end()), mask(ids.size(), 1), types(ids.size(), 0);
    const auto id_tensor = runtime_->tensor(ids), mask_tensor = runtime_->tensor(mask),
               type_tensor = runtime_->tensor(types);
    const auto output = runtime_->run({id_tensor.get(), mask_tensor.get(), type_tensor.get()});
    const auto [batch, rows, columns] = shape_of(runtime_->api, output.get());
    if (batch != 1 || rows != static_cast<std::int64_t>(tokens.size()) || columns <= 0)
        throw failed("the model's output is of another shape than its input");
    void* numbers = nullptr;
    check(runtime_->api, runtime_->api.GetTensorMutableData(output.get(), &numbers));
    const auto width = static_cast<std::size_t>(columns);
    return pool({static_cast<const float*>(numbers), tokens.size() * width}, width);
}

}  // namespace engram::onnx
