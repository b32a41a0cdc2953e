// What every ports::Database must do. An adapter's test instantiates the suite:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, DatabaseConformance, ::testing::Values(&make_sqlite));
// Only *_test.cpp includes this.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "ports/database.hpp"

namespace engram::ports {

// An empty database that lives as long as this.
class DatabaseUnderTest {
public:
    virtual ~DatabaseUnderTest() = default;
    virtual Database& database() = 0;
    virtual void reopen() = 0;  // closes it and opens it again; references to the old one end
};

using MakeDatabase = std::unique_ptr<DatabaseUnderTest> (*)();

class DatabaseConformance : public ::testing::TestWithParam<MakeDatabase> {
protected:
    // Opens a database with the tables `kinds`, `counters` and `children`.
    void SetUp() override;

    Database& database() { return under_test_->database(); }

    // The shortest ways to run one statement.
    std::int64_t write(std::string_view sql, std::initializer_list<Param> params = {});
    std::int64_t read_integer(std::string_view sql, std::initializer_list<Param> params = {});

    std::unique_ptr<DatabaseUnderTest> under_test_;
    std::vector<Migration> migrations_;
};

// Makes the linker take the tests out of their library: nothing else in an adapter's test refers to them.
bool link_database_conformance();
inline const bool kDatabaseConformanceIsLinked = link_database_conformance();

}  // namespace engram::ports
