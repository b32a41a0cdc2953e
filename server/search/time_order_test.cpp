#include "search/time_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "search/index_fixture.hpp"
#include "search/search_index.hpp"

namespace engram::search {
namespace {

// What stands in the list, the plain way: all that pass, sorted.
struct Model {
    std::map<base::Uuid, ports::IndexChange> entries;

    std::vector<ports::IndexChange> passing(const ports::IndexFilter& filter) const {
        std::vector<ports::IndexChange> all;
        for (const auto& [id, entry] : entries) {
            const auto has = [&](const std::string& mark) { return std::ranges::count(entry.marks, mark) > 0; };
            if (filter.category && *filter.category != entry.category) continue;
            if (filter.from && entry.created_at < *filter.from) continue;
            if (filter.to && entry.created_at >= *filter.to) continue;
            if (!std::ranges::all_of(filter.marks, has) || std::ranges::any_of(filter.without, has)) continue;
            if (filter.group && filter.group->first != id && !has(filter.group->mark)) continue;
            all.push_back(entry);
        }
        std::ranges::sort(all, [](const auto& left, const auto& right) {
            return std::pair(left.created_at, left.id) > std::pair(right.created_at, right.id);
        });
        return all;
    }
};

class TimeOrderTest : public ::testing::Test {
protected:
    std::size_t number(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

    ports::IndexChange entry(std::uint32_t id) {
        ports::IndexChange change;
        change.id = id_of(id);
        change.created_at = day(static_cast<int>(number(40)));
        change.text = "words";
        change.category = number(3) == 0 ? "a" : "b";
        if (number(2) == 0) change.marks.emplace_back("one");
        if (number(4) == 0) change.marks.emplace_back("two");
        return change;
    }

    ports::IndexFilter filter() {
        ports::IndexFilter wanted;
        if (number(3) == 0) wanted.category = number(5) == 0 ? "unknown" : "a";
        if (number(3) == 0) wanted.marks = {"one"};
        if (number(3) == 0) wanted.without = {number(3) == 0 ? "unknown" : "two"};
        if (number(4) == 0)
            wanted.group = {.first = id_of(static_cast<std::uint32_t>(number(100))),
                            .mark = number(3) == 0 ? "unknown" : "two"};
        if (number(3) == 0) wanted.from = day(static_cast<int>(number(40)));
        if (number(3) == 0) wanted.to = day(static_cast<int>(number(40)));
        return wanted;
    }

    void change_some(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto id = static_cast<std::uint32_t>(number(400));
            if (number(4) == 0) {
                feed_.remove(id);
                model_.entries.erase(id_of(id));
            } else {
                const auto change = entry(id);
                feed_.put(change);
                model_.entries[id_of(id)] = change;
            }
        }
    }

    void compare() {
        const auto wanted = filter();
        const auto all = model_.passing(wanted);
        std::optional<ports::IndexPlace> before;
        std::size_t at = 0;
        if (!all.empty() && number(2) == 0) {
            at = number(all.size());
            before = ports::IndexPlace{all[at].created_at, all[at].id};
            ++at;
        }
        const std::size_t offset = number(3) == 0 ? number(20) : 0, limit = number(30);
        const auto page = index_->list({}, 1, feed_.revision(), feed_.feed(), wanted, before, limit, offset);
        EXPECT_EQ(page.total, std::ssize(all));
        const std::size_t from = std::min(all.size(), at + offset), to = std::min(all.size(), from + limit);
        ASSERT_EQ(page.hits.size(), to - from);
        for (std::size_t i = from; i < to; ++i) EXPECT_EQ(page.hits[i - from].id, all[i].id);
    }

    const std::uint32_t seed_ = std::random_device{}();
    const ::testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed_)};
    std::mt19937 random_{seed_};
    FakeFeed feed_;
    Model model_;
    std::unique_ptr<ports::SearchIndex> index_ = make_search_index();
};

TEST_F(TimeOrderTest, APageIsWhatSortingAllWouldGive) {
    for (const std::size_t changes : {0, 1, 300, 3, 17, 900, 1, 1, 40, 500}) {
        change_some(changes);
        for (int i = 0; i < 30; ++i) compare();
    }
}

}  // namespace
}  // namespace engram::search
