// A person's synonyms in the database.
#pragma once

#include "modules/memory/memory.hpp"
#include "ports/database.hpp"

namespace engram::memory {

// What a search begins with.
struct SearchState {
    std::int64_t revision = 0, epoch = 0;
    std::int64_t vectors = 0;  // the newest revision of them
    WordFamilies synonyms;     // the person's own
};

namespace store {

SearchState search_state(ports::Transaction& tx, const base::Uuid& owner);

WordFamilies find_synonyms(ports::Transaction& tx, const base::Uuid& owner);
// `families_json` as json_of() writes it.
void set_synonyms(ports::Transaction& tx, const base::Uuid& owner, std::string_view families_json);
void erase_synonyms(ports::Transaction& tx, const base::Uuid& owner);

}  // namespace store
}  // namespace engram::memory
