#include "search/vectors.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "search/dot_products.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kNear = 1'000, kSampled = 4'000;

ByteRows::View view_of(const ByteVector& vector) { return {vector.codes.data(), vector.scale}; }

// Of what has a cosine.
class Tally {
public:
    void add(float cosine) {
        if (cosine == Vectors::kNone) return;
        ++count_;
        sum_ += double{cosine};
        squares_ += double{cosine} * double{cosine};
    }
    Background background() const {
        if (count_ == 0) return {};
        const double mean = sum_ / count_;
        return {count_, mean, std::max(0.0, squares_ / count_ - mean * mean)};
    }

private:
    double count_ = 0, sum_ = 0, squares_ = 0;
};

}  // namespace

ByteVector to_bytes(std::span<const float> vector) {
    constexpr float kHighest = 127;
    float highest = 0;
    for (const float value : vector) highest = std::max(highest, std::abs(value));
    ByteVector bytes;
    bytes.codes.resize((vector.size() + kDimsStep - 1) / kDimsStep * kDimsStep);
    if (highest == 0) return bytes;
    bytes.scale = highest / kHighest;
    for (std::size_t i = 0; i < vector.size(); ++i)
        bytes.codes[i] = static_cast<std::int8_t>(std::lround(vector[i] / bytes.scale));
    return bytes;
}

Vectors::Vectors(std::pmr::memory_resource* memory, std::size_t dims, std::size_t exact_max)
    : dims_(dims),
      exact_max_(exact_max),
      bytes_(memory, (dims + kDimsStep - 1) / kDimsStep * kDimsStep),
      owners_(memory),
      rows_(memory),
      sum_(dims, memory),
      graph_(memory) {}

Vectors::Rows& Vectors::rows_of(Doc doc) {
    while (rows_.size() <= doc) rows_.push_back({});
    return rows_[doc];
}

// Nobody's at first. One that threw half way stays so.
void Vectors::add_row(ByteRows::View row) {
    bytes_.add(row);
    while (owners_.size() < bytes_.size()) owners_.push_back(kNobody);
}

void Vectors::own(Doc doc, Rows rows) {
    rows_of(doc) = rows;
    for (std::uint32_t i = 0; i < rows.count; ++i) owners_[rows.first + i] = doc;
    add_to_sum(rows, 1);
    ++entry_count_;
}

void Vectors::add_to_sum(Rows rows, double times) {
    for (std::uint32_t i = 0; i < rows.count; ++i) {
        const ByteRows::View row = bytes_[rows.first + i];
        const double scale = times * double{row.scale};
        for (std::size_t at = 0; at < dims_; ++at) sum_[at] += scale * row.codes[at];
    }
    summed_ += times * rows.count;
}

std::vector<float> Vectors::mean() const {
    std::vector<float> mean(dims_);
    for (std::size_t at = 0; at < dims_ && summed_ > 0; ++at) mean[at] = static_cast<float>(sum_[at] / summed_);
    return mean;
}

bool Vectors::holds(Doc doc, std::span<const ByteVector> vectors) const {
    const Rows rows = find_rows(doc);
    if (rows.count != vectors.size()) return false;
    for (std::uint32_t i = 0; i < rows.count; ++i) {
        const ByteRows::View row = bytes_[rows.first + i];
        if (row.scale != vectors[i].scale || !std::ranges::equal(vectors[i].codes, std::span(row.codes, bytes_.dims())))
            return false;
    }
    return true;
}

void Vectors::put(Doc doc, std::span<const std::vector<float>> passages) {
    std::vector<ByteVector> vectors;
    for (const std::vector<float>& passage : passages) vectors.push_back(to_bytes(passage));
    if (holds(doc, vectors)) return;
    remove(doc);
    if (vectors.empty()) return;
    const auto first = static_cast<std::uint32_t>(bytes_.size());
    for (const ByteVector& vector : vectors) add_row(view_of(vector));
    own(doc, {first, static_cast<std::uint32_t>(vectors.size())});
}

void Vectors::move(Doc from, Doc to) {
    const Rows rows = find_rows(from);
    if (rows.count == 0) return;
    for (std::uint32_t i = 0; i < rows.count; ++i) owners_[rows.first + i] = to;
    rows_of(to) = rows;
    rows_[from] = {};
}

void Vectors::remove(Doc doc) {
    const Rows rows = find_rows(doc);
    if (rows.count == 0) return;
    for (std::uint32_t i = 0; i < rows.count; ++i) owners_[rows.first + i] = kNobody;
    add_to_sum(rows, -1);
    rows_[doc] = {};
    --entry_count_;
}

void Vectors::copy(const Vectors& other, Doc doc, Doc to) {
    const Rows rows = other.find_rows(doc);
    if (rows.count == 0) return;
    const auto first = static_cast<std::uint32_t>(bytes_.size());
    for (std::uint32_t i = 0; i < rows.count; ++i) add_row(other.bytes_[rows.first + i]);
    own(to, {first, rows.count});
}

std::size_t Vectors::graph_lag() const { return owners_.size() <= exact_max_ ? 0 : owners_.size() - graph_.size(); }

// A row that is dead before its turn comes is left out.
Hnsw::Plan Vectors::plan() const { return owners_[graph_.size()] == kNobody ? Hnsw::Plan{} : graph_.plan(bytes_); }

Background Vectors::compare(std::span<const float> vector, std::span<float> out) const {
    if (is_exact()) return compare_all(vector, out);
    std::fill(out.begin(), out.end(), kNone);
    const ByteVector query = to_bytes(vector);
    const auto is_owned = [&](Hnsw::Row row) { return owners_[row] < out.size(); };
    for (const auto& [cosine, row] : graph_.search(bytes_, view_of(query), kNear, kNear, is_owned))
        out[owners_[row]] = std::max(out[owners_[row]], cosine);
    read_rows(view_of(query), graph_.size(), out);
    const std::vector<Doc> docs = sample(out.size());
    read_entries(view_of(query), docs, out);
    Background background = background_of(out, docs);
    background.count = static_cast<double>(entry_count_);
    return background;
}

Background Vectors::compare_all(std::span<const float> vector, std::span<float> out) const {
    std::fill(out.begin(), out.end(), kNone);
    const ByteVector query = to_bytes(vector);
    read_rows(view_of(query), 0, out);
    return background_of(out);
}

std::optional<std::size_t> Vectors::nearest_passage(std::span<const float> vector, Doc doc) const {
    const Rows rows = find_rows(doc);
    if (rows.count < 2 || vector.size() != dims_) return std::nullopt;
    const ByteVector query = to_bytes(vector);
    std::vector<float> cosines;
    for (std::uint32_t i = 0; i < rows.count; ++i) cosines.push_back(bytes_.compare(view_of(query), rows.first + i));
    return static_cast<std::size_t>(std::ranges::max_element(cosines) - cosines.begin());
}

void Vectors::compare_some(std::span<const float> vector, std::span<const Doc> docs, std::span<float> out) const {
    const ByteVector query = to_bytes(vector);
    read_entries(view_of(query), docs, out);
}

// One of each of some thousand stretches, by chance: entries one in so many apart may have something in common, such as
// who is speaking.
std::vector<Doc> Vectors::sample(std::size_t doc_count) {
    const std::size_t stretches = std::min(doc_count, kSampled);
    std::vector<Doc> docs;
    std::uint64_t chance = 1;
    for (std::size_t i = 0; i < stretches; ++i) {
        const std::size_t begin = doc_count * i / stretches, end = doc_count * (i + 1) / stretches;
        chance = chance * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;  // Knuth's MMIX
        docs.push_back(static_cast<Doc>(begin + (chance >> 32) % (end - begin)));
    }
    return docs;
}

void Vectors::read_rows(ByteRows::View query, std::size_t begin, std::span<float> out) const {
    std::array<float, ByteRows::kChunk> cosines;
    while (begin < owners_.size()) {
        const Doc* const owners = owners_.from(begin);
        const std::size_t count = std::min(bytes_.compare_chunk(query, begin, cosines), owners_.size() - begin);
        for (std::size_t i = 0; i < count; ++i)
            if (owners[i] < out.size()) out[owners[i]] = std::max(out[owners[i]], cosines[i]);
        begin += count;
    }
}

void Vectors::read_entries(ByteRows::View query, std::span<const Doc> docs, std::span<float> out) const {
    std::vector<ByteRows::Row> rows;
    for (const Doc doc : docs)
        for (std::uint32_t i = 0; i < find_rows(doc).count; ++i) rows.push_back(find_rows(doc).first + i);
    std::vector<float> cosines(rows.size());
    bytes_.compare(query, rows, cosines.data());
    for (std::size_t i = 0; i < rows.size(); ++i) out[owners_[rows[i]]] = std::max(out[owners_[rows[i]]], cosines[i]);
}

Background background_of(std::span<const float> cosines) {
    Tally tally;
    for (const float cosine : cosines) tally.add(cosine);
    return tally.background();
}

Background background_of(std::span<const float> cosines, std::span<const std::uint32_t> places) {
    Tally tally;
    for (const std::uint32_t place : places) tally.add(cosines[place]);
    return tally.background();
}

}  // namespace engram::search
