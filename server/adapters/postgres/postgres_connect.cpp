#include <algorithm>
#include <array>
#include <string>

#include "adapters/postgres/postgres_connection.hpp"
#include "adapters/postgres/postgres_error.hpp"

namespace engram::postgres {
namespace {

constexpr int kVersionMin = 150000;

// Every statement finds its rows by key: the plan that is right for a million rows is taken for ten as well, and made
// once for a connection. Else the first uses of each are planned anew over every partition, some of them with joins
// that read them all (measured with 36 months: 22 ms instead of 4 for a page of the feed, 4.5 instead of 0.4 by id).
constexpr char kOfApplication[] =
    "SET plan_cache_mode = force_generic_plan; SET enable_hashjoin = off; SET enable_mergejoin = off;"
    "SET enable_seqscan = off; SET enable_bitmapscan = off; SET jit = off;"
    "SET statement_timeout = 60000; SET idle_in_transaction_session_timeout = 60000; SET ROLE engram_app";

// Notices are for people at a prompt.
void ignore_notice(void*, const PGresult*) {}

Result must(PGconn* connection, const std::string& sql) {
    Result result(PQexec(connection, sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return result;
    if (PQstatus(connection) == CONNECTION_BAD) throw lost(connection);
    throw to_error(result.get(), sql, false);
}

std::string setting(PGconn* connection, const std::string& name) {
    return PQgetvalue(must(connection, "SHOW " + name).get(), 0, 0);
}

base::Error refused(const PGconn* connection, const std::string& why) {
    return {base::Code::kForbidden, "The database server lets nobody in. " + why, PQerrorMessage(connection)};
}

// There is a server, and it said no.
bool says_no(const PGconn* connection) {
    const std::string_view message = PQerrorMessage(connection);
    return std::ranges::any_of(std::array{"authentication failed", "does not exist", "no pg_hba.conf entry",
                                          "no password supplied", "permission denied for database"},
                               [&](std::string_view text) { return message.find(text) != std::string_view::npos; });
}

void require_good_server(PGconn* connection) {
    if (PQserverVersion(connection) < kVersionMin)
        throw base::Error(base::Code::kInternal, "The database server is older than PostgreSQL 15. Use a newer one.");
    if (setting(connection, "fsync") != "on")
        throw base::Error(base::Code::kInternal,
                          "The database server would lose data in a power cut. Set fsync = on in its configuration.");
    if (setting(connection, "server_encoding") != "UTF8")
        throw base::Error(base::Code::kInternal, "The database is not in UTF-8. Make one with ENCODING 'UTF8'.");
}

void configure(PGconn* connection, const PostgresOptions& options, Role role) {
    if (setting(connection, "synchronous_commit") == "off") must(connection, "SET synchronous_commit = on");
    must(connection, "SET client_min_messages = warning");
    if (role == Role::kOwner) return;
    must(connection, "SET lock_timeout = " + std::to_string(options.wait_max.count()));
    // Every statement is prepared, and its index is right for every person: planning it anew would cost more than it
    // takes, for each partition there is.
    must(connection, "SET plan_cache_mode = force_generic_plan");
    must(connection, kOfApplication);
}

}  // namespace

std::unique_ptr<PGconn, CloseConnection> connect(const PostgresOptions& options, Role role) {
    // The last two find out that a server is gone which nobody asks anything, as where somebody only listens.
    const std::array<const char*, 8> names{
        "dbname",          "connect_timeout", "tcp_user_timeout",    "application_name",
        "client_encoding", "keepalives_idle", "keepalives_interval", nullptr};
    const std::array<const char*, 8> values{options.url.c_str(), "3", "10000", "engram", "UTF8", "30", "10", nullptr};
    std::unique_ptr<PGconn, CloseConnection> connection(PQconnectdbParams(names.data(), values.data(), 1));
    if (!connection) throw unavailable("libpq: no memory");
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        if (says_no(connection.get())) throw refused(connection.get(), "See to login, password and database name.");
        throw lost(connection.get());
    }
    PQsetNoticeReceiver(connection.get(), ignore_notice, nullptr);
    require_good_server(connection.get());
    configure(connection.get(), options, role);
    return connection;
}

}  // namespace engram::postgres
