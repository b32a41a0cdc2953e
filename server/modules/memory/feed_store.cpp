#include "modules/memory/feed_store.hpp"

#include <algorithm>
#include <unordered_map>

#include "modules/memory/memory_columns.hpp"
#include "modules/memory/memory_row.hpp"

namespace engram::memory::store {
namespace {

using ports::Row;
using ports::Transaction;

// Fewer are looked up one by one.
constexpr std::size_t kStretchMin = 16;

// A page whose entries are being found.
class Page {
public:
    Page(Transaction& tx, const base::Uuid& owner) : tx_(tx), owner_(owner) {}

    void read_heads(std::int64_t after, std::int64_t limit);
    void read_stretch();
    void look_up_rest();

    std::vector<FeedRow> take_rows() { return std::move(rows_); }

private:
    std::pair<base::Time, base::Time> first_and_last() const;
    void fill(FeedRow& found, const Row& row);

    Transaction& tx_;
    const base::Uuid& owner_;
    std::vector<FeedRow> rows_;
};

void Page::read_heads(std::int64_t after, std::int64_t limit) {
    tx_.run("SELECT id, revision FROM memory_heads WHERE user_id = $1 AND revision > $2 ORDER BY revision LIMIT $3",
            {owner_, after, limit}, [&](const Row& row) {
                rows_.push_back({.revision = row.integer(1), .id = row.uuid(0), .memory = {}, .language = {}});
            });
}

void Page::fill(FeedRow& found, const Row& row) {
    found.memory.emplace(memory_of(row));
    found.language = row.text(kLanguageColumn);
}

std::pair<base::Time, base::Time> Page::first_and_last() const {
    std::vector<base::Time> times;
    tx_.run_each("SELECT created_at FROM memory_heads WHERE user_id = $1 AND id = $2",
                 std::vector<std::vector<ports::Param>>{{owner_, rows_.front().id}, {owner_, rows_.back().id}},
                 [&](const Row& row) { times.push_back(row.time(0)); });
    return std::minmax(times.front(), times.back());
}

// What was told or imported in one go lies side by side: the stretch of the table between the first and the last then
// holds the whole page. It ends at twice as many rows, for those of a page that is scattered over years are not worth
// reading through all between.
void Page::read_stretch() {
    if (rows_.size() < kStretchMin) return;
    std::unordered_map<base::Uuid, FeedRow*, base::UuidHash> by_id(rows_.size());
    for (FeedRow& row : rows_) by_id.emplace(row.id, &row);
    const auto [first, last] = first_and_last();
    tx_.run("SELECT " ENGRAM_MEMORY_COLUMNS
            " FROM memory_entries e WHERE e.user_id = $1 AND e.created_at >= $2 AND e.created_at <= $3 "
            "AND e.trashed_at IS NULL ORDER BY e.created_at, e.id LIMIT $4",
            {owner_, first, last, static_cast<std::int64_t>(2 * rows_.size())}, [&](const Row& row) {
                if (const auto found = by_id.find(row.uuid(0)); found != by_id.end()) fill(*found->second, row);
            });
}

// Heads first, then entries, and not in one statement for all: without fresh statistics PostgreSQL would read every
// entry of the person for each head (docs/adr/0010).
void Page::look_up_rest() {
    std::vector<std::vector<ports::Param>> heads, places;
    for (const FeedRow& row : rows_)
        if (!row.memory) heads.push_back({owner_, row.id});
    tx_.run_each("SELECT id, created_at FROM memory_heads WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL", heads,
                 [&](const Row& row) { places.push_back({owner_, row.time(1), row.uuid(0)}); });
    auto next = rows_.begin();
    tx_.run_each("SELECT " ENGRAM_MEMORY_COLUMNS ENGRAM_MEMORY_AT "AND e.trashed_at IS NULL", places,
                 [&](const Row& row) {
                     const base::Uuid id = row.uuid(0);
                     while (next->id != id) ++next;
                     fill(*next, row);
                 });
}

}  // namespace

std::vector<FeedRow> read_feed(Transaction& tx, const base::Uuid& owner, std::int64_t after, std::int64_t limit) {
    Page page(tx, owner);
    page.read_heads(after, limit);
    page.read_stretch();
    page.look_up_rest();
    return page.take_rows();
}

}  // namespace engram::memory::store
