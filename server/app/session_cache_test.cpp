#include "gateway/session_cache.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <vector>

#include "adapters/disk/file_secrets.hpp"
#include "adapters/sqlite/sqlite_database.hpp"
#include "base/thread.hpp"
#include "modules/security/security_service.hpp"
#include "modules/user/user_service.hpp"
#include "modules/user/user_store.hpp"
#include "testing/fakes.hpp"
#include "testing/test_folder.hpp"

namespace engram::app {
namespace {

// Passes on to a real database and counts.
class CountingDatabase final : public ports::Database {
public:
    explicit CountingDatabase(std::unique_ptr<ports::Database> real) : real_(std::move(real)) {}
    void read(const ports::Owner& owner, const ports::Body& body) override {
        ++calls;
        real_->read(owner, body);
    }
    void write(const ports::Owner& owner, const ports::Body& body) override {
        ++calls;
        real_->write(owner, body);
    }
    void migrate(std::span<const ports::Migration> steps) override { real_->migrate(steps); }
    std::vector<ports::AppliedStep> applied_steps() override { return real_->applied_steps(); }
    std::vector<ports::Table> tables() override { return real_->tables(); }

    std::atomic<int> calls = 0;

private:
    std::unique_ptr<ports::Database> real_;
};

class SessionCacheTest : public ::testing::Test {
protected:
    SessionCacheTest() {
        database_.migrate(user::store::migrations());
        users_ = user::make_user_service(database_, *security_, clock_, random_, {});
        users_->create({.phone_number = "+491511", .password = "otter lamp canyon"}, true);
        pair_ = users_->login("+491511", "otter lamp canyon", {});
        start({});
        users_->on_session_changed([this](const base::Uuid& id) { cache_->remove(id); });
    }

    void start(gateway::SessionCache::Options options) { cache_.emplace(*security_, *users_, clock_, options); }

    int calls_of_find(const std::string& token) {
        const int before = database_.calls;
        cache_->find(token);
        return database_.calls - before;
    }

    testing::TestFolder folder_;
    testing::FakeClock clock_;
    testing::FakeRandom random_;
    disk::FileSecrets secrets_{folder_.file("keys"), random_};
    CountingDatabase database_{sqlite::open_sqlite({.path = folder_.file("engram.db")}, clock_)};
    std::unique_ptr<security::SecurityService> security_ = security::make_security_service(secrets_, clock_, random_);
    std::unique_ptr<user::UserService> users_;
    std::optional<gateway::SessionCache> cache_;
    user::TokenPair pair_;
};

TEST_F(SessionCacheTest, TheSecondRequestCallsNoPort) {
    EXPECT_EQ(calls_of_find(pair_.access_token), 1);
    EXPECT_EQ(calls_of_find(pair_.access_token), 0);
    const auto session = cache_->find(pair_.access_token);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->level, 2);
    EXPECT_TRUE(session->admin);
}

TEST_F(SessionCacheTest, AnEndedSessionIsForgottenAtOnce) {
    const auto session = cache_->find(pair_.access_token);
    ASSERT_TRUE(session);
    users_->logout(session->user_id, session->id, false);
    EXPECT_FALSE(cache_->find(pair_.access_token));
}

TEST_F(SessionCacheTest, AnExpiredTokenIsRefusedFromTheCacheToo) {
    EXPECT_TRUE(cache_->find(pair_.access_token));
    clock_.advance(std::chrono::minutes(15));
    EXPECT_FALSE(cache_->find(pair_.access_token));
}

TEST_F(SessionCacheTest, WithoutABusEntriesAreReadAgainAfterFiveSeconds) {
    start({.recheck_after = std::chrono::seconds(5)});
    EXPECT_EQ(calls_of_find(pair_.access_token), 1);
    clock_.advance(std::chrono::milliseconds(4'999));
    EXPECT_EQ(calls_of_find(pair_.access_token), 0);
    clock_.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(calls_of_find(pair_.access_token), 1);
}

TEST_F(SessionCacheTest, ALoweredLevelCountsAtOnce) {
    const auto before = cache_->find(pair_.access_token);
    ASSERT_TRUE(before);
    users_->change(before->user_id, {.security_level = 1});
    const auto after = cache_->find(pair_.access_token);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->level, 1);
}

TEST_F(SessionCacheTest, ItsSizeIsBound) {
    start({.entries_max = 16});
    for (int i = 0; i < 100; ++i) {
        const auto pair = users_->refresh(pair_.refresh_token);
        pair_ = pair;
        clock_.advance(std::chrono::seconds(1));
        EXPECT_TRUE(cache_->find(pair.access_token));
    }
}

TEST_F(SessionCacheTest, ReadersBesideSignOutsNeverSeeAnEndedSession) {
    for (int round = 0; round < 20; ++round) {
        const auto pair = users_->login("+491511", "otter lamp canyon", {});
        std::atomic<bool> over = false;
        std::atomic<int> late = 0;
        {
            std::vector<base::Thread> readers;
            for (int i = 0; i < 3; ++i)
                readers.emplace_back("reader", [&](const std::stop_token& stop) {
                    while (!stop.stop_requested()) {
                        const bool was_over = over;
                        if (cache_->find(pair.access_token) && was_over) ++late;
                    }
                });
            const auto session = cache_->find(pair.access_token);
            ASSERT_TRUE(session);
            users_->logout(session->user_id, session->id, false);
            over = true;
        }
        EXPECT_FALSE(cache_->find(pair.access_token));
        EXPECT_EQ(late, 0);
    }
}

}  // namespace
}  // namespace engram::app
