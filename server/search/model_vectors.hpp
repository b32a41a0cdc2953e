// The vectors of an index by model.
#pragma once

#include <list>
#include <memory_resource>
#include <string>
#include <string_view>

#include "search/vectors.hpp"

namespace engram::search {

// Readers side by side, or one writer.
class ModelVectors {
public:
    explicit ModelVectors(std::pmr::memory_resource* memory, std::size_t exact_max = Vectors::kExactMax)
        : memory_(memory), exact_max_(exact_max), models_(memory) {}

    const Vectors* find(std::string_view model) const;

    // Those whose graph lags behind; nothing where none does.
    Vectors* find_lagging();

    // Those of an entry by a model; of other dimensions than the model has had so far: they are another version of it,
    // and what was there is gone.
    void put(std::string_view model, Doc doc, std::span<const std::vector<float>> passages);
    void move(Doc from, Doc to);
    void remove(Doc doc);
    void copy(const ModelVectors& other, Doc doc, Doc to);

private:
    struct Model {
        Model(std::string_view model, std::size_t dims, std::size_t exact_max, std::pmr::memory_resource* memory)
            : name(model, memory), vectors(memory, dims, exact_max) {}
        std::pmr::string name;
        Vectors vectors;
    };

    Vectors& get(std::string_view model, std::size_t dims);

    std::pmr::memory_resource* memory_;
    std::size_t exact_max_;
    std::pmr::list<Model> models_;  // one or two
};

}  // namespace engram::search
