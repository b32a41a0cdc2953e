#include "modules/user/user_store.hpp"

namespace engram::embedded {
std::string_view user(std::string_view name);
}

namespace engram::user::store {
namespace {

using ports::nullable;
using ports::optional_text;
using ports::optional_time;
using ports::Row;

// A macro, for the texts of SQL are joined by the compiler.
#define ENGRAM_USER_COLUMNS                                                                                         \
    "id, phone_number, name, email, created_at, updated_at, is_active, is_verified, security_level, role, locale, " \
    "time_zone, preferences, password_hash"

User user_of(const Row& row) {
    return {.id = row.uuid(0),
            .phone_number = std::string(row.text(1)),
            .name = optional_text(row, 2),
            .email = optional_text(row, 3),
            .created_at = row.time(4),
            .updated_at = row.time(5),
            .is_active = row.boolean(6),
            .is_verified = row.boolean(7),
            .security_level = row.integer(8),
            .role = std::string(row.text(9)),
            .locale = optional_text(row, 10),
            .time_zone = optional_text(row, 11),
            .preferences = {std::string(row.text(12))}};
}

// Runs a query that finds at most one row.
template <class T, class Read>
std::optional<T> find_one(Transaction& tx, std::string_view sql, std::initializer_list<ports::Param> params,
                          Read read) {
    std::optional<T> found;
    tx.run(sql, params, [&](const Row& row) { found = read(row); });
    return found;
}

}  // namespace

std::vector<ports::Migration> migrations() {
    std::vector<ports::Migration> steps{{"user", 1, "0001_users", {}}, {"user", 2, "0002_erasure", {}}};
    for (ports::Migration& step : steps) {
        step.sql = embedded::user(step.name + ".sql");
        step.postgres_sql = embedded::user(step.name + ".postgres.sql");
    }
    return steps;
}

void insert_user(Transaction& tx, const User& user, std::string_view password_hash) {
    tx.run("INSERT INTO users (" ENGRAM_USER_COLUMNS
           ", metadata) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
           {user.id, user.phone_number, nullable(user.name), nullable(user.email), user.created_at, user.updated_at,
            user.is_active, user.is_verified, user.security_level, user.role, nullable(user.locale),
            nullable(user.time_zone), user.preferences.text, password_hash, "{}"});
}

std::optional<User> find_user(Transaction& tx, const base::Uuid& id) {
    return find_one<User>(tx, "SELECT " ENGRAM_USER_COLUMNS " FROM users WHERE id = $1", {id}, user_of);
}

std::optional<User> find_user_by_phone(Transaction& tx, std::string_view phone_number) {
    return find_one<User>(tx, "SELECT " ENGRAM_USER_COLUMNS " FROM users WHERE phone_number = $1", {phone_number},
                          user_of);
}

std::optional<Credentials> find_credentials(Transaction& tx, std::string_view phone_number_or_email) {
    return find_one<Credentials>(tx, "SELECT " ENGRAM_USER_COLUMNS " FROM users WHERE phone_number = $1 OR email = $1",
                                 {phone_number_or_email},
                                 [](const Row& row) { return Credentials{user_of(row), std::string(row.text(13))}; });
}

std::optional<Credentials> find_credentials_of(Transaction& tx, const base::Uuid& id) {
    return find_one<Credentials>(tx, "SELECT " ENGRAM_USER_COLUMNS " FROM users WHERE id = $1", {id},
                                 [](const Row& row) { return Credentials{user_of(row), std::string(row.text(13))}; });
}

bool is_only_admin_of_several(Transaction& tx, const base::Uuid& id) {
    std::int64_t others = 0, admins = 0;
    bool is_admin = false;
    tx.run("SELECT id, role FROM users", {}, [&](const Row& row) {
        const bool admin = row.text(1) == "admin";
        if (row.uuid(0) == id)
            is_admin = admin;
        else
            ++(admin ? admins : others);
    });
    return is_admin && admins == 0 && others > 0;
}

std::optional<base::Time> erasure_of(Transaction& tx, const base::Uuid& id) {
    std::optional<base::Time> at;
    tx.run("SELECT erase_at FROM users WHERE id = $1", {id},
           [&](const Row& row) { at = ports::optional_time(row, 0); });
    return at;
}

void set_erasure(Transaction& tx, const base::Uuid& id, std::optional<base::Time> erase_at, bool active) {
    tx.run("UPDATE users SET erase_at = $2, is_active = $3 WHERE id = $1", {id, nullable(erase_at), active});
}

void erase_user(Transaction& tx, const base::Uuid& id) {
    tx.run("DELETE FROM user_sessions WHERE user_id = $1", {id});
    tx.run("DELETE FROM invites WHERE created_by = $1 OR used_by = $1", {id});
    tx.run("DELETE FROM users WHERE id = $1", {id});
}

std::vector<base::Uuid> ids(Transaction& tx) {
    std::vector<base::Uuid> all;
    tx.run("SELECT id FROM users ORDER BY id", {}, [&](const Row& row) { all.push_back(row.uuid(0)); });
    return all;
}

std::vector<User> first_two_users(Transaction& tx) {
    std::vector<User> users;
    tx.run("SELECT " ENGRAM_USER_COLUMNS " FROM users ORDER BY id LIMIT 2", {},
           [&](const Row& row) { users.push_back(user_of(row)); });
    return users;
}

void update_user(Transaction& tx, const User& user) {
    tx.run(
        "UPDATE users SET name = $2, email = $3, updated_at = $4, security_level = $5, locale = $6, time_zone = $7, "
        "preferences = $8 WHERE id = $1",
        {user.id, nullable(user.name), nullable(user.email), user.updated_at, user.security_level,
         nullable(user.locale), nullable(user.time_zone), user.preferences.text});
}

bool phone_number_taken(Transaction& tx, std::string_view phone_number) {
    return find_one<bool>(tx, "SELECT 1 FROM users WHERE phone_number = $1", {phone_number},
                          [](const Row&) { return true; })
        .has_value();
}

bool email_taken(Transaction& tx, std::string_view email, const base::Uuid& except) {
    return find_one<bool>(tx, "SELECT 1 FROM users WHERE email = $1 AND id <> $2", {email, except},
                          [](const Row&) { return true; })
        .has_value();
}

void insert_session(Transaction& tx, const SessionRow& session, base::Time now) {
    tx.run(
        "INSERT INTO user_sessions (id, user_id, generation, rotated_at, created_at, expires_at, ip_address, "
        "user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {session.id, session.user_id, session.generation, session.rotated_at, session.created_at, session.expires_at,
         session.device.ip_address, session.device.user_agent});
    tx.run("UPDATE users SET last_login = $2 WHERE id = $1", {session.user_id, now});
    tx.run("DELETE FROM user_sessions WHERE user_id = $1 AND expires_at <= $2", {session.user_id, now});
}

std::optional<SessionRow> find_session_row(Transaction& tx, const base::Uuid& id) {
    return find_one<SessionRow>(
        tx, "SELECT id, user_id, generation, rotated_at, created_at, expires_at FROM user_sessions WHERE id = $1", {id},
        [](const Row& row) {
            return SessionRow{row.uuid(0), row.uuid(1), row.integer(2), row.time(3), row.time(4), row.time(5), {}};
        });
}

std::vector<SessionRow> sessions_of(Transaction& tx, const base::Uuid& user_id) {
    std::vector<SessionRow> sessions;
    tx.run(
        "SELECT id, user_id, generation, rotated_at, created_at, expires_at, ip_address, user_agent "
        "FROM user_sessions WHERE user_id = $1 ORDER BY created_at, id",
        {user_id}, [&](const Row& row) {
            const Device device{optional_text(row, 6).value_or(""), optional_text(row, 7).value_or("")};
            sessions.push_back(
                {row.uuid(0), row.uuid(1), row.integer(2), row.time(3), row.time(4), row.time(5), device});
        });
    return sessions;
}

std::optional<Session> find_session(Transaction& tx, const base::Uuid& id, base::Time now) {
    return find_one<Session>(
        tx,
        "SELECT s.id, s.user_id, u.security_level, u.role, s.expires_at FROM user_sessions s JOIN users u "
        "ON u.id = s.user_id WHERE s.id = $1 AND s.expires_at > $2 AND u.is_active",
        {id, now}, [](const Row& row) {
            return Session{row.uuid(0), row.uuid(1), static_cast<int>(row.integer(2)), row.text(3) == "admin",
                           row.time(4)};
        });
}

bool rotate_session(Transaction& tx, const base::Uuid& id, std::int64_t generation, base::Time now,
                    base::Time expires_at) {
    return tx.run(
               "UPDATE user_sessions SET generation = generation + 1, rotated_at = $3, expires_at = $4 "
               "WHERE id = $1 AND generation = $2",
               {id, generation, now, expires_at}) == 1;
}

std::vector<base::Uuid> session_ids(Transaction& tx, const base::Uuid& user_id) {
    std::vector<base::Uuid> ids;
    tx.run("SELECT id FROM user_sessions WHERE user_id = $1", {user_id},
           [&](const Row& row) { ids.push_back(row.uuid(0)); });
    return ids;
}

bool delete_session(Transaction& tx, const base::Uuid& user_id, const base::Uuid& id) {
    return tx.run("DELETE FROM user_sessions WHERE user_id = $1 AND id = $2", {user_id, id}) == 1;
}

std::vector<base::Uuid> delete_sessions(Transaction& tx, const base::Uuid& user_id) {
    std::vector<base::Uuid> ids;
    tx.run("DELETE FROM user_sessions WHERE user_id = $1 RETURNING id", {user_id},
           [&](const Row& row) { ids.push_back(row.uuid(0)); });
    return ids;
}

void delete_all_sessions(Transaction& tx) { tx.run("DELETE FROM user_sessions"); }

void insert_invite(Transaction& tx, const InviteRow& invite) {
    tx.run(
        "INSERT INTO invites (id, token_hash, kind, created_by, created_at, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        {invite.id, std::span<const std::uint8_t>(invite.token_hash), invite.kind, nullable(invite.created_by),
         invite.created_at, invite.expires_at});
}

std::vector<Invite> list_invites(Transaction& tx) {
    std::vector<Invite> invites;
    tx.run("SELECT id, created_at, expires_at, used_at FROM invites WHERE kind = 'member' ORDER BY created_at DESC, id",
           {}, [&](const Row& row) {
               invites.push_back({row.uuid(0), "", row.time(1), row.time(2), optional_time(row, 3)});
           });
    return invites;
}

bool delete_invite(Transaction& tx, const base::Uuid& id) {
    return tx.run("DELETE FROM invites WHERE id = $1 AND kind = 'member'", {id}) == 1;
}

void delete_setup_invites(Transaction& tx) { tx.run("DELETE FROM invites WHERE kind = 'setup'"); }

std::optional<std::string> find_invite_kind(Transaction& tx, const base::Hash& token_hash, base::Time now) {
    return find_one<std::string>(
        tx, "SELECT kind FROM invites WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
        {std::span<const std::uint8_t>(token_hash), now}, [](const Row& row) { return std::string(row.text(0)); });
}

bool use_invite(Transaction& tx, const base::Hash& token_hash, const base::Uuid& used_by, base::Time now) {
    return tx.run(
               "UPDATE invites SET used_by = $2, used_at = $3 WHERE token_hash = $1 AND used_at IS NULL "
               "AND expires_at > $3",
               {std::span<const std::uint8_t>(token_hash), used_by, now}) == 1;
}

}  // namespace engram::user::store
