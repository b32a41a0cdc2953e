// When a graph finds the nearest vectors sooner than reading all of them does, and what the bytes lose: in process, one
// thread, CPU time. docs/adr/0021-exact-up-to-200000-passages.md has the figures.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory_resource>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "bench/cpu_time.hpp"
#include "bench/guarded.hpp"
#include "bench/made_up_vectors.hpp"
#include "search/arena.hpp"
#include "search/dot_products.hpp"
#include "search/vectors.hpp"

namespace engram::bench {
namespace {

using search::Doc;
using search::Vectors;
using Vector = std::vector<float>;

constexpr std::size_t kDims = MadeUpVectors::kDims, kQueries = 100, kBest = 10;

// The entries with the highest values.
std::vector<Doc> best_of(const std::vector<float>& values) {
    std::vector<Doc> docs(values.size());
    std::iota(docs.begin(), docs.end(), Doc{0});
    const std::size_t count = std::min(kBest, docs.size());
    std::partial_sort(docs.begin(), docs.begin() + static_cast<std::ptrdiff_t>(count), docs.end(),
                      [&](Doc left, Doc right) { return values[left] > values[right]; });
    docs.resize(count);
    return docs;
}

std::size_t common_count(const std::vector<Doc>& left, const std::vector<Doc>& right) {
    return static_cast<std::size_t>(
        std::ranges::count_if(left, [&](Doc doc) { return std::ranges::find(right, doc) != right.end(); }));
}

double spread_of(const search::Background& background) { return std::sqrt(background.variance); }

struct Difference {
    double exact_ms = 0, graph_ms = 0, recall = 0, mean = 0, spread = 0;  // the last two between the backgrounds
};

Difference compare(const Vectors& vectors, const std::vector<Vector>& queries, std::size_t docs) {
    Difference sum;
    std::vector<float> all(docs), near(docs);
    for (const Vector& query : queries) {
        const double begun = cpu_us();
        const search::Background exact = vectors.compare_all(query, all);
        const double half = cpu_us();
        const search::Background sampled = vectors.compare(query, near);
        sum.exact_ms += (half - begun) / 1e3;
        sum.graph_ms += (cpu_us() - half) / 1e3;
        sum.recall += static_cast<double>(common_count(best_of(all), best_of(near))) / kBest;
        sum.mean += std::abs(exact.mean - sampled.mean) / spread_of(exact);
        sum.spread += std::abs(spread_of(sampled) / spread_of(exact) - 1);
    }
    for (double* value : {&sum.exact_ms, &sum.graph_ms, &sum.recall, &sum.mean, &sum.spread})
        *value /= static_cast<double>(queries.size());
    return sum;
}

// Milliseconds to read so many rows.
double scan_ms(search::DotProducts kernel, const std::vector<std::int8_t>& codes, std::size_t rows) {
    std::vector<std::int32_t> out(rows);
    double best_us = 1e12;
    for (int pass = 0; pass < 3; ++pass) {
        const double begun = cpu_us();
        kernel(codes.data(), codes.data(), kDims, rows, out.data());
        best_us = std::min(best_us, cpu_us() - begun);
    }
    return best_us / 1e3;
}

class GraphBench {
public:
    GraphBench() {
        for (std::size_t i = 0; i < kQueries; ++i) queries_.push_back(made_up_.next());
        std::printf("| rows |");
        for (std::size_t i = 0; i < kernels_.count; ++i) std::printf(" %s, ms |", kernels_.kernels[i].name);
        std::puts(
            " exact in all, ms | graph in all, ms | recall@10 | mean off, σ | spread off | a row planned, µs | "
            "inserted,"
            " µs (longest) | all rows, s | vectors, MB | graph, MB |");
    }

    void measure(std::size_t rows) {
        const double begun_us = planned_us_ + inserted_us_;
        const auto before = static_cast<double>(rows_);
        longest_us_ = 0;
        double planned_us = -planned_us_, inserted_us = -inserted_us_;
        while (rows_ < rows) add();
        planned_us += planned_us_, inserted_us += inserted_us_;
        const double added = static_cast<double>(rows_) - before;
        std::printf("| %zu |", rows_);
        for (std::size_t i = 0; i < kernels_.count; ++i)
            std::printf(" %.2f |", scan_ms(kernels_.kernels[i].run, codes_, rows_));
        const Difference found = compare(vectors_, queries_, rows_);
        std::printf(" %.2f | %.2f | %.3f | %.3f | %.3f | %.0f | %.1f (%.0f) | %.1f | %.1f | %.1f |\n", found.exact_ms,
                    found.graph_ms, found.recall, found.mean, found.spread, planned_us / added, inserted_us / added,
                    longest_us_, (begun_us + planned_us + inserted_us) / 1e6,
                    static_cast<double>(arena_.bytes() - graph_bytes_) / 1e6, static_cast<double>(graph_bytes_) / 1e6);
        std::fflush(stdout);
    }

private:
    void add() {
        const Vector vector = made_up_.next();
        const search::ByteVector bytes = search::to_bytes(vector);
        codes_.insert(codes_.end(), bytes.codes.begin(), bytes.codes.end());
        vectors_.put(static_cast<Doc>(rows_++), std::span(&vector, 1));
        const std::size_t bytes_before = arena_.bytes();
        const double begun = cpu_us();
        const search::Hnsw::Plan plan = vectors_.plan();
        const double planned = cpu_us();
        vectors_.grow(plan);
        const double inserted = cpu_us();
        planned_us_ += planned - begun;
        inserted_us_ += inserted - planned;
        longest_us_ = std::max(longest_us_, inserted - planned);
        graph_bytes_ += arena_.bytes() - bytes_before;
    }

    MadeUpVectors made_up_;
    std::vector<Vector> queries_;
    search::DotKernels kernels_ = search::dot_kernels();
    search::Arena arena_{std::pmr::new_delete_resource()};
    Vectors vectors_{arena_.memory(), kDims, 0};
    std::vector<std::int8_t> codes_;
    std::size_t rows_ = 0, graph_bytes_ = 0;
    double planned_us_ = 0, inserted_us_ = 0, longest_us_ = 0;
};

struct Sentences {
    std::vector<Vector> passages, queries;
};

// A file of CachedEmbedder.
Sentences read_sentences(const std::filesystem::path& file) {
    Sentences read;
    std::ifstream in(file, std::ios::binary);
    std::uint32_t sizes[2];
    while (in.read(reinterpret_cast<char*>(sizes), sizeof(sizes))) {
        std::string key(sizes[0], '\0');
        Vector vector(sizes[1]);
        in.read(key.data(), static_cast<std::streamsize>(key.size()));
        in.read(reinterpret_cast<char*>(vector.data()), static_cast<std::streamsize>(vector.size() * sizeof(float)));
        if (in)
            (key.find("\nquery\n") == std::string::npos ? read.passages : read.queries).push_back(std::move(vector));
    }
    return read;
}

Sentences make_sentences() {
    Sentences made;
    MadeUpVectors made_up;
    for (std::size_t i = 0; i < 5'000; ++i) made.passages.push_back(made_up.next());
    for (std::size_t i = 0; i < kQueries; ++i) made.queries.push_back(made_up.next());
    return made;
}

// What ranking by bytes loses against ranking by the vectors themselves.
void measure_bytes(const char* name, const Sentences& sentences) {
    if (sentences.passages.empty() || sentences.queries.empty()) return;
    Vectors vectors(std::pmr::new_delete_resource(), sentences.passages[0].size());
    for (Doc doc = 0; doc < sentences.passages.size(); ++doc) vectors.put(doc, std::span(&sentences.passages[doc], 1));
    std::size_t differing = 0, other_first = 0, displaced = 0;
    double error = 0, lost = 0, spread = 0;
    std::vector<float> bytes(sentences.passages.size()), floats(sentences.passages.size());
    for (const Vector& query : sentences.queries) {
        spread += spread_of(vectors.compare_all(query, bytes));
        for (std::size_t i = 0; i < floats.size(); ++i) {
            const Vector& passage = sentences.passages[i];
            floats[i] = std::inner_product(query.begin(), query.end(), passage.begin(), 0.0F);
            error += std::abs(double{floats[i]} - double{bytes[i]});
        }
        const std::vector<Doc> by_bytes = best_of(bytes), by_floats = best_of(floats);
        const std::size_t others = kBest - common_count(by_bytes, by_floats);
        displaced += others;
        differing += others > 0 ? 1 : 0;
        other_first += by_bytes[0] != by_floats[0] ? 1 : 0;
        for (const Doc doc : by_floats) lost += double{floats[doc]};
        for (const Doc doc : by_bytes) lost -= double{floats[doc]};
    }
    const auto asked = static_cast<double>(sentences.queries.size());
    std::printf("| %s | %zu | %zu | %zu | %zu | %zu | %.5f | %.7f | %.4f |\n", name, floats.size(),
                sentences.queries.size(), differing, displaced, other_first,
                error / asked / static_cast<double>(floats.size()), lost / asked / kBest, spread / asked);
}

int run(int argc, char** argv) {
    std::vector<std::size_t> counts{10'000, 50'000, 100'000, 200'000, 400'000};
    std::vector<std::filesystem::path> files;
    CLI::App app("Measures the search of vectors: exact and by a graph.");
    app.add_option("--count", counts, "rows, fewest first")->check(CLI::Range(1'000, 4'000'000));
    app.add_option("--vectors", files, "files of real vectors, as bench_quality keeps them");
    CLI11_PARSE(app, argc, argv);
    std::puts(
        "| vectors | passages | queries | with another ten best | places in them | another first | cosine off, mean |"
        " cosine lost in the ten | spread |");
    measure_bytes("made up", make_sentences());
    for (const std::filesystem::path& file : files) measure_bytes(file.filename().c_str(), read_sentences(file));
    GraphBench graph;
    for (const std::size_t count : counts) graph.measure(count);
    return 0;
}

}  // namespace
}  // namespace engram::bench

int main(int argc, char** argv) {
    return engram::bench::guarded("bench_vectors", [&] { return engram::bench::run(argc, argv); });
}
