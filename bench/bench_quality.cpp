// How well questions find the memories that answer them: the index as the product feeds it, one owner for each
// conversation, and plain BM25 beside it.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "bench/cpu_time.hpp"
#include "bench/guarded.hpp"
#include "bench/plain_bm25.hpp"
#include "bench/quality.hpp"
#include "search/index_fixture.hpp"
#include "search/search_index.hpp"

namespace engram::bench {
namespace {

using search::id_of;
using search::number_of;

using Ranker = std::function<std::vector<std::size_t>(const std::string& query)>;
// Another ranking to compare is one more of these. A conversation outlives its ranker.
using MakeRanker = std::function<Ranker(const Conversation& conversation)>;

Ranker engram_ranker(const Conversation& conversation) {
    const std::shared_ptr<ports::SearchIndex> index = search::make_search_index();  // a std::function is copied
    const auto feed = [index, &conversation](std::int64_t after, const ports::SearchIndex::Apply& apply) {
        for (auto at = static_cast<std::size_t>(after); at < conversation.memories.size(); ++at) {
            const Remembered& memory = conversation.memories[at];
            apply({.id = id_of(static_cast<std::uint32_t>(at)),
                   .revision = static_cast<std::int64_t>(at) + 1,
                   .created_at = memory.created_at,
                   .text = memory.content,
                   .language = index->detect_language(memory.content),
                   .category = "general",
                   .source = "locomo"});
        }
    };
    return [index, feed, &conversation](const std::string& query) {
        const ports::IndexQuery wanted{.text = query, .limit = Quality::kFound};
        const auto newest = static_cast<std::int64_t>(conversation.memories.size());
        std::vector<std::size_t> found;
        for (const ports::IndexHit& hit : index->search({}, 1, newest, feed, wanted).hits)
            found.push_back(number_of(hit.id));
        return found;
    };
}

MakeRanker bm25_ranker(const Bm25Constants& constants) {
    return [constants](const Conversation& conversation) {
        PlainBm25 ranking(constants);
        for (const Remembered& memory : conversation.memories) ranking.add(memory.content);
        return
            [ranking = std::move(ranking)](const std::string& query) { return ranking.search(query, Quality::kFound); };
    };
}

void print(const std::string& who, const std::string& where, const Quality& quality) {
    std::printf("| %-24s | %-14s | %9zu | %8.4f | %9.4f | %7.4f | %6.4f |\n", who.c_str(), where.c_str(),
                quality.questions(), quality.recall_5(), quality.recall_10(), quality.ndcg_10(),
                quality.reciprocal_rank());
}

void measure(const std::string& who, const std::vector<Conversation>& conversations, const MakeRanker& make) {
    Quality total;
    for (const Conversation& conversation : conversations) {
        const Ranker ranker = make(conversation);
        Quality quality;
        for (const Question& question : conversation.questions) quality.add(question, ranker(question.text));
        print(who, conversation.name, quality);
        total.add(quality);
    }
    print(who, "all questions", total);
}

int run(int argc, char** argv) {
    std::string file;
    Bm25Constants constants;
    CLI::App app("Measures how well questions find the memories that answer them.");
    app.add_option("file", file, "conversations with questions and their evidence, as JSON (see bench/quality.hpp)")
        ->required();
    app.add_option("--saturation", constants.saturation, "k1 of plain BM25");
    app.add_option("--length-share", constants.length_share, "b of plain BM25");
    CLI11_PARSE(app, argc, argv);
    const double begun_us = cpu_us();
    const std::vector<Conversation> conversations = read_conversations(file);
    std::printf("## Questions that find their evidence\n\n| %-24s | %-14s | %9s | %8s | %9s | %7s | %6s |\n", "ranking",
                "conversation", "questions", "Recall@5", "Recall@10", "nDCG@10", "MRR");
    std::puts("|--------------------------|----------------|----------:|---------:|----------:|--------:|-------:|");
    measure("engram", conversations, engram_ranker);
    const double engram_us = cpu_us() - begun_us;
    std::array<char, 64> name{};
    std::snprintf(name.data(), name.size(), "BM25, k1 %.2f, b %.2f", constants.saturation, constants.length_share);
    measure(name.data(), conversations, bm25_ranker(constants));
    std::printf("\nEach question counts the same; MRR is of the first %zu found. %.2f s CPU, %.2f s of it engram's.\n",
                Quality::kFound, (cpu_us() - begun_us) / 1e6, engram_us / 1e6);
    return 0;
}

}  // namespace
}  // namespace engram::bench

int main(int argc, char** argv) {
    return engram::bench::guarded("bench_quality", [&] { return engram::bench::run(argc, argv); });
}
