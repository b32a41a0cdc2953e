#include "adapters/postgres/postgres_database.hpp"

#include <gtest/gtest.h>

#include "adapters/system/system_clock.hpp"
#include "ports/conformance/database_conformance.hpp"
#include "testing/postgres_server.hpp"

namespace engram::ports {
namespace {

class PostgresUnderTest final : public DatabaseUnderTest {
public:
    PostgresUnderTest() { reopen(); }

    Database& database() override { return *database_; }
    void reopen() override {
        database_.reset();
        database_ = postgres::open_postgres({.url = url_}, clock_);
    }

private:
    std::string url_ = testing::PostgresServer::shared().create_database();
    system::SystemClock clock_;
    std::unique_ptr<Database> database_;
};

std::unique_ptr<DatabaseUnderTest> make_postgres() { return std::make_unique<PostgresUnderTest>(); }

INSTANTIATE_TEST_SUITE_P(Postgres, DatabaseConformance, ::testing::Values(&make_postgres));

}  // namespace
}  // namespace engram::ports
