// An index with a feed, as the tests of its answers ask it.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "search/index_fixture.hpp"
#include "search/search_index.hpp"

namespace engram::search {

class SearchFixture {
protected:
    using Numbers = std::vector<std::uint32_t>;

    ports::IndexAnswer ask(const ports::IndexQuery& query) {
        return index_->search(owner_, epoch_, feed_.revision(), feed_.feed(), query);
    }
    ports::IndexAnswer ask(std::string text) { return ask(query_for(std::move(text))); }

    // In the order of their numbers.
    Numbers found(const ports::IndexQuery& query) {
        Numbers numbers = numbers_of(ask(query));
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }
    Numbers found(const std::string& text) { return found(query_for(text)); }

    std::unique_ptr<ports::SearchIndex> index_ = make_search_index();
    base::Uuid owner_ = id_of(1000);
    std::int64_t epoch_ = 1;
    FakeFeed feed_;
};

}  // namespace engram::search
