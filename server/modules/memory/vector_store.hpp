// The vectors of memories in the database: what each means, by model; the owner's id is in every statement.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "ports/database.hpp"
#include "ports/search_index.hpp"

namespace engram::memory::store {

// How far a person's memories have their vectors by a model.
struct ModelState {
    std::int64_t through = 0;  // revision of the memories; 0 at first
    std::int64_t dims = 0;     // of its vectors; 0: not known
    std::int64_t refused = 0;  // the first revision of a memory that it made nothing of; 0: none
};
ModelState model_state(ports::Transaction& tx, const base::Uuid& owner, std::string_view model);
void set_model_state(ports::Transaction& tx, const base::Uuid& owner, std::string_view model, const ModelState& state);

// How many live memories have changed after a revision.
std::int64_t count_changed_after(ports::Transaction& tx, const base::Uuid& owner, std::int64_t revision);

// What the vectors of each memory were made of, in the order of `memories`; nothing: it has none by that model.
std::vector<std::optional<base::Bytes>> text_hashes(ports::Transaction& tx, const base::Uuid& owner,
                                                    std::string_view model, const std::vector<base::Uuid>& memories);

struct NewVectors {
    base::Uuid memory;
    std::int64_t memory_revision = 0;  // that the text had; where it has another by now, nothing is stored
    base::Bytes text_hash;
    std::vector<std::vector<float>> passages;
    bool unchanged = false;  // those that are there are told once more instead
};
// Each under the person's next revision of vectors, instead of those it had by that model.
void put_vectors(ports::Transaction& tx, const base::Uuid& owner, std::string_view model,
                 const std::vector<NewVectors>& vectors);
void remove_vectors(ports::Transaction& tx, const base::Uuid& owner, const base::Uuid& memory);
// Models of the person's vectors that are none of `models`.
std::vector<std::string> models_but(ports::Transaction& tx, const base::Uuid& owner,
                                    const std::vector<std::string>& models);
void remove_model(ports::Transaction& tx, const base::Uuid& owner, std::string_view model);

// Vectors after a revision in its order, some hundred at most.
std::vector<ports::IndexVectors> read_vectors(ports::Transaction& tx, const base::Uuid& owner, std::int64_t after);

void erase_vectors(ports::Transaction& tx, const base::Uuid& owner);

}  // namespace engram::memory::store
