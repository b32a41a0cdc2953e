#include "search/search_index.hpp"

#include "search/detect_language.hpp"
#include "search/highlight.hpp"
#include "search/registry.hpp"

namespace engram::search {
namespace {

class EmbeddedIndex final : public ports::SearchIndex {
public:
    explicit EmbeddedIndex(const SearchOptions& options)
        : registry_(options.bytes_max, options.memory ? options.memory : std::pmr::new_delete_resource()) {}

    ports::IndexAnswer search(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                              const ports::IndexQuery& query) override {
        const auto index = registry_.get(owner);
        const std::size_t bytes_before = index->bytes();
        ports::IndexAnswer answer = index->search(epoch, revision, feed, query);
        if (index->bytes() != bytes_before) registry_.update_bytes(owner, *index);
        return answer;
    }

    std::vector<ports::Highlight> highlight(const ports::IndexQuery& query, std::string_view text,
                                            std::string_view language) override {
        return search::highlight(query.text, text, language);
    }

    std::string detect_language(std::string_view text) override { return search::detect_language(text); }

    void drop(const base::Uuid& owner) override { registry_.drop(owner); }

private:
    Registry registry_;
};

}  // namespace

std::unique_ptr<ports::SearchIndex> make_search_index(const SearchOptions& options) {
    return std::make_unique<EmbeddedIndex>(options);
}

}  // namespace engram::search
