#include "search/documents.hpp"

#include "base/error.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kShards = 64;

}  // namespace

Documents::Documents(std::pmr::memory_resource* memory)
    : rows_(memory),
      times_(memory),
      categories_(memory),
      sources_(memory),
      marks_(memory),
      words_(memory),
      live_(memory),
      places_(kShards, memory),
      labels_(memory) {}

Doc Documents::add(const NewDocument& document) {
    if (size() == kDocsMax) throw base::Error(base::Code::kTooLarge, "There is too much to search in.");
    const Doc doc = static_cast<Doc>(size());
    const DocumentRow& row = document.row;
    rows_.push_back(row);
    times_.push_back(document.created_at);
    categories_.push_back(document.category);
    sources_.push_back(document.source);
    marks_.push_back(document.marks);
    words_.push_back(document.words);
    if ((doc & 63) == 0) live_.push_back(0);
    live_[doc >> 6] |= std::uint64_t{1} << (doc & 63);
    places_[shard_of(row.id)][row.id] = doc;
    ++languages_live_[row.language];
    ++live_count_;
    length_sum_ += row.length;
    return doc;
}

std::optional<Doc> Documents::find(const base::Uuid& id) const {
    const Places& places = places_[shard_of(id)];
    const auto place = places.find(id);
    return place == places.end() ? std::nullopt : std::optional(place->second);
}

void Documents::remove(Doc doc) {
    const DocumentRow& row = rows_[doc];
    live_[doc >> 6] &= ~(std::uint64_t{1} << (doc & 63));
    places_[shard_of(row.id)].erase(row.id);
    --languages_live_[row.language];
    --live_count_;
    length_sum_ -= row.length;
}

double Documents::average_length() const {
    return live_count_ == 0 ? 0 : static_cast<double>(length_sum_) / static_cast<double>(live_count_);
}

}  // namespace engram::search
