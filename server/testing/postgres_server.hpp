// A PostgreSQL of a test's own: a new cluster in a temporary folder, on a free port, that ends with the test.
#pragma once

#include <sys/types.h>

#include <string>

#include "testing/test_folder.hpp"

namespace engram::testing {

// Throws std::runtime_error where PostgreSQL is not there or does not start: such a test fails.
class PostgresServer {
public:
    // kMemory: in a folder in memory where the machine has a large one; synchronising costs nothing there.
    enum class Place { kMemory, kDisk };

    explicit PostgresServer(Place place = Place::kMemory);
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    // The one that the tests of this program share, started when first asked for.
    static PostgresServer& shared();

    // Makes an empty database whose owner is a login without special rights; its URL.
    std::string create_database();

    void kill();   // all of it, without any closing
    void stop();   // ends sessions and stops
    void start();  // on the same port and data

    // Runs SQL as the login of `url`, or as the superuser, and gives what it prints, unaligned and without headings.
    // Throws std::runtime_error, with what the server said, where it fails.
    std::string run_sql(const std::string& url, const std::string& sql) const;
    std::string run_as_superuser(const std::string& url, const std::string& sql) const;

private:
    std::string url_of(const std::string& login, const std::string& database) const;
    void wait_until_ready(int output) const;

    TestFolder folder_;
    int port_ = 0;
    pid_t process_ = -1;
    int databases_ = 0;
};

}  // namespace engram::testing
