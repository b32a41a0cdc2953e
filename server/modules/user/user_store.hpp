// All SQL of the user module.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "modules/user/user.hpp"
#include "ports/database.hpp"

namespace engram::user {

struct SessionRow {
    base::Uuid id, user_id;
    std::int64_t generation = 0;
    base::Time rotated_at{}, created_at{}, expires_at{};
    Device device;
};

struct InviteRow {
    base::Uuid id;
    base::Hash token_hash{};
    std::string kind;  // "setup" or "member"
    std::optional<base::Uuid> created_by;
    base::Time created_at{}, expires_at{};
};

struct Credentials {
    User user;
    std::string password_hash;
};

namespace store {

using ports::Transaction;

std::vector<ports::Migration> migrations();

void insert_user(Transaction& tx, const User& user, std::string_view password_hash);
std::optional<User> find_user(Transaction& tx, const base::Uuid& id);
std::optional<User> find_user_by_phone(Transaction& tx, std::string_view phone_number);
std::optional<Credentials> find_credentials(Transaction& tx, std::string_view phone_number_or_email);
std::vector<User> first_two_users(Transaction& tx);
std::vector<base::Uuid> ids(Transaction& tx);  // of all, in order
void update_user(Transaction& tx, const User& user);
bool phone_number_taken(Transaction& tx, std::string_view phone_number);
bool email_taken(Transaction& tx, std::string_view email, const base::Uuid& except);

std::optional<Credentials> find_credentials_of(Transaction& tx, const base::Uuid& id);
bool is_only_admin_of_several(Transaction& tx, const base::Uuid& id);

// Nothing: it is not to be erased.
std::optional<base::Time> erasure_of(Transaction& tx, const base::Uuid& id);
// `active`: the person may sign in, which ends it.
void set_erasure(Transaction& tx, const base::Uuid& id, std::optional<base::Time> erase_at, bool active);
// With sessions and invites.
void erase_user(Transaction& tx, const base::Uuid& id);

void insert_session(Transaction& tx, const SessionRow& session, base::Time now);
std::optional<SessionRow> find_session_row(Transaction& tx, const base::Uuid& id);

// The session and its person's level and role, where both are active at `now`.
std::optional<Session> find_session(Transaction& tx, const base::Uuid& id, base::Time now);

// False where the session is not at `generation` any more.
bool rotate_session(Transaction& tx, const base::Uuid& id, std::int64_t generation, base::Time now,
                    base::Time expires_at);
std::vector<SessionRow> sessions_of(Transaction& tx, const base::Uuid& user_id);
std::vector<base::Uuid> session_ids(Transaction& tx, const base::Uuid& user_id);
bool delete_session(Transaction& tx, const base::Uuid& user_id, const base::Uuid& id);
std::vector<base::Uuid> delete_sessions(Transaction& tx, const base::Uuid& user_id);
void delete_all_sessions(Transaction& tx);

void insert_invite(Transaction& tx, const InviteRow& invite);
std::vector<Invite> list_invites(Transaction& tx);
bool delete_invite(Transaction& tx, const base::Uuid& id);
void delete_setup_invites(Transaction& tx);

// The kind of the invite that is good at `now`.
std::optional<std::string> find_invite_kind(Transaction& tx, const base::Hash& token_hash, base::Time now);
bool use_invite(Transaction& tx, const base::Hash& token_hash, const base::Uuid& used_by, base::Time now);

}  // namespace store
}  // namespace engram::user
