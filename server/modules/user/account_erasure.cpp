#include "modules/user/account_erasure.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "http/json_write.hpp"
#include "modules/user/user_store.hpp"

namespace engram::user {
namespace {

using ports::Transaction;

constexpr const char* kKind = "user.erase";
constexpr std::chrono::days kGrace{7};

// Where somebody is signed in, for themselves.
struct SignedIn {
    base::Time created_at{}, expires_at{};
    std::string ip_address, user_agent;
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (created_at, expires_at, ip_address, user_agent))

struct Account {
    User account;
    std::vector<SignedIn> sessions;
};
BOOST_DESCRIBE_STRUCT(Account, (), (account, sessions))

}  // namespace

void AccountData::write_to(const base::Uuid& owner, ports::ArchiveWriter& archive) {
    Account all;
    database_.read({}, [&](Transaction& tx) {
        all.account = store::find_user(tx, owner).value_or(User{});
        all.sessions.clear();
        for (const SessionRow& row : store::sessions_of(tx, owner))
            all.sessions.push_back({row.created_at, row.expires_at, row.device.ip_address, row.device.user_agent});
    });
    std::string text;
    http::write_json(text, all);
    archive.begin("account.json");
    archive.write(text += '\n');
}

void AccountData::erase(const base::Uuid& owner) {
    database_.write({}, [&](Transaction& tx) { store::erase_user(tx, owner); });
}

base::Time AccountErasure::request(const base::Uuid& user_id, std::string_view password, bool now) {
    std::optional<Credentials> known;
    parts_.database.read({}, [&](Transaction& tx) { known = store::find_credentials_of(tx, user_id); });
    if (!parts_.security.verify_password(known ? known->password_hash : "", password) || !known)
        throw base::invalid_field("password", "wrong", "is not that of this account; nothing was changed");
    const base::Time erase_at =
        std::chrono::floor<std::chrono::milliseconds>(parts_.clock.now()) + (now ? std::chrono::days(0) : kGrace);
    parts_.database.write({}, [&](Transaction& tx) {
        if (store::is_only_admin_of_several(tx, user_id))
            throw base::Error(base::Code::kConflict,
                              "This is the only admin, and others have accounts here: they must be gone first.");
        store::set_erasure(tx, user_id, erase_at, !now);
        const std::string key = base::format_rfc3339(erase_at);  // each request its own job: the last one is heeded
        parts_.queue.put(tx, {.kind = kKind, .owner = user_id, .key = key, .details = {}, .due = erase_at});
    });
    parts_.users.logout(user_id, {}, true);
    parts_.queue.wake(kKind, erase_at);
    return erase_at;
}

// Whoever has signed in meanwhile, or asked for another time, is not erased by this job.
void AccountErasure::work(const ports::Job& job) {
    const base::Uuid owner = job.owner.value();
    bool wanted = false;
    parts_.database.write({}, [&](Transaction& tx) {
        const auto erase_at = store::erasure_of(tx, owner);
        wanted = erase_at && *erase_at <= parts_.clock.now();
        if (wanted) store::set_erasure(tx, owner, erase_at, false);
    });
    if (!wanted) return;
    parts_.users.logout(owner, {}, true);
    tell_(owner, Stage::kBegins);
    for (ports::PersonalData* data : data_) data->erase(owner);
    parts_.database.write({}, [&](Transaction& tx) { parts_.queue.forget(tx, owner); });
    tell_(owner, Stage::kDone);
    base::log(base::Severity::kInfo, "an account was erased", {});
}

std::vector<jobs::JobKind> job_kinds(AccountErasure& erasure) {
    const auto work = [&erasure](const ports::Job& job, const std::stop_token&) { erasure.work(job); };
    return {// it was promised
            {.name = kKind,
             .work = work,
             .batch = 1,
             .attempts_max = jobs::kNeverGivenUp,
             .lease = std::chrono::minutes(30)}};
}

}  // namespace engram::user
