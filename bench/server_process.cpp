#include "bench/server_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/error.hpp"
#include "bench/connection.hpp"

extern char** environ;

namespace engram::bench {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& what) { throw base::Error(base::Code::kUnavailable, what); }

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::uint16_t free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    const bool bound = ::bind(fd, generic, size) == 0 && ::getsockname(fd, generic, &size) == 0;
    ::close(fd);
    if (!bound) fail("There is no free port.");
    return ntohs(address.sin_port);
}

pid_t spawn(const std::string& program, std::vector<std::string> arguments, const std::filesystem::path& log) {
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t pid = 0;
    const int failed = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) fail("'" + program + "' cannot be started.");
    return pid;
}

Seconds living_threads_cpu(pid_t pid) {
    std::int64_t total_ns = 0;
    std::error_code gone;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task", gone)) {
        std::int64_t ns = 0;
        std::ifstream(task.path() / "schedstat") >> ns;
        total_ns += ns;
    }
    return std::chrono::nanoseconds(total_ns);
}

// utime and stime of /proc/PID/stat, fields 14 and 15: in ticks, with the threads that have ended.
Seconds process_cpu(pid_t pid) {
    const std::string stat = read_file("/proc/" + std::to_string(pid) + "/stat");
    std::istringstream fields(stat.substr(std::min(stat.size(), stat.rfind(')') + 1)));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return Seconds((user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
}

}  // namespace

ScratchFolder::ScratchFolder(const std::filesystem::path& parent) {
    std::filesystem::create_directories(parent);
    std::string name = (std::filesystem::absolute(parent) / "bench-XXXXXX").string();
    if (!::mkdtemp(name.data())) fail("No folder can be made below '" + parent.string() + "'.");
    path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

ServerProcess::ServerProcess(const std::string& engram, const std::filesystem::path& data, const std::string& database)
    : log_(data.string() + ".log"), port_(free_port()) {
    ::setenv("ENGRAM_LIMITS", "off", 1);
    ::setenv("ENGRAM_REGISTRATION", "open", 1);
    ::setenv("ENGRAM_DATABASE", database.c_str(), 1);
    const auto begun = Clock::now();
    pid_ = spawn(engram, {engram, "serve", "--port", std::to_string(port_), "--data", data.string()}, log_);
    wait_until_up();
    start_time_ = Clock::now() - begun;
}

ServerProcess::~ServerProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}

void ServerProcess::wait_until_up() {
    const auto deadline = Clock::now() + std::chrono::seconds(30);
    while (Clock::now() < deadline) {
        if (auto connection = Connection::try_connect(port_)) {
            if (connection->exchange(get_request("/health", {})).status == 200) return;
        }
        if (::waitpid(pid_, nullptr, WNOHANG) != 0) fail("The server ended:\n" + read_file(log_));
        std::this_thread::sleep_for(std::chrono::microseconds(500));
    }
    ::kill(pid_, SIGKILL);
    fail("The server did not answer within 30 s:\n" + read_file(log_));
}

Seconds ServerProcess::cpu() const {
    // The exact sum, unless ended threads have taken away more than the other's rounding.
    const Seconds living = living_threads_cpu(pid_), all = process_cpu(pid_);
    return all - living > std::chrono::milliseconds(100) ? all : living;
}

// Jobs gather for a second before they begin.
void ServerProcess::drain() const {
    const auto deadline = Clock::now() + std::chrono::seconds(60);
    for (int quiet = 0; quiet < 24 && Clock::now() < deadline;) {
        const Seconds before = cpu();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        quiet = cpu() - before < std::chrono::microseconds(500) ? quiet + 1 : 0;
    }
}

double ServerProcess::resident_mb() const {
    std::ifstream in("/proc/" + std::to_string(pid_) + "/statm");
    double size = 0, resident = 0;
    in >> size >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

std::string ServerProcess::setup_token() const {
    static constexpr std::string_view kMark = "setup=";
    const std::string log = read_file(log_);
    const std::size_t found = log.find(kMark);
    if (found == std::string::npos) fail("The server printed no set-up link:\n" + log);
    const std::size_t begin = found + kMark.size();
    const std::size_t end =
        log.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", begin);
    return log.substr(begin, end == std::string::npos ? end : end - begin);
}

}  // namespace engram::bench
