#include "adapters/postgres/postgres_error.hpp"

#include <string>

namespace engram::postgres {
namespace {

// Five characters (PostgreSQL, appendix A); empty where the server said none.
std::string_view state_of(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state != nullptr ? state : "";
}

bool says_unavailable(std::string_view state) {
    return state.starts_with("08") || state.starts_with("57P0") || state == "57014" || state == "55P03" ||
           state == "53200" || state == "53300" || state == "25P03" || state == "40001" || state == "40P01";
}

std::string detail_of(const PGresult* result, std::string_view state) {
    std::string detail = "PostgreSQL " + std::string(state) + ": ";
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    detail += message != nullptr ? message : PQresultErrorMessage(result);
    if (const char* constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME))
        (detail += ", constraint ") += constraint;
    return detail;
}

}  // namespace

base::Error unavailable(std::string detail) {
    base::Error error(base::Code::kUnavailable, "The database is not available right now.", std::move(detail));
    error.retry_after = std::chrono::seconds(1);
    return error;
}

base::Error lost(const PGconn* connection) { return unavailable(std::string("libpq: ") + PQerrorMessage(connection)); }

base::Error to_error(const PGresult* result, std::string_view sql, bool writing) {
    const std::string_view state = state_of(result);
    std::string detail = detail_of(result, state);
    if (state.starts_with("23"))
        return {base::Code::kConflict, "This conflicts with what is stored.", std::move(detail)};
    if (state == "53100") return {base::Code::kStorageFull, "There is no space left to store this.", std::move(detail)};
    if (state == "54000") return {base::Code::kTooLarge, "This is too large to store.", std::move(detail)};
    // A replica that was asked to write, after a switch of servers.
    if (says_unavailable(state) || (writing && state == "25006")) return unavailable(std::move(detail));
    if (!sql.empty()) (detail += " in: ") += sql;
    return {base::Code::kInternal, "The database refused a statement.", std::move(detail)};
}

bool may_be_run_again(const PGresult* result) {
    const std::string_view state = state_of(result);
    return state == "40001" || state == "40P01";
}

bool has_stale_plans(const PGresult* result) {
    const std::string_view state = state_of(result);
    return state == "0A000" || state == "26000";
}

}  // namespace engram::postgres
