#include "app/serve.hpp"

#include <csignal>
#include <iostream>

#include "app/wiring.hpp"
#include "base/log.hpp"
#include "http/server.hpp"

namespace engram::app {
namespace {

constexpr std::chrono::minutes kSetupLinkLifetime{60};
constexpr std::size_t kSocketPathMax = 107;  // sun_path

// Signals come to whoever waits for them, and to no thread in the middle of its work.
sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

http::ServerOptions options_of(const Config& config) {
    http::ServerOptions options{.address = config.listen == "localhost" ? "127.0.0.1" : config.listen,
                                .port = config.port};
    if (socket_path(config).size() <= kSocketPathMax) {
        options.unix_socket_path = socket_path(config);
    } else {
        base::log(base::Severity::kWarning,
                  "the path of the data folder is too long for a socket: the command line cannot talk to this server");
    }
    return options;
}

void greet(const Config& config, App& app, std::uint16_t port) {
    Config shown = config;
    shown.port = port;
    std::cout << "engram is ready: " << shown.url() << "\n";
    if (app.users().setup_needed()) {
        const user::Invite invite = app.users().invite(std::nullopt, kSetupLinkLifetime);
        std::cout << "\nMake the first account with this link; it is good for 60 minutes:\n\n    " << shown.url()
                  << "/setup#setup=" << invite.token << "\n\n";
    }
    std::cout << "Stop it with Ctrl+C." << std::endl;
}

}  // namespace

int serve(const Config& config) {
    check(config);
    const sigset_t signals = block_signals();
    App app(config);
    const auto server = http::Server::start(options_of(config), app.gateway().service());
    app.jobs().start();
    greet(config, app, server->port());
    int signal = 0;
    sigwait(&signals, &signal);
    base::log(base::Severity::kInfo, "stopping", {{"signal", signal}});
    server->stop();
    return 0;
}

}  // namespace engram::app
