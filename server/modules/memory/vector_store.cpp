#include "modules/memory/vector_store.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace engram::memory::store {
namespace {

using ports::Row;
using ports::Transaction;

static_assert(std::endian::native == std::endian::little, "vectors are stored as they lie in memory");

std::span<const std::uint8_t> bytes_of(const std::vector<float>& vector) {
    return {reinterpret_cast<const std::uint8_t*>(vector.data()), vector.size() * sizeof(float)};
}

std::vector<float> vector_of(std::span<const std::uint8_t> bytes) {
    std::vector<float> vector(bytes.size() / sizeof(float));
    std::memcpy(vector.data(), bytes.data(), vector.size() * sizeof(float));
    return vector;
}

// The last of so many new ones. Taken as a transaction's first: whoever comes second waits, so that they show in order.
std::int64_t take_revisions(Transaction& tx, const base::Uuid& owner, std::int64_t count) {
    std::int64_t last = 0;
    tx.run(
        "INSERT INTO memory_vector_state (user_id, revision) VALUES ($1, $2) "
        "ON CONFLICT (user_id) DO UPDATE SET revision = memory_vector_state.revision + $2 RETURNING revision",
        {owner, count}, [&](const Row& row) { last = row.integer(0); });
    return last;
}

bool has_revision(Transaction& tx, const base::Uuid& owner, const base::Uuid& memory, std::int64_t revision) {
    bool is_so = false;
    tx.run("SELECT revision FROM memory_heads WHERE user_id = $1 AND id = $2", {owner, memory},
           [&](const Row& row) { is_so = row.integer(0) == revision; });
    return is_so;
}

void put_one(Transaction& tx, const base::Uuid& owner, std::string_view model, const NewVectors& one,
             std::int64_t revision) {
    if (one.unchanged) {
        tx.send("UPDATE memory_vectors SET revision = $4 WHERE user_id = $1 AND memory_id = $2 AND model = $3",
                {owner, one.memory, model, revision});
        return;
    }
    tx.send("DELETE FROM memory_vectors WHERE user_id = $1 AND memory_id = $2 AND model = $3",
            {owner, one.memory, model});
    for (std::size_t i = 0; i < one.passages.size(); ++i)
        tx.send(
            "INSERT INTO memory_vectors (user_id, revision, passage, memory_id, model, text_hash, vector) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7)",
            {owner, revision, static_cast<std::int64_t>(i), one.memory, model, one.text_hash,
             bytes_of(one.passages[i])});
}

constexpr std::int64_t kRowsAtOnce = 512;  // many more than one memory has

}  // namespace

ModelState model_state(Transaction& tx, const base::Uuid& owner, std::string_view model) {
    ModelState state;
    tx.run("SELECT through, dims, refused FROM memory_vector_models WHERE user_id = $1 AND model = $2", {owner, model},
           [&](const Row& row) { state = {row.integer(0), row.integer(1), row.integer(2)}; });
    return state;
}

void set_model_state(Transaction& tx, const base::Uuid& owner, std::string_view model, const ModelState& state) {
    tx.send(
        "INSERT INTO memory_vector_models (user_id, model, through, dims, refused) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (user_id, model) DO UPDATE SET through = $3, dims = $4, refused = $5",
        {owner, model, state.through, state.dims, state.refused});
}

std::int64_t count_changed_after(Transaction& tx, const base::Uuid& owner, std::int64_t revision) {
    std::int64_t count = 0;
    tx.run("SELECT COUNT(*) FROM memory_heads WHERE user_id = $1 AND revision > $2 AND deleted_at IS NULL",
           {owner, revision}, [&](const Row& row) { count = row.integer(0); });
    return count;
}

std::vector<std::optional<base::Bytes>> text_hashes(Transaction& tx, const base::Uuid& owner, std::string_view model,
                                                    const std::vector<base::Uuid>& memories) {
    std::vector<std::vector<ports::Param>> asked;
    for (const base::Uuid& memory : memories) asked.push_back({owner, memory, model});
    std::vector<std::optional<base::Bytes>> hashes(memories.size());
    tx.run_each(
        "SELECT memory_id, text_hash FROM memory_vectors WHERE user_id = $1 AND memory_id = $2 AND model = $3 "
        "AND passage = 0",
        asked, [&](const Row& row) {
            const auto found = std::find(memories.begin(), memories.end(), row.uuid(0));
            const auto bytes = row.bytes(1);
            hashes[static_cast<std::size_t>(found - memories.begin())].emplace(bytes.begin(), bytes.end());
        });
    return hashes;
}

void put_vectors(Transaction& tx, const base::Uuid& owner, std::string_view model,
                 const std::vector<NewVectors>& vectors) {
    if (vectors.empty()) return;
    const auto count = static_cast<std::int64_t>(vectors.size());
    std::int64_t revision = take_revisions(tx, owner, count) - count;
    for (const NewVectors& one : vectors)
        if (++revision; has_revision(tx, owner, one.memory, one.memory_revision))
            put_one(tx, owner, model, one, revision);
}

void remove_vectors(Transaction& tx, const base::Uuid& owner, const base::Uuid& memory) {
    tx.send("DELETE FROM memory_vectors WHERE user_id = $1 AND memory_id = $2", {owner, memory});
}

std::vector<std::string> models_but(Transaction& tx, const base::Uuid& owner, const std::vector<std::string>& models) {
    std::vector<std::string> others;
    tx.run("SELECT model FROM memory_vector_models WHERE user_id = $1", {owner}, [&](const Row& row) {
        if (std::find(models.begin(), models.end(), row.text(0)) == models.end()) others.emplace_back(row.text(0));
    });
    return others;
}

void remove_model(Transaction& tx, const base::Uuid& owner, std::string_view model) {
    tx.send("DELETE FROM memory_vectors WHERE user_id = $1 AND model = $2", {owner, model});
    tx.send("DELETE FROM memory_vector_models WHERE user_id = $1 AND model = $2", {owner, model});
}

std::vector<ports::IndexVectors> read_vectors(Transaction& tx, const base::Uuid& owner, std::int64_t after) {
    std::vector<ports::IndexVectors> read;
    std::int64_t rows = 0;
    tx.run(
        "SELECT revision, memory_id, model, vector FROM memory_vectors WHERE user_id = $1 AND revision > $2 "
        "ORDER BY revision, passage LIMIT $3",
        {owner, after, kRowsAtOnce}, [&](const Row& row) {
            ++rows;
            if (read.empty() || read.back().revision != row.integer(0))
                read.push_back({row.uuid(1), row.integer(0), std::string(row.text(2)), {}});
            read.back().passages.push_back(vector_of(row.bytes(3)));
        });
    if (rows == kRowsAtOnce && read.size() > 1) read.pop_back();  // it may have more
    return read;
}

void erase_vectors(Transaction& tx, const base::Uuid& owner) {
    tx.send("DELETE FROM memory_vectors WHERE user_id = $1", {owner});
    tx.send("DELETE FROM memory_vector_state WHERE user_id = $1", {owner});
    tx.send("DELETE FROM memory_vector_models WHERE user_id = $1", {owner});
}

}  // namespace engram::memory::store
