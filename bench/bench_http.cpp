// Speed per operation, measured from outside on a real server: CPU of the server (all threads, with the jobs that an
// operation makes), wall time, and the client's own CPU apart. The figures are those of the first milestone.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "bench/connection.hpp"
#include "bench/echo_floor.hpp"
#include "bench/guarded.hpp"
#include "bench/measure.hpp"
#include "bench/raw_sqlite.hpp"
#include "bench/server_process.hpp"
#include "bench/texts.hpp"
#include "testing/postgres_server.hpp"

namespace engram::bench {
namespace {

constexpr std::string_view kApi = "/api/v1";
constexpr std::string_view kPhone = "+4915100000001";
constexpr const char* kSqlite = "sqlite:";
constexpr std::string_view kPassword = "measured horse battery";
constexpr std::size_t kBatch = 500, kRawBatch = 16;

struct Options {
    std::string engram = "build/release/engram", folder = "build";
    std::size_t count = 10'000, clients = 16, seed = 1;
    bool sqlite_only = false;
};

std::string api(std::string_view path) { return std::string(kApi).append(path); }

boost::json::value parse(const std::string& body) { return base::parse_json(body, {.depth_max = 64}); }

std::string json_string(std::string_view text) {
    std::string out;
    base::append_json_string(out, text);
    return out;
}

// One run: a server with one person whose memories grow to `count`, measured on the way.
class Run {
public:
    Run(const Options& options, std::string database)
        : options_(options), database_(std::move(database)), texts_(options.seed), scratch_(options.folder) {}

    std::vector<Row> all() {
        start_empty();
        sign_up();
        fill();
        create_one_client();
        change();
        read();
        search();
        start_with_data();
        create_many_clients();
        create_many_persons();
        return std::move(rows_);
    }

private:
    void start_empty() {
        server_.emplace(options_.engram, data(), database_);
        add("start to first answer, empty", fixed(server_->start_time().count() * 1e3, 0) + " ms", "<= 150 ms",
            "111 / 52 ms");
        server_->drain();
        idle_mb_ = server_->resident_mb();
        add("resident, idle", fixed(idle_mb_, 1) + " MB", "<= 30 MB", "41 / 27 MB");
    }

    void sign_up() {
        const auto connection = Connection::connect(server_->port());
        const std::string who = "\"phone_number\":" + json_string(kPhone) + ",\"password\":" + json_string(kPassword);
        const std::string account =
            "{" + who + ",\"name\":\"Bench\",\"invite\":" + json_string(server_->setup_token()) + "}";
        const Answer made = connection->exchange(post_request(api("/users/"), {}, account));
        if (made.status != 201) throw base::Error(base::Code::kInternal, "Sign-up failed: " + made.body);
        token_ = sign_in(kPhone);
    }

    std::string sign_in(std::string_view phone) {
        const auto connection = Connection::connect(server_->port());
        const std::string who =
            "{\"phone_number\":" + json_string(phone) + ",\"password\":" + json_string(kPassword) + "}";
        const Answer pair = connection->exchange(post_request(api("/auth/login"), {}, who));
        if (pair.status != 200) throw base::Error(base::Code::kInternal, "Sign-in failed: " + pair.body);
        return std::string(parse(pair.body).at("access_token").as_string());
    }

    std::vector<std::string> many_persons() {
        const auto connection = Connection::connect(server_->port());
        std::vector<std::string> tokens;
        for (std::size_t i = 0; i < options_.clients; ++i) {
            const std::string phone = "+49151000001" + std::to_string(10 + i);
            const std::string who =
                "{\"phone_number\":" + json_string(phone) + ",\"password\":" + json_string(kPassword) + "}";
            connection->exchange(post_request(api("/users/"), {}, who));
            tokens.push_back(sign_in(phone));
        }
        return tokens;
    }

    // Over the three years before the first day of 2026, in order.
    std::string created_at() {
        static constexpr std::chrono::seconds kEnd{1'767'225'600}, kSpan{3 * 365 * 86'400};
        const auto share = kSpan.count() / static_cast<std::int64_t>(options_.count + 1);
        const auto back = kSpan.count() - share * static_cast<std::int64_t>(++made_);
        return base::format_rfc3339(base::Time(kEnd - std::chrono::seconds(std::max<std::int64_t>(back, 0))));
    }

    std::string memory(bool dated) {
        std::string body = "{\"content\":" + json_string(texts_.memory()) + ",\"classification\":\"general\"";
        if (dated) body += ",\"created_at\":" + json_string(created_at());
        return body + "}";
    }

    std::string batch() {
        std::string body = "[";
        for (std::size_t i = 0; i < kBatch; ++i) body += (i > 0 ? "," : "") + memory(true);
        return body + "]";
    }

    void keep_ids(const Answer& answer) {
        const boost::json::value answered = parse(answer.body);
        for (const auto& item : answered.as_array()) {
            if (item.at("status").to_number<int>() != 201) throw base::Error(base::Code::kInternal, answer.body);
            ids_.emplace_back(item.at("memory").at("id").as_string());
        }
    }

    void fill() {
        const auto request = [&](std::size_t) { return post_request(api("/memories/batch"), token_, batch()); };
        const Load load{.count = std::max<std::size_t>(1, options_.count / kBatch),
                        .request = request,
                        .on_answer = [&](const Answer& answer) { keep_ids(answer); }};
        rows_.push_back(row_of("batch of 500", measure(*server_, load), "", ""));
    }

    std::string create(std::size_t) { return post_request(api("/memories/"), token_, memory(false)); }

    void create_one_client() {
        const Load load{
            .count = 500, .warm_up = 50, .request = [&](std::size_t i) { return create(i); }, .status = 201};
        rows_.push_back(
            row_of("create, class given, 1 client", measure(*server_, load), "<= 0.20 ms", "20-31; 0.7 ms (no fsync)"));
    }

    // The disk is shared and moody: three rounds, its own rate in each, and the median round counts.
    void create_many_clients() {
        struct Round {
            double share, raw;
            Measured measured;
        };
        const Load load{.count = 4'000,
                        .clients = options_.clients,
                        .warm_up = 500,
                        .request = [&](std::size_t i) { return create(i); },
                        .status = 201};
        if (database_ != kSqlite) {
            add_rate(options_.clients, "clients", measure(*server_, load), "");
            return;
        }
        RawSqlite sqlite(scratch_.path(), texts_, kRawBatch);
        std::vector<Round> rounds;
        for (int i = 0; i < 3; ++i) {
            const double raw = sqlite.rate(4'000);
            const Measured measured = measure(*server_, load);
            rounds.push_back({measured.rate / raw, raw, measured});
        }
        std::sort(rounds.begin(), rounds.end(), [](const Round& a, const Round& b) { return a.share < b.share; });
        const auto& [share, raw, measured] = rounds[1];
        const std::string name = add_rate(options_.clients, "clients", measured, "");
        add("raw SQLite, batches of 16", fixed(raw, 0) + "/s", "", "");
        const std::string range = " (" + fixed(rounds.front().share, 2) + " to " + fixed(rounds.back().share, 2) + ")";
        add(name + ": share of raw", fixed(share, 2) + range, ">= 0.45", "");
    }

    std::string add_rate(std::size_t count, const std::string& who, const Measured& measured,
                         const std::string& figure) {
        const std::string name = "create, " + std::to_string(count) + " " + who;
        rows_.push_back(row_of(name, measured, "", ""));
        add(name + ": rate", fixed(measured.rate, 0) + "/s", figure, "199; 2437/s (no fsync)");
        return name;
    }

    // Their writes need not wait for each other.
    void create_many_persons() {
        const std::vector<std::string> tokens = many_persons();
        const Load load{.count = 4'000,
                        .clients = options_.clients,
                        .warm_up = 500,
                        .request =
                            [&](std::size_t i) {
                                return post_request(api("/memories/"), tokens[i % tokens.size()], memory(false));
                            },
                        .status = 201};
        add_rate(options_.clients, "persons", measure(*server_, load), "PostgreSQL >= 1000/s");
    }

    void get(const std::string& what, std::size_t count, const std::function<std::string()>& target,
             const std::string& figure, const std::string& peers) {
        const Load load{
            .count = count, .warm_up = 20, .request = [&](std::size_t) { return get_request(target(), token_); }};
        rows_.push_back(row_of(what, measure(*server_, load), figure, peers));
    }

    void change() {
        const Load load{.count = 500, .warm_up = 50, .request = [&](std::size_t) {
                            const std::string& id = ids_[texts_.number(ids_.size())];
                            return put_request(api("/memories/") + id, token_,
                                               "{\"content\":" + json_string(texts_.memory()) + "}");
                        }};
        rows_.push_back(row_of("change the text (PUT)", measure(*server_, load), "<= 0.25 ms", ""));
    }

    void read() {
        get(
            "get by id", 2'000, [&] { return api("/memories/") + ids_[texts_.number(ids_.size())]; }, "<= 0.06 ms",
            "31; 0.5 ms");
        rows_.push_back({"bare echo of as many bytes", "", fixed(echo_cpu_ms(420, 720, 2'000), 3), "", "", "", ""});
        get("list of 50", 500, [&] { return api("/memories/?limit=50"); }, "<= 0.35 ms", "102; 2-3 ms");
        get(
            "sync page of 500", 100,
            [&] { return api("/sync?since=") + std::to_string(texts_.number(ids_.size() - kBatch + 1)); }, "<= 3 ms",
            "");
    }

    std::string search_request(const std::string& query, const std::string& filter = {}) {
        return post_request(api("/memories/search"), token_,
                            "{\"query\":" + json_string(query) + filter + ",\"limit\":20}");
    }

    std::string query(std::size_t) { return search_request(texts_.query(3)); }

    void search() {
        const auto request = [&](std::size_t i) { return query(i); };
        rows_.push_back(
            row_of("first search (builds the index)", measure(*server_, {.count = 1, .request = request}), "", ""));
        rows_.push_back(row_of("search by 3 everyday words, top 20",
                               measure(*server_, {.count = 500, .warm_up = 20, .request = request}), "<= 0.5 ms",
                               "95-140; 5-31 ms"));
        search_words();
        const double resident_mb = server_->resident_mb();
        add("resident, indexed", fixed(resident_mb, 1) + " MB", "<= 60 MB", "55; 195-240 MB");
        add("resident, indexed, over idle", fixed(resident_mb - idle_mb_, 1) + " MB", "<= 25 MB; at 100k 100", "");
    }

    // Everyday words here are in 8 to 20 % of the memories each; those of query() are rarer on average.
    void search_words() {
        add_search("search, 3 words in 8-20 % each, top 20", "<= 0.35 ms; at 100k 0.6",
                   [&] { return search_request(texts_.everyday_query(3)); });
        add_search("search, 6 words, one misspelt, in one year", "<= 0.6 ms; at 100k 1.2", [&] {
            return search_request(Texts::misspelt(texts_.everyday_query(6)),
                                  R"(,"date_from":"2024-01-01T00:00:00Z","date_to":"2025-01-01T00:00:00Z")");
        });
        add_search("search while typing, 3 letters", "<= 0.3 ms; at 100k 0.5",
                   [&] { return search_request(texts_.everyday_query(1).substr(0, 3), R"(,"typing":true)"); });
    }

    void add_search(const std::string& what, const std::string& figure, const std::function<std::string()>& request) {
        const Load load{.count = 500, .warm_up = 20, .request = [&](std::size_t) { return request(); }};
        rows_.push_back(row_of(what, measure(*server_, load), figure, ""));
    }

    void start_with_data() {
        server_.reset();
        server_.emplace(options_.engram, data(), database_);
        add("start to first answer, with data", fixed(server_->start_time().count() * 1e3, 0) + " ms", "<= 200 ms",
            "51 / 43 ms");
        token_ = sign_in(kPhone);
        const auto request = [&](std::size_t i) { return query(i); };
        rows_.push_back(
            row_of("first search after a start", measure(*server_, {.count = 1, .request = request}), "", ""));
    }

    void add(std::string what, std::string value, std::string figure, std::string peers) {
        rows_.push_back({std::move(what), "", "", std::move(value), "", std::move(figure), std::move(peers)});
    }

    std::filesystem::path data() const { return scratch_.path() / "data"; }

    Options options_;
    std::string database_;
    Texts texts_;
    ScratchFolder scratch_;
    std::optional<ServerProcess> server_;
    std::string token_;
    std::vector<std::string> ids_;
    std::vector<Row> rows_;
    std::size_t made_ = 0;
    double idle_mb_ = 0;
};

int run(int argc, char** argv) {
    Options options;
    CLI::App app("Measures a real engram server: CPU and wall time per operation.");
    app.add_option("--engram", options.engram, "the program to measure")->check(CLI::ExistingFile);
    app.add_option("--folder", options.folder, "where the scratch folder is made; on the disk that matters");
    app.add_option("--count", options.count, "memories of the person")->check(CLI::Range(500, 1'000'000));
    app.add_option("--clients", options.clients, "of the concurrent creates")->check(CLI::Range(1, 256));
    app.add_flag("--sqlite-only", options.sqlite_only, "without the columns of PostgreSQL");
    app.add_option("--seed", options.seed, "of the texts");
    CLI11_PARSE(app, argc, argv);
    std::vector<Row> rows = Run(options, kSqlite).all();
    if (!options.sqlite_only) {
        testing::PostgresServer postgres(testing::PostgresServer::Place::kDisk);
        rows = joined(std::move(rows), Run(options, postgres.create_database()).all());
    }
    print_table(std::to_string(options.count) + " memories", rows);
    return 0;
}

}  // namespace
}  // namespace engram::bench

int main(int argc, char** argv) {
    return engram::bench::guarded("engram_bench", [&] { return engram::bench::run(argc, argv); });
}
