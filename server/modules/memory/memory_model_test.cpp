// Random operations on a whole engram against a small model, with restarts, repeated requests, a clock that jumps,
// and a client that syncs and loses answers: all must tell the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <random>

#include "base/json.hpp"
#include "base/log.hpp"
#include "base/thread.hpp"
#include "modules/memory/markdown_files.hpp"
#include "testing/json_texts.hpp"
#include "testing/postgres_server.hpp"
#include "testing/test_server.hpp"
#include "testing/tree_in_memory.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::TestServer;
using testing::text_of;

// What a memory says; a version of it.
struct Said {
    std::string content, classification = "general";
    bool tagged = false;
    bool operator==(const Said&) const = default;
};

struct Modelled {
    Said said;
    std::vector<Said> versions;  // what it said before, oldest first
    bool pinned = false, trashed = false;
    std::int64_t revision = 0;
    bool operator==(const Modelled&) const = default;
};

// A change of many, as it can be taken back.
struct Undo {
    struct Item {
        std::string id;
        Modelled before;
        std::int64_t revision;  // that the change has made
    };
    std::string id;
    std::vector<Item> items;
};

// A line for each, so that a failed comparison shows where they differ.
std::string lines_of(const std::map<std::string, Modelled>& memories) {
    std::string text;
    const auto add = [&](const Said& said) {
        text += " " + said.content + (said.tagged ? "#" : "") + (said.classification == "general" ? "" : "@");
    };
    for (const auto& [id, memory] : memories) {
        text += id.substr(32) + " r" + std::to_string(memory.revision) + (memory.pinned ? " pinned" : "");
        add(memory.said);
        text += " <";
        for (const Said& said : memory.versions) add(said);
        text += '\n';
    }
    return text;
}

class World {
public:
    explicit World(std::uint32_t seed) : random_(seed) {}

    void step() {
        static constexpr void (World::* kSteps[])() = {
            &World::create, &World::create,     &World::import, &World::edit,  &World::edit,
            &World::pin,    &World::tag,        &World::trash,  &World::trash, &World::bring_back,
            &World::purge,  &World::bulk,       &World::undo,   &World::bulk,  &World::sync,
            &World::sync,   &World::bring_back, &World::tag,    &World::pin,   &World::set_clock};
        ++begun_, begun_.notify_all();
        (this->*kSteps[number(std::size(kSteps))])();
    }

    void restart() { server_.restart(); }

    // Where the database is another program, it dies in the middle of one of the steps meanwhile, and comes back.
    void steps(int count, bool with_death) {
        const int last = begun_ + count;
        if (with_death && server_.config().database.starts_with("postgres:"))
            killer_ = base::Thread("test", [this, at = last - static_cast<int>(number(20))](const std::stop_token&) {
                for (int now = begun_; now < at; now = begun_) begun_.wait(now);
                testing::PostgresServer::shared().kill();
            });
        while (begun_ < last && !::testing::Test::HasFailure()) step();
        begun_ = last, begun_.notify_all();
        revive_database();
    }

    // The server's lists, trash, counts and versions, and what the syncing client holds, are the model's.
    void compare() {
        const std::int64_t latest =
            server_.expect(200, Method::kGet, all_ + "status", "", anna_).at("revision").as_int64();
        while (synced_ < latest) sync();
        std::map<std::string, Modelled> alive, trashed, client = client_;
        for (const auto& [id, memory] : model_) (memory.trashed ? trashed : alive)[id] = memory;
        std::map<std::string, Modelled> listed = list("?limit=100");
        for (auto& [id, memory] : listed) memory.versions = versions(id);
        for (auto& [id, memory] : client) memory.versions = alive[id].versions;
        std::map<std::string, Modelled> in_trash = list("?limit=100&trash=true");
        for (auto& [id, memory] : in_trash) memory.versions = trashed[id].versions;
        EXPECT_EQ(lines_of(listed), lines_of(alive));
        EXPECT_EQ(lines_of(client), lines_of(alive));
        EXPECT_EQ(lines_of(in_trash), lines_of(trashed));
        compare_filters(alive);
        compare_markdown();
        const value status = server_.expect(200, Method::kGet, all_ + "status", "", anna_);
        EXPECT_EQ(status.at("memories"), alive.size());
        EXPECT_EQ(status.at("revision"), revision_) << "every change has a revision, and nothing else has";
    }

    // The files that grew with the changes are those that are made of the rows at once.
    void compare_markdown() {
        const std::chrono::hours whatever_the_clock_did{7};
        server_.clock().advance(whatever_the_clock_did);
        server_.app().jobs().run_due();
        server_.clock().advance(-whatever_the_clock_did);
        const base::Uuid me =
            base::parse_uuid(text_of(server_.expect(200, Method::kGet, "/api/v1/users/me", "", anna_), "id")).value();
        testing::TreeInMemory empty;
        MarkdownFiles(server_.app().database(), empty, server_.app().users()).rebuild(me);
        std::map<std::string, std::string> rebuilt;
        for (const auto& [path, text] : empty.files)
            if (path.ends_with(".md")) rebuilt[path.substr(path.find('/') + 1)] = text;
        EXPECT_EQ(files(), rebuilt);
    }

    void compare_filters(const std::map<std::string, Modelled>& alive) {
        const auto ids = [&](const std::string& query) {
            std::vector<std::string> found;
            for (const auto& [id, memory] : list(query)) found.push_back(id);
            return found;
        };
        std::vector<std::string> pinned, tagged, chronological;
        for (const auto& [id, memory] : alive) {
            if (memory.pinned) pinned.push_back(id);
            if (memory.said.tagged) tagged.push_back(id);
            if (memory.said.classification == "chronological") chronological.push_back(id);
        }
        EXPECT_EQ(ids("?limit=100&pinned=true"), pinned);
        EXPECT_EQ(ids("?limit=100&tag=t"), tagged);
        EXPECT_EQ(ids("?limit=100&classification=chronological"), chronological);
    }

private:
    // By this thread, with whose end the database ends. The server asks a database that was away again after a second.
    void revive_database() {
        if (!killer_.joinable()) return;
        killer_.join();
        testing::PostgresServer::shared().start();
        server_.clock().advance_steady(std::chrono::seconds(1));
    }

    std::size_t number(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
    std::string word() { return "w" + std::to_string(number(50)); }

    // A database may be away for a while: the request is then sent again. True in `was_repeated_`: it was.
    http::Response send_until_answered(Method method, const std::string& target, const std::string& body) {
        was_repeated_ = false;
        http::Response response = server_.send(method, target, body, anna_);
        for (; response.status == 503; response = server_.send(method, target, body, anna_)) {
            was_repeated_ = true;
            revive_database();
            server_.clock().advance_steady(std::chrono::seconds(1));
        }
        return response;
    }

    // An answer may be lost: the request is then sent again. `again` is what it is answered with when it had been done.
    value send(int status, int again, Method method, const std::string& target, const std::string& body) {
        http::Response response = send_until_answered(method, target, body);
        EXPECT_TRUE(response.status == status || (was_repeated_ && response.status == again))
            << target << " " << body << " " << response.status << response.body;
        const std::string answer = response.body;
        const bool was_repeated = was_repeated_;
        if (number(4) == 0) response = send_until_answered(method, target, body);
        was_repeated_ = was_repeated;
        EXPECT_TRUE(response.status == status || response.status == again) << target << " " << response.body;
        return answer.empty() ? value() : base::parse_json(answer);
    }

    std::pair<const std::string, Modelled>* some(bool trashed) {
        std::vector<std::pair<const std::string, Modelled>*> fit;
        for (auto& entry : model_)
            if (entry.second.trashed == trashed) fit.push_back(&entry);
        return fit.empty() ? nullptr : fit[number(fit.size())];
    }

    void touch(Modelled& memory) { memory.revision = ++revision_; }

    void say(Modelled& memory, const Said& said) {
        if (said == memory.said) return;
        memory.versions.push_back(std::exchange(memory.said, said));
        touch(memory);
    }

    // The body of a new memory, which is remembered so that it can be sent again.
    std::string new_body() {
        std::string tail = std::to_string(++made_);
        tail.insert(0, 12 - tail.size(), '0');
        const std::string id = "01890000-0000-7000-8000-" + tail, content = word();
        bodies_[id] = R"({"id":")" + id + R"(","content":")" + content +
                      R"(","classification":"general","created_at":"2023-0)" + std::to_string(1 + number(3)) +
                      R"(-01T00:30:00Z","utc_offset_minutes":)" + std::to_string(static_cast<int>(number(120)) - 60) +
                      "}";
        Modelled& memory = model_[id];
        memory.said.content = content;
        touch(memory);
        return bodies_[id];
    }

    void create() {
        if (model_.size() < 60) send(201, 200, Method::kPost, all_, new_body());
    }

    // An export that is imported again: what is there already stays as it is, however it has been changed since.
    void import() {
        if (model_.size() > 60) return;
        std::string batch;
        for (const auto& [id, body] : bodies_)
            if (model_.contains(id) && number(6) == 0) batch += body + ",";
        batch += new_body();
        batch += "," + new_body();
        send(200, 200, Method::kPost, all_ + "batch", "[" + batch + "]");
    }

    void edit() {
        auto* entry = some(false);
        if (!entry) return;
        Said said = entry->second.said;
        said.content = word();
        if (number(2) == 0) said.classification = number(2) == 0 ? "general" : "chronological";
        send(200, 200, Method::kPut, all_ + entry->first,
             R"({"content":")" + said.content + R"(","classification":")" + said.classification + "\"}");
        say(entry->second, said);
    }

    void tag() {
        auto* entry = some(false);
        if (!entry) return;
        Said said = entry->second.said;
        said.tagged = number(2) == 0;
        send(200, 200, Method::kPut, all_ + entry->first, said.tagged ? R"({"tags":["t"]})" : R"({"tags":null})");
        say(entry->second, said);
    }

    void pin() {
        auto* entry = some(false);
        if (!entry) return;
        const bool pinned = number(2) == 0;
        send(200, 200, Method::kPut, all_ + entry->first, pinned ? R"({"pinned":true})" : R"({"pinned":false})");
        if (std::exchange(entry->second.pinned, pinned) != pinned) touch(entry->second);
    }

    void trash() {
        auto* entry = some(false);
        if (!entry) return;
        send(204, 204, Method::kDelete, all_ + entry->first, "");
        entry->second.trashed = true;
        touch(entry->second);
    }

    void bring_back() {
        auto* entry = some(number(2) == 0);
        if (!entry) return;
        Modelled& memory = entry->second;
        std::string body = "{}";
        Said said = memory.said;
        if (!memory.versions.empty() && number(2) == 0) {
            const std::size_t version = number(memory.versions.size());
            said = memory.versions[version];
            body = R"({"version":)" + std::to_string(version + 1) + "}";
        }
        send(200, 200, Method::kPost, all_ + entry->first + "/restore", body);
        if (!(said == memory.said))
            say(memory, said);
        else if (memory.trashed)
            touch(memory);
        memory.trashed = false;
    }

    void purge() {
        auto* entry = some(true);
        if (!entry) return;
        send(204, 404, Method::kDelete, all_ + entry->first + "?purge=true", "");
        model_.erase(entry->first);
        ++revision_;
    }

    // Some by id, or all that are tagged, pinned or of a class; a changed one has a new version in any case.
    void bulk() {
        std::vector<std::string> ids;
        const std::string which = choose_some(ids);
        const bool deletes = number(4) == 0, pinned = number(2) == 0, tagged = number(2) == 0;
        std::string what = R"("delete":true)";
        if (!deletes)
            what = std::string(R"("set":{"pinned":)") + (pinned ? "true" : "false") +
                   (tagged ? R"(,"add_tags":["t"]})" : R"(,"remove_tags":["t"]})");
        const value answer = send(200, 200, Method::kPost, all_ + "bulk", "{" + which + "," + what + "}");
        Undo undo{text_of(answer, "undo_id"), {}};
        for (const std::string& id : ids) {
            Modelled& memory = model_[id];
            const Modelled before = memory;
            if (!deletes && memory.pinned == pinned && memory.said.tagged == tagged) continue;
            if (!deletes) memory.versions.push_back(memory.said);
            if (!deletes) memory.pinned = pinned, memory.said.tagged = tagged;
            memory.trashed = deletes;
            touch(memory);
            undo.items.push_back({id, before, memory.revision});
        }
        if (was_repeated_) return;  // which of the answers has the right id is not known
        EXPECT_EQ(answer.at("changed"), undo.items.size());
        undos_.push_back(std::move(undo));
    }

    // `ids`: those of them that are not in the trash, in order.
    std::string choose_some(std::vector<std::string>& ids) {
        const std::size_t how = number(4);
        std::string list;
        for (const auto& [id, memory] : model_) {
            const bool fits = how == 0   ? number(4) == 0
                              : how == 1 ? memory.said.tagged
                              : how == 2 ? memory.pinned
                                         : memory.said.classification == "chronological";
            if (!fits) continue;
            list += (list.empty() ? "\"" : ",\"") + id + "\"";
            if (!memory.trashed) ids.push_back(id);
        }
        if (how == 0) return R"("ids":[)" + list + "]";
        return how == 1   ? R"("query":{"tag":"t"})"
               : how == 2 ? R"("query":{"pinned":true})"
                          : R"("query":{"classification":"chronological"})";
    }

    // What has changed since is left alone.
    void undo() {
        if (undos_.empty()) return;
        const std::size_t which = number(undos_.size());
        const Undo undo = undos_[which];
        undos_.erase(undos_.begin() + static_cast<std::ptrdiff_t>(which));
        send(200, 200, Method::kPost, all_ + "undo/" + undo.id, "");
        for (const Undo::Item& item : undo.items) {
            const auto found = model_.find(item.id);
            if (found == model_.end() || found->second.revision != item.revision) continue;
            Modelled& memory = found->second;
            if (!memory.trashed) memory.versions.push_back(memory.said);
            memory.said = item.before.said;
            memory.pinned = item.before.pinned;
            memory.trashed = false;
            touch(memory);
        }
    }

    // It goes on, or back: by an hour at the most at once, and never as far as an undo or the trash lasts.
    void set_clock() {
        const int minutes = static_cast<int>(number(120)) - 60;
        if (std::abs(clock_minutes_ + minutes) > 180) return;
        clock_minutes_ += minutes;
        server_.clock().advance(std::chrono::minutes(minutes));
        const http::Response answer = send_until_answered(
            Method::kPost, "/api/v1/auth/login",
            std::string(R"({"phone_number":"+491511","password":")") + TestServer::kPassword + "\"}");
        ASSERT_EQ(answer.status, 200) << answer.body;
        anna_ = text_of(base::parse_json(answer.body), "access_token");
    }

    // A page may be lost on its way: the client then asks again from where it was.
    void sync() {
        const std::string since = std::to_string(synced_);
        const http::Response response = server_.send(Method::kGet, "/api/v1/sync?since=" + since, "", anna_);
        if (response.status == 503 || number(4) == 0) return;
        const value page = base::parse_json(response.body);
        for (const auto& change : page.at("changes").as_array()) {
            if (const auto* memory = change.as_object().if_contains("memory"))
                client_[text_of(*memory, "id")] = modelled(*memory);
            else
                client_.erase(text_of(change, "id"));
        }
        synced_ = page.at("revision").as_int64();
    }

    // Each Markdown file as the API gives it, and as it lies on the disk.
    std::map<std::string, std::string> files() {
        std::map<std::string, std::string> found;
        const value list = server_.expect(200, Method::kGet, all_ + "markdown/", "", anna_);
        for (const auto& file : list.as_array()) {
            const std::string path = text_of(file, "path");
            found[path] = server_.send(Method::kGet, all_ + "markdown/" + path, "", anna_).body;
        }
        return found;
    }

    static Said said_by(const value& memory) {
        return {text_of(memory, "content"), text_of(memory, "classification"), !memory.at("tags").as_array().empty()};
    }
    static Modelled modelled(const value& memory) {
        const auto* trashed_at = memory.as_object().if_contains("trashed_at");
        return {said_by(memory),
                {},
                memory.at("pinned").as_bool(),
                trashed_at && !trashed_at->is_null(),
                memory.at("revision").as_int64()};
    }

    std::map<std::string, Modelled> list(const std::string& query) {
        std::map<std::string, Modelled> found;
        const value memories = server_.expect(200, Method::kGet, all_ + query, "", anna_);
        for (const auto& memory : memories.as_array()) found[text_of(memory, "id")] = modelled(memory);
        return found;
    }

    std::vector<Said> versions(const std::string& id) {
        std::vector<Said> found;
        const value versions = server_.expect(200, Method::kGet, all_ + id + "/versions", "", anna_);
        for (const auto& version : versions.as_array()) found.insert(found.begin(), said_by(version.at("memory")));
        return found;
    }

    const std::string all_ = "/api/v1/memories/";
    std::mt19937 random_;
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511");
    std::map<std::string, Modelled> model_, client_;
    std::map<std::string, std::string> bodies_;
    std::vector<Undo> undos_;
    std::int64_t revision_ = 0, synced_ = 0;
    int made_ = 0, clock_minutes_ = 0;
    bool was_repeated_ = false;
    std::atomic<int> begun_{0};  // steps
    base::Thread killer_;
};

TEST(MemoryModel, RandomOperationsEndWhereTheModelDoes) {
    const std::uint32_t seed = std::random_device{}();
    base::log(base::Severity::kInfo, "random operations", {{"seed", std::to_string(seed)}});  // should it crash
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed);
    for (int round = 0; round < 8; ++round) {  // more than 500 in all
        world.steps(64, round % 2 == 0);
        if (round % 2 == 1) world.restart();
        world.compare();
        if (::testing::Test::HasFailure()) return;
    }
}

}  // namespace
}  // namespace engram::memory
