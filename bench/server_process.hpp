// A real server of this build, started for a measurement: its own folder, a free port, limits off.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace engram::bench {

using Seconds = std::chrono::duration<double>;

// Removed with all that is in it. Below `parent`, since a temporary folder of the system may be in memory only.
class ScratchFolder {
public:
    explicit ScratchFolder(const std::filesystem::path& parent);
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// `engram serve` on `data` and a database (as the setting says it), open to everybody who signs up; the destructor
// stops it. Throws base::Error where it does not come up within 30 s.
class ServerProcess {
public:
    ServerProcess(const std::string& engram, const std::filesystem::path& data, const std::string& database);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    std::uint16_t port() const { return port_; }
    Seconds start_time() const { return start_time_; }  // from its start to the first answer of /health

    // CPU time that all its threads have used. Ended threads count as well, though with 10 ms resolution only.
    Seconds cpu() const;

    // Waits until it has used no CPU worth the name for a while: until the jobs are drained.
    void drain() const;

    double resident_mb() const;

    // The token of the printed set-up link.
    std::string setup_token() const;

private:
    void wait_until_up();

    std::filesystem::path log_;
    std::uint16_t port_ = 0;
    pid_t pid_ = 0;
    Seconds start_time_{};
};

}  // namespace engram::bench
