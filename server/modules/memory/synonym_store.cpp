#include "modules/memory/synonym_store.hpp"

#include <boost/json/value.hpp>

#include "base/json.hpp"

namespace engram::memory::store {
namespace {

using ports::Row;
using ports::Transaction;

WordFamilies families_of(std::string_view json) {
    WordFamilies families;
    const boost::json::value parsed = base::parse_json(json);
    for (const auto& family : parsed.as_array()) {
        std::vector<std::string>& words = families.emplace_back();
        for (const auto& word : family.as_array()) words.emplace_back(word.as_string());
    }
    return families;
}

}  // namespace

SearchState search_state(Transaction& tx, const base::Uuid& owner) {
    SearchState state;
    tx.run(
        "SELECT s.revision, s.epoch, v.revision, y.families FROM person_state s "
        "LEFT JOIN memory_synonyms y ON y.user_id = s.user_id "
        "LEFT JOIN memory_vector_state v ON v.user_id = s.user_id WHERE s.user_id = $1",
        {owner}, [&](const Row& row) {
            state = {row.integer(0), row.integer(1), row.is_null(2) ? 0 : row.integer(2), {}};
            if (!row.is_null(3)) state.synonyms = families_of(row.text(3));
        });
    return state;
}

WordFamilies find_synonyms(Transaction& tx, const base::Uuid& owner) {
    WordFamilies families;
    tx.run("SELECT families FROM memory_synonyms WHERE user_id = $1", {owner},
           [&](const Row& row) { families = families_of(row.text(0)); });
    return families;
}

void set_synonyms(Transaction& tx, const base::Uuid& owner, std::string_view families_json) {
    tx.run(
        "INSERT INTO memory_synonyms (user_id, families) VALUES ($1, $2) "
        "ON CONFLICT (user_id) DO UPDATE SET families = $2",
        {owner, families_json});
}

void erase_synonyms(Transaction& tx, const base::Uuid& owner) {
    tx.send("DELETE FROM memory_synonyms WHERE user_id = $1", {owner});
}

}  // namespace engram::memory::store
