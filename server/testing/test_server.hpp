// A whole engram without a network, in a folder of its own, with a clock that stands still.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "app/wiring.hpp"
#include "testing/fakes.hpp"
#include "testing/test_folder.hpp"

namespace engram::testing {

class TestServer {
public:
    struct Options {
        user::Registration registration = user::Registration::kInvite;
        bool limits = false;
        std::string metrics_token, vfs;
        std::string database;  // empty: SQLite, or as ENGRAM_TEST_DATABASE says
        std::vector<std::string> trusted_proxies;
        std::string embedder = "none";
        std::vector<ports::Embedder*> own_embedders = {};  // instead
        std::uint64_t seed = 1;                            // of randomness: another for each that shares a database
    };

    TestServer() : TestServer(Options()) {}
    explicit TestServer(const Options& options);

    // Sends a request as from the network; `token` may be empty, a body that is not empty is said to be JSON.
    http::Response send(http::Method method, std::string target, std::string body = {}, const std::string& token = {},
                        std::vector<http::Header> headers = {});

    // As send(), but expects that status and gives the JSON of the answer (null where there is none).
    boost::json::value expect(int status, http::Method method, const std::string& target, std::string body = {},
                              const std::string& token = {});

    // Makes an account, the first by the set-up link, the others on the spot, and signs in: its access token.
    std::string sign_up(const std::string& phone_number);
    boost::json::value sign_in(const std::string& phone_number);

    // Ends the process, as far as the program can tell, and starts it again on the same folder.
    void restart();

    // Ends it; what owns the folder meanwhile is somebody else.
    void stop() { app_.reset(); }

    // The settings it starts with, which may be changed before restart().
    app::Config& config() { return config_; }

    app::App& app() { return *app_; }
    FakeClock& clock() { return clock_; }
    FakeRandom& random() { return random_; }

    static constexpr const char* kPassword = "otter lamp canyon";

private:
    Options options_;
    TestFolder folder_;
    FakeClock clock_;
    FakeRandom random_;
    app::Config config_;
    std::unique_ptr<app::App> app_;
};

}  // namespace engram::testing
