// What finding by meaning costs a real server with the real model: vectors of texts, searches while
// they are made and after it, how soon a memory is found, and memory. On SQLite.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "bench/connection.hpp"
#include "bench/guarded.hpp"
#include "bench/made_up_rows.hpp"
#include "bench/measure.hpp"
#include "bench/quality.hpp"
#include "bench/server_process.hpp"

namespace engram::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::size_t kBatch = 500, kQueries = 200, kRounds = 20;
constexpr const char* kWho = R"("password":"otter lamp canyon","phone_number":"+4915100000010")";

struct Options {
    std::string engram = "build/release/engram";
    std::filesystem::path folder = "build/bench", notes = "bench/data/persona.json";
    std::size_t count = 10'000, words = 20;
    bool made_up = false;
};

// Of plain words of the notes, in their order.
class NoteTexts {
public:
    explicit NoteTexts(const std::vector<Conversation>& notes) {
        for (const Conversation& one : notes) {
            for (const Remembered& memory : one.memories)
                for (const std::string_view word : base::split_at_any(memory.content, " \n"))
                    if (is_plain(word)) words_.emplace_back(word);
            for (const Question& question : one.questions) queries_.push_back(question.text);
        }
    }

    std::string next(std::size_t words) {
        std::string text;
        for (std::size_t i = 0; i < words; ++i) (text += i == 0 ? "" : " ") += words_[at_++ % words_.size()];
        at_ = (at_ * 31 + 7) % words_.size();
        return text;
    }
    const std::string& query(std::size_t number) const { return queries_[number % queries_.size()]; }

private:
    static bool is_plain(std::string_view word) {
        return std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    }

    std::vector<std::string> words_, queries_;
    std::size_t at_ = 0;
};

std::string quoted(const std::string& text) { return boost::json::serialize(boost::json::value(text)); }

// One person on one server.
class Person {
public:
    explicit Person(const ServerProcess& server) : server_(server), connection_(Connection::connect(server.port())) {}

    void sign_up() {
        server_.drain();  // it has printed its link by then
        post("/users/", std::string("{") + kWho + R"(,"invite":")" + server_.setup_token() + "\"}", 201);
    }
    void sign_in() {
        token_.clear();
        const auto pair = base::parse_json(post("/auth/login", std::string("{") + kWho + "}", 200));
        token_ = pair.at("access_token").as_string();
    }
    void remember(const std::vector<std::string>& texts) {
        std::string body;
        for (const std::string& text : texts)
            (body += body.empty() ? '[' : ',') += "{\"content\":" + quoted(text) + "}";
        post("/memories/batch", body + "]", 200);
    }
    void search(const std::string& query, const char* mode) {
        post("/memories/search", R"({"limit":10,"mode":")" + std::string(mode) + R"(","query":)" + quoted(query) + "}",
             200);
    }
    std::int64_t pending() {
        const Answer answer = connection_->exchange(get_request("/api/v1/memories/status", token_));
        return base::parse_json(answer.body).at("pending").as_int64();
    }
    void wait_for_vectors() {
        while (pending() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    const ServerProcess& server() const { return server_; }

private:
    std::string post(const std::string& target, const std::string& body, int status) {
        Answer answer = connection_->exchange(post_request("/api/v1" + target, token_, body));
        if (answer.status != status) throw base::Error(base::Code::kInternal, target + " refused: " + answer.body);
        return std::move(answer.body);
    }

    const ServerProcess& server_;
    std::unique_ptr<Connection> connection_;
    std::string token_;
};

void print(const std::string& what, const std::string& cpu, const std::string& wall) {
    std::printf("| %s | %s | %s |\n", what.c_str(), cpu.c_str(), wall.c_str());
    std::fflush(stdout);
}

std::string spread(std::vector<double> ms) {
    std::ranges::sort(ms);
    return fixed(ms[ms.size() / 2], 1) + " / " + fixed(ms[ms.size() * 95 / 100], 1) + " / " + fixed(ms.back(), 1);
}

template <class Act>
double wall_ms(const Act& act) {
    const auto begun = Clock::now();
    act();
    return Milliseconds(Clock::now() - begun).count();
}

class ModelBench {
public:
    explicit ModelBench(const Options& options)
        : options_(options), scratch_(options.folder), texts_(read_conversations(options.notes)) {}

    void run() {
        std::printf("### %zu memories of %zu words%s\n\n", options_.count, options_.words,
                    options_.made_up ? ", vectors made up" : "");
        std::puts("| what | server CPU, ms | wall, ms: p50 / p95 / longest |\n|---|--:|--:|");
        load();
        if (options_.made_up) make_up();
        const ServerProcess server(options_.engram, data(), "sqlite:");
        Person person(server);
        person.sign_in();
        load_model(person);
        person.search("anything", "hybrid");  // makes the index
        if (!options_.made_up) embed(person);
        searches(person, "hybrid");
        searches(person, "keyword");
        say_and_find(person);
        print("resident memory with all of it, MB", fixed(server.resident_mb(), 1), "");
    }

private:
    std::filesystem::path data() const { return scratch_.path() / "data"; }

    void load() {
        const ServerProcess server(options_.engram, data(), "sqlite:");
        Person person(server);
        person.sign_up();
        person.sign_in();
        const double before = server.resident_mb();
        load_model(person);
        print("resident memory: before the model, with it, MB", fixed(before, 1), fixed(server.resident_mb(), 1));
    }

    void load_model(Person& person) {
        person.remember({texts_.next(options_.words)});
        person.wait_for_vectors();
    }

    void remember_all(Person& person) {
        for (std::size_t done = 0; done < options_.count;) {
            std::vector<std::string> some;
            while (some.size() < std::min(kBatch, options_.count - done)) some.push_back(texts_.next(options_.words));
            person.remember(some);
            done += some.size();
        }
    }

    void make_up() {
        ::setenv("ENGRAM_EMBEDDER", "none", 1);
        {
            const ServerProcess server(options_.engram, data(), "sqlite:");
            Person person(server);
            person.sign_in();
            remember_all(person);
        }
        ::unsetenv("ENGRAM_EMBEDDER");
        make_up_rows(data() / "engram.db");
    }

    // Searches twice a second meanwhile.
    void embed(Person& person) {
        const ServerProcess& server = person.server();
        const Seconds before = server.cpu();
        remember_all(person);
        std::vector<double> searched_ms;
        const auto begun = Clock::now();
        for (auto signed_in = begun; person.pending() > 0;) {
            std::this_thread::sleep_for(std::chrono::milliseconds(500));
            if (Clock::now() - signed_in > std::chrono::minutes(10)) person.sign_in(), signed_in = Clock::now();
            const std::string query = texts_.query(searched_ms.size()) + " " + std::to_string(searched_ms.size());
            searched_ms.push_back(wall_ms([&] { person.search(query, "hybrid"); }));
        }
        const Seconds cpu = server.cpu() - before;
        print("stored and embedded, all", fixed(cpu.count() * 1e3, 0),
              fixed(Milliseconds(Clock::now() - begun).count(), 0));
        print("search by words and meaning meanwhile (" + std::to_string(searched_ms.size()) + ")", "",
              spread(searched_ms));
    }

    void searches(Person& person, const char* mode) {
        for (const char* which : {"first", "again"}) {
            person.server().drain();
            std::vector<double> ms;
            const Seconds before = person.server().cpu();
            for (std::size_t i = 0; i < kQueries; ++i)
                ms.push_back(wall_ms([&] { person.search(texts_.query(i), mode); }));
            const Seconds cpu = person.server().cpu() - before;
            print(std::string("search, ") + mode + ", asked " + which,
                  fixed(cpu.count() * 1e3 / static_cast<double>(kQueries), 2), spread(ms));
        }
    }

    void say_and_find(Person& person) {
        std::vector<double> ms;
        for (std::size_t i = 0; i < kRounds; ++i) {
            person.server().drain();
            ms.push_back(wall_ms([&] {
                person.remember({texts_.next(options_.words)});
                person.wait_for_vectors();
            }));
        }
        print("from telling to having its vector, idle", "", spread(ms));
    }

    Options options_;
    ScratchFolder scratch_;
    NoteTexts texts_;
};

int run(int argc, char** argv) {
    Options options;
    CLI::App app("Measures finding by meaning on a real server with the real model.");
    app.add_option("--engram", options.engram, "the program to measure")->check(CLI::ExistingFile);
    app.add_option("--folder", options.folder, "where the scratch folder is made; on the disk that matters");
    app.add_option("--count", options.count, "memories of the person")->check(CLI::Range(500, 1'000'000));
    app.add_option("--words", options.words, "of each memory; 20 are about 30 tokens, 53 about 80")
        ->check(CLI::Range(1, 1000));
    app.add_flag("--made-up", options.made_up, "store made-up vectors, and compute none: for many memories");
    CLI11_PARSE(app, argc, argv);
    ModelBench(options).run();
    return 0;
}

}  // namespace
}  // namespace engram::bench

int main(int argc, char** argv) {
    return engram::bench::guarded("bench_model", [&] { return engram::bench::run(argc, argv); });
}
