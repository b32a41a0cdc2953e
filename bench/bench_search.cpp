// CPU and size of the index in process: made-up texts, one owner, one thread. Each query is measured in three passes,
// and its best pass counts: other work on the machine disturbs, and never helps.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <memory_resource>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/cpu_time.hpp"
#include "bench/guarded.hpp"
#include "bench/resident_memory.hpp"
#include "bench/words_plan.hpp"
#include "bench/words_report.hpp"
#include "search/index_fixture.hpp"
#include "search/owner_index.hpp"
#include "search/search_index.hpp"
#include "search/word_break.hpp"

namespace engram::bench {
namespace {

using search::id_of;
using search::number_of;

constexpr int kPasses = 3;
constexpr std::size_t kShown = 20;  // queries of a kind whose finds are reported

class SearchBench {
public:
    SearchBench(const WordsPlan& plan, WordsReport& report) : plan_(plan), report_(report) {
        for (std::uint32_t i = 0; i < plan.texts.size(); ++i) put(i, plan.texts[i]);
    }

    void run() {
        build();
        for (const QueryKind& kind : plan_.kinds) measure(kind);
        change("one text added and found, mean / p99", plan_.added);
        change("one text changed and found, mean / p99", plan_.changed);
        shut_out();
    }

private:
    void put(std::uint32_t number, const std::string& text) {
        ports::IndexChange& made = changes_.emplace_back();
        made.id = id_of(number);
        made.revision = static_cast<std::int64_t>(changes_.size());
        made.created_at = base::Time(std::chrono::minutes(28'000'000 + number));
        made.text = text;
        made.language = "en";
        made.category = WordsPlan::category_of(number);
        made.source = "web";
        made.marks = {"tag" + std::to_string(number % 40)};
    }

    ports::IndexAnswer ask(const ports::IndexQuery& wanted) {
        const auto feed = [this](std::int64_t after, const ports::SearchIndex::Apply& apply) {
            for (auto at = static_cast<std::size_t>(after); at < changes_.size(); ++at) apply(changes_[at]);
        };
        return index_->search({}, 1, static_cast<std::int64_t>(changes_.size()), feed, wanted);
    }

    void build() {
        const double resident_before = resident_mb(), begun = cpu_us();
        ask({});
        report_.add({"build", "ms", (cpu_us() - begun) / 1e3});
        report_.add({"resident memory of the index", "MB", resident_mb() - resident_before});
    }

    void measure(const QueryKind& kind) {
        std::vector<double> best_us(kind.queries.size(), 1e9);
        std::vector<std::vector<std::uint32_t>> found(kShown);
        double matches = 0;
        for (int pass = 0; pass < kPasses; ++pass) {
            for (std::size_t i = 0; i < kind.queries.size(); ++i) {
                ports::IndexQuery wanted{.text = kind.queries[i], .limit = 20};
                if (!kind.category.empty()) wanted.filter.category = kind.category;
                const double begun = cpu_us();
                const ports::IndexAnswer answer = ask(wanted);
                best_us[i] = std::min(best_us[i], cpu_us() - begun);
                matches += static_cast<double>(answer.total);
                if (pass > 0 || i >= kShown) continue;
                for (const ports::IndexHit& hit : answer.hits) found[i].push_back(number_of(hit.id));
            }
        }
        WordsFigure figure = figure_of(kind.name, std::move(best_us));
        figure.matches = matches / static_cast<double>(kPasses * kind.queries.size());
        figure.found = std::move(found);
        report_.add(figure);
    }

    // As somebody does who looks for what they just wrote.
    void change(const char* name, const std::vector<ChangedText>& changes) {
        std::vector<double> us;
        double sum_us = 0;
        for (const ChangedText& change : changes) {
            put(change.number, change.text);
            const ports::IndexQuery wanted{.text = change.query, .limit = 20};
            const double begun = cpu_us();
            const ports::IndexAnswer answer = ask(wanted);
            us.push_back(cpu_us() - begun);
            sum_us += us.back();
            if (answer.hits.size() != 1 || number_of(answer.hits[0].id) != change.number)
                throw std::runtime_error("A text was not found at once by '" + change.query + "'.");
        }
        WordsFigure figure = figure_of(name, std::move(us));
        figure.value = sum_us / 1e3 / static_cast<double>(changes.size());
        report_.add(figure);
    }

    // What is done while no search can run: each text applied by itself, from the first to the last.
    void shut_out() {
        search::OwnerIndex index(std::pmr::new_delete_resource());
        std::vector<double> us;
        std::vector<search::Token> tokens;
        for (const ports::IndexChange& change : changes_) {
            tokens.clear();
            search::break_words(change.text, tokens);
            const double begun = cpu_us();
            index.apply(change, tokens);
            index.mark_applied(change.revision);
            us.push_back(cpu_us() - begun);
        }
        const double longest = *std::ranges::max_element(us);
        WordsFigure figure = figure_of("searches shut out by one text, p50 / longest", std::move(us));
        figure.high = longest / 1e3;
        report_.add(figure);
    }

    const WordsPlan& plan_;
    WordsReport& report_;
    std::vector<ports::IndexChange> changes_;
    std::unique_ptr<ports::SearchIndex> index_ = search::make_search_index();
};

int run(int argc, char** argv) {
    std::vector<std::uint32_t> counts{10'000, 100'000};
    std::filesystem::path write;
    CLI::App app("Measures the index of words in process: CPU, and memory.");
    app.add_option("--count", counts, "texts of the owner")->check(CLI::Range(1'000, 10'000'000));
    app.add_option("--write", write, "a folder for the texts, the queries and what was measured: COUNT/...");
    CLI11_PARSE(app, argc, argv);
    for (const std::uint32_t count : counts) {
        const WordsPlan plan(count);
        const std::filesystem::path folder = write.empty() ? write : write / std::to_string(count);
        if (!folder.empty()) plan.write(folder);
        std::printf("%u texts, CPU p50 / p99\n", count);
        WordsReport report(folder, "engram");
        SearchBench(plan, report).run();
        std::puts("");
    }
    return 0;
}

}  // namespace
}  // namespace engram::bench

int main(int argc, char** argv) {
    return engram::bench::guarded("bench_search", [&] { return engram::bench::run(argc, argv); });
}
