#include "modules/memory/feed_store.hpp"

#include <algorithm>
#include <tuple>

#include "modules/memory/memory_columns.hpp"
#include "modules/memory/memory_row.hpp"

namespace engram::memory::store {
namespace {

using ports::Row;
using ports::Transaction;

// Fewer are looked up one by one.
constexpr std::size_t kStretchMin = 16;

// Where the entry of a head is, and for which row of the page.
struct Place {
    base::Time created_at;
    base::Uuid id;
    std::size_t row;

    bool operator<(const Place& other) const { return std::tie(created_at, id) < std::tie(other.created_at, other.id); }
};

// A page whose entries are being found.
class Page {
public:
    Page(Transaction& tx, const base::Uuid& owner) : tx_(tx), owner_(owner) {}

    void read_heads(std::int64_t after, std::int64_t limit);
    void read_stretch();
    void look_up_rest();

    std::vector<FeedRow> take_rows() { return std::move(rows_); }

private:
    void fill(const Place& place, const Row& row);

    Transaction& tx_;
    const base::Uuid& owner_;
    std::vector<FeedRow> rows_;
    std::vector<Place> places_;  // of entries that are still to be found, in their order
};

void Page::read_heads(std::int64_t after, std::int64_t limit) {
    tx_.run(
        "SELECT id, revision, created_at, deleted_at FROM memory_heads WHERE user_id = $1 AND revision > $2 "
        "ORDER BY revision LIMIT $3",
        {owner_, after, limit}, [&](const Row& row) {
            if (row.is_null(3)) places_.push_back({row.time(2), row.uuid(0), rows_.size()});
            rows_.push_back({.revision = row.integer(1), .id = row.uuid(0), .memory = {}, .language = {}});
        });
    std::sort(places_.begin(), places_.end());
}

void Page::fill(const Place& place, const Row& row) {
    FeedRow& found = rows_[place.row];
    found.memory.emplace(memory_of(row));
    found.memory->revision = found.revision;
    found.language = row.text(kLanguageColumn);
}

// What was told or imported in one go lies side by side: one stretch of the table then holds the whole page. It ends at
// twice as many rows, for those of a page that is scattered over years are not worth reading through all between.
void Page::read_stretch() {
    if (places_.size() < kStretchMin) return;
    const auto rows_max = static_cast<std::int64_t>(2 * places_.size());
    auto next = places_.begin();
    std::int64_t rows = 0;
    tx_.run("SELECT " ENGRAM_ENTRY_COLUMNS("CAST(0 AS bigint)")
            " FROM memory_entries e WHERE e.user_id = $1 AND e.created_at >= $2 AND e.created_at <= $3 "
            "ORDER BY e.created_at, e.id LIMIT $4",
            {owner_, places_.front().created_at, places_.back().created_at, rows_max}, [&](const Row& row) {
                ++rows;
                const Place here{row.time(kCreatedAtColumn), row.uuid(0), 0};
                while (next != places_.end() && *next < here) ++next;  // it is gone
                if (next == places_.end() || here < *next) return;
                if (row.is_null(kTrashedAtColumn)) fill(*next, row);
                ++next;
            });
    places_.erase(places_.begin(), rows < rows_max ? places_.end() : next);
}

// Two statements, not a join: without fresh statistics PostgreSQL would read every entry of the person for each head
// (docs/adr/0010).
void Page::look_up_rest() {
    std::vector<std::vector<ports::Param>> params;
    for (const Place& place : places_) params.push_back({owner_, place.created_at, place.id});
    auto next = places_.begin();
    tx_.run_each("SELECT " ENGRAM_ENTRY_COLUMNS("CAST(0 AS bigint)")
                 " FROM memory_entries e WHERE e.user_id = $1 AND e.created_at = $2 AND e.id = $3 "
                 "AND e.trashed_at IS NULL",
                 params, [&](const Row& row) {
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
