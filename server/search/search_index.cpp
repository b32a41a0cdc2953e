#include "search/search_index.hpp"

#include "search/detect_language.hpp"
#include "search/highlight.hpp"
#include "search/registry.hpp"

namespace engram::search {
namespace {

// Tells the registry what a search made of an index, also where the search throws.
class SizeReport {
public:
    SizeReport(Registry& registry, const base::Uuid& owner, const LiveIndex& index)
        : registry_(registry), owner_(owner), index_(index), bytes_before_(index.bytes()) {}
    ~SizeReport() {
        if (index_.bytes() != bytes_before_) registry_.update_bytes(owner_, index_);
    }
    SizeReport(const SizeReport&) = delete;
    SizeReport& operator=(const SizeReport&) = delete;

private:
    Registry& registry_;
    const base::Uuid& owner_;
    const LiveIndex& index_;
    std::size_t bytes_before_;
};

class EmbeddedIndex final : public ports::SearchIndex {
public:
    explicit EmbeddedIndex(const SearchOptions& options)
        : registry_(options.bytes_max, options.memory ? options.memory : std::pmr::new_delete_resource(),
                    options.waiters_max) {}

    ports::IndexAnswer search(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                              const ports::IndexQuery& query, const ports::IndexMeaning& meaning) override {
        const auto index = registry_.get(owner);
        const SizeReport report(registry_, owner, *index);
        return index->search(epoch, revision, feed, query, meaning);
    }

    void follow(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                const ports::IndexMeaning& meaning) override {
        const auto index = registry_.find(owner);
        if (!index) return;
        const SizeReport report(registry_, owner, *index);
        index->follow(epoch, revision, feed, meaning);
    }

    bool has(const base::Uuid& owner) override { return registry_.find(owner) != nullptr; }

    ports::IndexPage list(const base::Uuid& owner, std::int64_t epoch, std::int64_t revision, const Feed& feed,
                          const ports::IndexFilter& filter, const std::optional<ports::IndexPlace>& before,
                          std::size_t limit, std::size_t offset) override {
        const auto index = registry_.get(owner);
        const SizeReport report(registry_, owner, *index);
        ports::IndexPage page;
        index->ask(epoch, revision, feed,
                   [&](const OwnerIndex& current) { page = current.list(filter, before, limit, offset); });
        return page;
    }

    std::unique_ptr<Marker> marker(const ports::IndexQuery& query,
                                   const std::vector<ports::IndexWord>& words) override {
        return make_marker(query, words);
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
