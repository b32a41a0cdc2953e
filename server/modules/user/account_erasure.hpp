// The end of an account: asked for by the person, after a grace or at once, and done by a job in every module.
#pragma once

#include <functional>
#include <vector>

#include "jobs/job_kind.hpp"
#include "modules/security/security.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/personal_data.hpp"
#include "ports/queue.hpp"

namespace engram::user {

// What the user module itself holds: the account and where it is signed in. Erased last: it says where the rest is.
class AccountData final : public ports::PersonalData {
public:
    explicit AccountData(ports::Database& database) : database_(database) {}

    void write_to(const base::Uuid& owner, ports::ArchiveWriter& archive) override;
    void erase(const base::Uuid& owner) override;

private:
    ports::Database& database_;
};

// What it is made of must outlive it. Any thread.
class AccountErasure {
public:
    struct Parts {
        ports::Database& database;
        ports::Queue& queue;
        ports::Clock& clock;
        security::SecurityService& security;
        UserService& users;
    };

    // `data`: of every module, in the order in which it is erased.
    AccountErasure(const Parts& parts, std::vector<ports::PersonalData*> data)
        : parts_(parts), data_(std::move(data)) {}

    // Ends all sessions, and erases after seven days, unless the person signs in before; `now`: as soon as can be, and
    // nobody signs in any more. Returns when. Throws kInvalid for a wrong password, kConflict for the only admin of
    // several people.
    base::Time request(const base::Uuid& user_id, std::string_view password, bool now);

    // Told when an account is about to be erased, before anything is, and again when nothing of it is left. On the
    // job's thread. Set at start, by app.
    enum class Stage { kBegins, kDone };
    using OnErasure = std::function<void(const base::Uuid& owner, Stage stage)>;
    void on_erasure(OnErasure listener) { tell_ = std::move(listener); }

    void work(const ports::Job& job);

private:
    const Parts parts_;
    OnErasure tell_ = [](const base::Uuid&, Stage) {};
    const std::vector<ports::PersonalData*> data_;
};

std::vector<jobs::JobKind> job_kinds(AccountErasure& erasure);

}  // namespace engram::user
