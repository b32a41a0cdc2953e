// Random operations on a whole engram against a model of a few lines, with restarts and repeated requests in between,
// and a client that syncs: all three must tell the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>

#include "base/json.hpp"
#include "testing/test_server.hpp"

namespace engram::memory {
namespace {

using boost::json::value;
using http::Method;
using testing::TestServer;

struct Modelled {
    std::string content;
    std::vector<std::string> versions;  // what it said before, oldest first
    bool pinned = false, trashed = false;
};

class World {
public:
    explicit World(std::uint32_t seed) : random_(seed) {}

    void step() {
        switch (number(9)) {
            case 0:
            case 1:
            case 2:
                return create();
            case 3:
                return edit();
            case 4:
                return pin();
            case 5:
                return trash();
            case 6:
                return bring_back();
            case 7:
                return purge();
            default:
                return sync();
        }
    }

    void restart() { server_.restart(); }

    // The server's list, trash, counts and versions, and what the syncing client holds, are the model's.
    void compare() {
        sync();
        std::map<std::string, Modelled> listed = list("?limit=100");
        for (auto& [id, memory] : list("?limit=100&trash=true")) {
            memory.trashed = true;
            listed[id] = memory;
        }
        ASSERT_EQ(listed.size(), model_.size());
        std::int64_t alive = 0;
        for (const auto& [id, memory] : model_) {
            EXPECT_EQ(listed[id].content, memory.content);
            EXPECT_EQ(listed[id].pinned, memory.pinned);
            EXPECT_EQ(listed[id].trashed, memory.trashed);
            EXPECT_EQ(client_.contains(id), !memory.trashed);
            if (memory.trashed) continue;
            ++alive;
            EXPECT_EQ(client_[id], memory.content);
            EXPECT_EQ(versions(id), memory.versions);
        }
        EXPECT_EQ(client_.size(), static_cast<std::size_t>(alive));
        const value status = server_.expect(200, Method::kGet, all_ + "status", "", anna_);
        EXPECT_EQ(status.at("memories"), alive);
        EXPECT_EQ(status.at("revision"), revision_) << "every change has a revision, and nothing else has";
    }

private:
    std::size_t number(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
    std::string word() { return "w" + std::to_string(number(50)); }

    // The answer may have been lost: the request is then sent again.
    value send(int status, int again, Method method, const std::string& target, const std::string& body) {
        value answer = server_.expect(status, method, all_ + target, body, anna_);
        if (number(4) == 0) server_.expect(again, method, all_ + target, body, anna_);
        return answer;
    }

    std::pair<const std::string, Modelled>* some(bool trashed) {
        std::vector<std::pair<const std::string, Modelled>*> fit;
        for (auto& entry : model_)
            if (entry.second.trashed == trashed) fit.push_back(&entry);
        return fit.empty() ? nullptr : fit[number(fit.size())];
    }

    void create() {
        if (model_.size() > 60) return;
        std::string tail = std::to_string(++made_);
        tail.insert(0, 12 - tail.size(), '0');
        const std::string id = "01890000-0000-7000-8000-" + tail, content = word();
        send(201, 200, Method::kPost, "", R"({"id":")" + id + R"(","content":")" + content + "\"}");
        model_[id].content = content;
        ++revision_;
    }

    void edit() {
        auto* entry = some(false);
        if (!entry) return;
        const std::string content = word();
        send(200, 200, Method::kPut, entry->first, R"({"content":")" + content + "\"}");
        if (content == entry->second.content) return;
        entry->second.versions.push_back(std::exchange(entry->second.content, content));
        ++revision_;
    }

    void pin() {
        auto* entry = some(false);
        if (!entry) return;
        const bool pinned = number(2) == 0;
        send(200, 200, Method::kPut, entry->first, pinned ? R"({"pinned":true})" : R"({"pinned":false})");
        if (std::exchange(entry->second.pinned, pinned) != pinned) ++revision_;
    }

    void trash() {
        auto* entry = some(false);
        if (!entry) return;
        send(204, 204, Method::kDelete, entry->first, "");
        entry->second.trashed = true;
        ++revision_;
    }

    void bring_back() {
        auto* entry = some(number(2) == 0);
        if (!entry) return;
        Modelled& memory = entry->second;
        std::string body = "{}";
        std::string content = memory.content;
        if (!memory.versions.empty() && number(2) == 0) {
            const std::size_t version = number(memory.versions.size());
            content = memory.versions[version];
            body = R"({"version":)" + std::to_string(version + 1) + "}";
        }
        send(200, 200, Method::kPost, entry->first + "/restore", body);
        const bool says_else = content != memory.content;
        if (says_else || memory.trashed) ++revision_;
        if (says_else) memory.versions.push_back(std::exchange(memory.content, content));
        memory.trashed = false;
    }

    void purge() {
        auto* entry = some(true);
        if (!entry) return;
        send(204, 404, Method::kDelete, entry->first + "?purge=true", "");
        model_.erase(entry->first);
        ++revision_;
    }

    // A page may be lost on its way: the client then asks again from where it was.
    void sync() {
        const std::string since = std::to_string(synced_);
        const value page = server_.expect(200, Method::kGet, "/api/v1/sync?since=" + since, "", anna_);
        if (number(4) == 0) return sync();
        for (const auto& change : page.at("changes").as_array()) {
            const auto* memory = change.as_object().if_contains("memory");
            if (memory)
                client_[std::string(memory->at("id").as_string())] = memory->at("content").as_string();
            else
                client_.erase(std::string(change.at("id").as_string()));
        }
        synced_ = page.at("revision").as_int64();
    }

    std::map<std::string, Modelled> list(const std::string& query) {
        std::map<std::string, Modelled> found;
        const value memories = server_.expect(200, Method::kGet, all_ + query, "", anna_);
        for (const auto& memory : memories.as_array()) {
            Modelled& to = found[std::string(memory.at("id").as_string())];
            to.content = memory.at("content").as_string();
            to.pinned = memory.at("pinned").as_bool();
        }
        return found;
    }

    std::vector<std::string> versions(const std::string& id) {
        std::vector<std::string> found;
        const value versions = server_.expect(200, Method::kGet, all_ + id + "/versions", "", anna_);
        for (const auto& version : versions.as_array())
            found.insert(found.begin(), std::string(version.at("memory").at("content").as_string()));
        return found;
    }

    const std::string all_ = "/api/v1/memories/";
    std::mt19937 random_;
    TestServer server_;
    std::string anna_ = server_.sign_up("+491511");
    std::map<std::string, Modelled> model_;
    std::map<std::string, std::string> client_;
    std::int64_t revision_ = 0, synced_ = 0;
    int made_ = 0;
};

TEST(MemoryModel, RandomOperationsEndWhereTheModelDoes) {
    const std::uint32_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed);
    for (int round = 0; round < 6; ++round) {
        for (int i = 0; i < 60; ++i) world.step();
        if (round % 2 == 1) world.restart();
        world.compare();
        if (::testing::Test::HasFailure()) return;
    }
}

}  // namespace
}  // namespace engram::memory
