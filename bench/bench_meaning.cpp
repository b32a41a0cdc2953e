// What a search by words and meaning costs in process, without the time that the vector of the query takes: made-up
// texts and vectors, half of them turns of conversations, one owner, one thread, CPU. The best of three passes counts,
// and each query is put again only after all others.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "bench/cpu_time.hpp"
#include "bench/guarded.hpp"
#include "bench/made_up_vectors.hpp"
#include "bench/resident_memory.hpp"
#include "bench/words_plan.hpp"
#include "bench/words_report.hpp"
#include "search/index_fixture.hpp"
#include "search/search_index.hpp"

namespace engram::bench {
namespace {

constexpr int kPasses = 3;
constexpr std::uint32_t kTurns = 40;  // of one conversation, then as many notes that stand alone
constexpr const char* kModel = "made up";

class MeaningBench {
public:
    explicit MeaningBench(const WordsPlan& plan) : plan_(plan) {
        for (std::uint32_t i = 0; i < plan.texts.size(); ++i) put(i);
    }

    void run() {
        const double resident_before = resident_mb(), begun = cpu_us();
        ask({}, true, made_up_.next());
        report_.add({"build, vectors given", "ms", (cpu_us() - begun) / 1e3});
        report_.add({"resident memory of the index", "MB", resident_mb() - resident_before});
        for (const QueryKind& kind : plan_.kinds) measure(kind.name + ", words and meaning", kind, true);
        measure("meaning alone", plan_.kinds.front(), false);
        add();
    }

private:
    void put(std::uint32_t number) {
        const std::uint32_t conversation = number / kTurns;
        ports::IndexChange& made = changes_.emplace_back();
        made.id = search::id_of(number);
        made.revision = static_cast<std::int64_t>(changes_.size());
        made.created_at = base::Time(std::chrono::minutes(28'000'000 + number));
        made.text = plan_.texts[number % plan_.texts.size()];
        made.language = "en";
        made.category = WordsPlan::category_of(number);
        made.source = "web";
        if (conversation % 2 == 0) made.conversation = std::to_string(conversation);
        vectors_.push_back({made.id, made.revision, kModel, {made_up_.next()}});
    }

    ports::IndexAnswer ask(const ports::IndexQuery& wanted, bool by_words, MadeUpVectors::Vector vector) {
        const auto revision = static_cast<std::int64_t>(changes_.size());
        const auto changes = [this](std::int64_t after, const ports::SearchIndex::Apply& apply) {
            for (auto at = static_cast<std::size_t>(after); at < changes_.size(); ++at) apply(changes_[at]);
        };
        ports::IndexMeaning meaning{.asked = {{kModel, std::move(vector), "en"}}, .by_words = by_words, .feed = {}};
        meaning.revision = revision;
        meaning.feed = [this](std::int64_t after, const ports::IndexMeaning::Apply& apply) {
            for (auto at = static_cast<std::size_t>(after); at < vectors_.size(); ++at)
                apply(ports::IndexVectors(vectors_[at]));
        };
        return index_->search({}, 1, revision, changes, wanted, meaning);
    }

    void measure(std::string name, const QueryKind& kind, bool by_words) {
        std::vector<double> best_us(kind.queries.size(), 1e9);
        for (int pass = 0; pass < kPasses; ++pass) {
            for (std::size_t i = 0; i < kind.queries.size(); ++i) {
                ports::IndexQuery wanted{.text = kind.queries[i], .limit = 20};
                if (!kind.category.empty()) wanted.filter.category = kind.category;
                MadeUpVectors::Vector vector = made_up_.next();
                const double begun = cpu_us();
                ask(wanted, by_words, std::move(vector));
                best_us[i] = std::min(best_us[i], cpu_us() - begun);
            }
        }
        report_.add(figure_of(std::move(name), std::move(best_us)));
    }

    // As somebody does who looks for what they just wrote.
    void add() {
        std::vector<double> us;
        for (const ChangedText& text : plan_.added) {
            put(static_cast<std::uint32_t>(changes_.size()));
            MadeUpVectors::Vector vector = made_up_.next();
            const double begun = cpu_us();
            ask({.text = text.query, .limit = 20}, true, std::move(vector));
            us.push_back(cpu_us() - begun);
        }
        report_.add(figure_of("one added, and found", std::move(us)));
    }

    const WordsPlan& plan_;
    WordsReport report_{{}, "engram"};
    MadeUpVectors made_up_;
    std::vector<ports::IndexChange> changes_;
    std::vector<ports::IndexVectors> vectors_;
    std::unique_ptr<ports::SearchIndex> index_ = search::make_search_index();
};

int run(int argc, char** argv) {
    std::vector<std::uint32_t> counts{10'000, 100'000};
    CLI::App app("Measures the search by words and meaning in process: CPU.");
    app.add_option("--count", counts, "memories of the owner")->check(CLI::Range(1'000, 10'000'000));
    CLI11_PARSE(app, argc, argv);
    for (const std::uint32_t count : counts) {
        std::printf("%u memories, CPU p50 / p99\n", count);
        const WordsPlan plan(count);
        MeaningBench(plan).run();
        std::puts("");
    }
    return 0;
}

}  // namespace
}  // namespace engram::bench

int main(int argc, char** argv) {
    return engram::bench::guarded("bench_meaning", [&] { return engram::bench::run(argc, argv); });
}
