// SQLite's file layer with a disk that fails, for tests: power cuts, a full disk, a failed sync.
#pragma once

#include <sqlite3.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace engram::sqlite {

// Passes everything on to the real files, and keeps beside them what the platter would hold: the content at the last
// xSync, and the writes since then. One folder of databases at a time. Any thread.
class FaultVfs {
public:
    using Content = std::vector<std::uint8_t>;
    using Survivors = std::map<std::string, Content>;  // by file name without its folder

    // Registers itself under `name`. Every connection is closed before the destructor.
    explicit FaultVfs(std::string name);
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    const std::string& name() const { return name_; }

    // Cuts the power before the n-th write or sync from now: calls `before`, then keeps what survives. `kept` percent
    // of the unsynced sectors (512 bytes) survive, chosen by `seed`. The program runs on, as if on another machine.
    void cut_power_at(std::uint64_t operation, int kept_percent, std::uint64_t seed, std::function<void()> before);
    Survivors wait_for_cut();

    // Files may grow by so many bytes from now on; nothing: as they like.
    void set_space(std::optional<std::int64_t> bytes);

    // Files are opened for reading only, and none is made, as on a disk that is mounted so.
    void make_read_only();

    // The n-th read or lock of the WAL index from now, and every one after it, fails; nothing: none does.
    void fail_reads_from(std::optional<std::uint64_t> read);

    // The next so many syncs fail.
    void fail_syncs(int count);

private:
    struct Write {
        std::int64_t offset = 0;
        Content bytes;
        bool truncates = false;  // to `offset`
    };
    struct Platter {
        Content synced;
        std::vector<Write> unsynced;
        bool name_synced = false, removed = false;
    };
    struct File;
    friend struct FaultFileMethods;

    bool is_read_only();
    bool read_fails();
    void sync_names();
    Survivors survivors();
    void before_operation();
    static void apply(const Write& write, Content& content);
    void apply_torn(const Write& write, Content& content);

    std::string name_;
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_{};

    std::mutex mutex_;
    std::condition_variable cut_;
    std::map<std::string, Platter> platters_;
    std::uint64_t operations_to_cut_ = 0;  // 0: none is planned
    int kept_percent_ = 0;
    std::mt19937_64 random_;
    std::function<void()> before_cut_;
    std::optional<Survivors> survivors_;
    std::optional<std::int64_t> space_;
    int failing_syncs_ = 0;
    bool read_only_ = false;
    std::optional<std::uint64_t> reads_to_failure_;
};

}  // namespace engram::sqlite
