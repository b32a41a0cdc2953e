#include "search/documents.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace engram::search {

Documents::Documents(std::pmr::memory_resource* memory)
    : ids_(memory),
      created_at_(memory),
      lengths_(memory),
      categories_(memory),
      sources_(memory),
      marks_(memory),
      mark_ends_(memory),
      terms_(memory),
      term_ends_(memory),
      languages_(memory),
      live_(memory),
      places_(memory),
      labels_(memory) {}

Doc Documents::add(const ports::IndexChange& change, Language language, std::span<const std::uint32_t> terms,
                   std::uint32_t length) {
    if (size() == kDocsMax) throw base::Error(base::Code::kTooLarge, "There is too much to search in.");
    const Doc doc = static_cast<Doc>(size());
    ids_.push_back(change.id);
    created_at_.push_back(change.created_at);
    lengths_.push_back(length);
    categories_.push_back(labels_.intern(change.category));
    sources_.push_back(labels_.intern(change.source));
    for (const std::string& mark : change.marks) marks_.push_back(labels_.intern(mark));
    mark_ends_.push_back(static_cast<std::uint32_t>(marks_.size()));
    terms_.insert(terms_.end(), terms.begin(), terms.end());
    term_ends_.push_back(static_cast<std::uint32_t>(terms_.size()));
    languages_.push_back(language);
    if ((doc & 63) == 0) live_.push_back(0);
    live_[doc >> 6] |= std::uint64_t{1} << (doc & 63);
    places_[change.id] = doc;
    ++languages_live_[language];
    length_sum_ += length;
    return doc;
}

std::optional<Doc> Documents::find(const base::Uuid& id) const {
    const auto place = places_.find(id);
    return place == places_.end() ? std::nullopt : std::optional(place->second);
}

void Documents::remove(Doc doc) {
    live_[doc >> 6] &= ~(std::uint64_t{1} << (doc & 63));
    places_.erase(ids_[doc]);
    --languages_live_[languages_[doc]];
    length_sum_ -= lengths_[doc];
}

double Documents::average_length() const {
    return live_count() == 0 ? 0 : static_cast<double>(length_sum_) / static_cast<double>(live_count());
}

std::vector<Doc> Documents::compact() {
    std::vector<Doc> places(size(), kDocsMax);
    Doc next = 0;
    for (Doc doc = 0; doc < size(); ++doc)
        if (is_live(doc)) places[doc] = next++;
    compact_slices(marks_, mark_ends_, places);
    compact_slices(terms_, term_ends_, places);
    for (Doc doc = 0; doc < places.size(); ++doc)
        if (places[doc] != kDocsMax) move_row(doc, places[doc]);
    resize(next);
    return places;
}

void Documents::move_row(Doc from, Doc to) {
    ids_[to] = ids_[from];
    created_at_[to] = created_at_[from];
    lengths_[to] = lengths_[from];
    categories_[to] = categories_[from];
    sources_[to] = sources_[from];
    languages_[to] = languages_[from];
    places_[ids_[to]] = to;
}

void Documents::resize(std::size_t rows) {
    ids_.resize(rows);
    created_at_.resize(rows);
    lengths_.resize(rows);
    categories_.resize(rows);
    sources_.resize(rows);
    languages_.resize(rows);
    live_.assign((rows + 63) / 64, ~std::uint64_t{0});
    if (rows % 64 != 0) live_.back() = (std::uint64_t{1} << (rows % 64)) - 1;
}

void Documents::compact_slices(Numbers& values, Numbers& ends, std::span<const Doc> places) {
    std::uint32_t begin = 0, kept = 0;
    std::size_t rows = 0;
    for (std::size_t doc = 0; doc < places.size(); ++doc) {
        const std::uint32_t end = ends[doc];
        if (places[doc] != kDocsMax) {
            for (std::uint32_t i = begin; i < end; ++i) values[kept++] = values[i];
            ends[rows++] = kept;
        }
        begin = end;
    }
    values.resize(kept);
    ends.resize(rows);
}

}  // namespace engram::search
