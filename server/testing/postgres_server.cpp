#include "testing/postgres_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <vector>

namespace engram::testing {
namespace {

constexpr char kProgram[] = "/usr/lib/postgresql/15/bin/";

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error("PostgreSQL for tests: " + what); }

// A port that nobody had a moment ago.
int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0) fail("no free port");
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

// A cluster with all that the tests of a program write has less than a tenth of what is asked for.
std::filesystem::path folder_for(PostgresServer::Place place) {
    constexpr std::uintmax_t kEnough = std::uintmax_t{4} << 30;
    const std::filesystem::path memory = "/dev/shm";
    std::error_code none;
    const bool roomy = std::filesystem::space(memory, none).available >= kEnough && !none;
    return place == PostgresServer::Place::kMemory && roomy ? memory : std::filesystem::temp_directory_path();
}

// Becomes `command` in a child: as the user postgres, for it refuses to run as root; ended with this program.
[[noreturn]] void become(const std::vector<std::string>& command, int output, pid_t parent) {
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (user == nullptr || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0) ::_exit(126);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::getppid() != parent) ::_exit(126);
    ::setpgid(0, 0);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    std::array<char, 9> language{"LC_ALL=C"};
    std::array<char*, 2> environment{language.data(), nullptr};
    ::execve(arguments[0], arguments.data(), environment.data());
    ::_exit(127);
}

struct Child {
    pid_t process;
    int output;  // what it writes
};

Child spawn(const std::vector<std::string>& command) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) fail("no pipe");
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) fail("no process");
    if (child == 0) become(command, pipe[1], parent);
    ::close(pipe[1]);
    return {child, pipe[0]};
}

std::string run(const std::vector<std::string>& command) {
    const Child child = spawn(command);
    std::string printed;
    std::array<char, 4096> buffer{};
    for (ssize_t size = 0; (size = ::read(child.output, buffer.data(), buffer.size())) > 0;)
        printed.append(buffer.data(), static_cast<std::size_t>(size));
    ::close(child.output);
    int status = 0;
    ::waitpid(child.process, &status, 0);
    if (status != 0) fail(command[0] + ": " + printed);
    return printed;
}

}  // namespace

PostgresServer::PostgresServer(Place place) : folder_(folder_for(place)), port_(free_port()) {
    if (!std::filesystem::exists(std::string(kProgram) + "initdb"))
        fail("there is none; tools/setup.sh installs postgresql-15");
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (user == nullptr || ::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0)
            fail("there is no user postgres");
    }
    run({std::string(kProgram) + "initdb", "-D", folder_.file("data"), "-A", "trust", "-U", "superuser", "-E", "UTF8",
         "--locale=C", "--no-sync"});
    start();
    run_sql(url_of("superuser", "postgres"), "CREATE ROLE engram_owner LOGIN CREATEROLE");
}

PostgresServer::~PostgresServer() {
    if (process_ > 0) ::kill(process_, SIGQUIT);
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

PostgresServer& PostgresServer::shared() {
    static PostgresServer server;
    return server;
}

std::string PostgresServer::url_of(const std::string& login, const std::string& database) const {
    return "postgres://" + login + "@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

std::string PostgresServer::create_database() {
    const std::string name = "test_" + std::to_string(++databases_);
    run_sql(url_of("superuser", "postgres"), "CREATE DATABASE " + name + " OWNER engram_owner STRATEGY FILE_COPY");
    return url_of("engram_owner", name);
}

std::string PostgresServer::run_sql(const std::string& url, const std::string& sql) const {
    return run({std::string(kProgram) + "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, url});
}

std::string PostgresServer::run_as_superuser(const std::string& url, const std::string& sql) const {
    return run_sql(url_of("superuser", url.substr(url.rfind('/') + 1)), sql);
}

void PostgresServer::start() {
    const Child child =
        spawn({std::string(kProgram) + "postgres", "-D", folder_.file("data"), "-p", std::to_string(port_), "-c",
               "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "log_min_messages=log", "-c",
               "log_checkpoints=off", "-c", "max_connections=60", "-c", "max_wal_size=1GB"});
    process_ = child.process;
    wait_until_ready(child.output);
}

// It says so in its log, which is read no further: it writes next to nothing after that.
void PostgresServer::wait_until_ready(int output) const {
    std::FILE* log = ::fdopen(output, "r");
    std::array<char, 1024> line{};
    std::string all;
    while (std::fgets(line.data(), line.size(), log) != nullptr) {
        all += line.data();
        if (all.find("ready to accept connections") != std::string::npos) return;
    }
    fail("it did not start: " + all);
}

void PostgresServer::stop() {
    ::kill(process_, SIGINT);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

void PostgresServer::kill() {
    ::kill(process_, SIGQUIT);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

}  // namespace engram::testing
