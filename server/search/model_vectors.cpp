#include "search/model_vectors.hpp"

#include <algorithm>

namespace engram::search {

const Vectors* ModelVectors::find(std::string_view model) const {
    const auto found =
        std::find_if(models_.begin(), models_.end(), [&](const Model& one) { return one.name == model; });
    return found == models_.end() ? nullptr : &found->vectors;
}

Vectors* ModelVectors::find_lagging() {
    const auto found =
        std::find_if(models_.begin(), models_.end(), [](const Model& one) { return one.vectors.graph_lag() > 0; });
    return found == models_.end() ? nullptr : &found->vectors;
}

Vectors& ModelVectors::get(std::string_view model, std::size_t dims) {
    std::erase_if(models_, [&](const Model& one) { return one.name == model && one.vectors.dims() != dims; });
    for (Model& one : models_)
        if (one.name == model) return one.vectors;
    return models_.emplace_back(model, dims, exact_max_, memory_).vectors;
}

void ModelVectors::put(std::string_view model, Doc doc, std::span<const std::vector<float>> passages) {
    if (!passages.empty()) return get(model, passages.front().size()).put(doc, passages);
    for (Model& one : models_)
        if (one.name == model) one.vectors.remove(doc);
}

void ModelVectors::move(Doc from, Doc to) {
    for (Model& one : models_) one.vectors.move(from, to);
}

void ModelVectors::remove(Doc doc) {
    for (Model& one : models_) one.vectors.remove(doc);
}

void ModelVectors::copy(const ModelVectors& other, Doc doc, Doc to) {
    for (const Model& one : other.models_) get(one.name, one.vectors.dims()).copy(one.vectors, doc, to);
}

}  // namespace engram::search
