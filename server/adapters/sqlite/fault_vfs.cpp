#include "adapters/sqlite/fault_vfs.hpp"

#include <algorithm>
#include <cstring>

namespace engram::sqlite {

// What SQLite sees as a file; the real one lies behind it in the same allocation.
struct FaultVfs::File {
    sqlite3_file base;
    FaultVfs* vfs;
    Platter* platter;   // none for temporary files
    bool syncs_folder;  // journals: the first sync makes names durable, as SQLite's own layer does
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

// The callbacks, in the order of sqlite3_io_methods.
struct FaultFileMethods {
    using File = FaultVfs::File;

    static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static sqlite3_file* real(sqlite3_file* file) { return of(file).real(); }
    static const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

    static int close(sqlite3_file* file) { return methods(file).xClose(real(file)); }
    static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
        if (of(file).vfs->read_fails()) return SQLITE_IOERR_READ;
        return methods(file).xRead(real(file), out, size, offset);
    }

    static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
        FaultVfs& vfs = *of(file).vfs;
        const std::lock_guard lock(vfs.mutex_);
        sqlite3_int64 length = 0;
        methods(file).xFileSize(real(file), &length);
        const sqlite3_int64 growth = std::max<sqlite3_int64>(offset + size - length, 0);
        if (vfs.space_ && growth > *vfs.space_) return SQLITE_FULL;
        if (vfs.space_) *vfs.space_ -= growth;
        const auto* bytes = static_cast<const std::uint8_t*>(data);
        if (of(file).platter != nullptr) {
            vfs.before_operation();
            of(file).platter->unsynced.push_back({offset, FaultVfs::Content(bytes, bytes + size), false});
        }
        return methods(file).xWrite(real(file), data, size, offset);
    }

    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        FaultVfs& vfs = *of(file).vfs;
        const std::lock_guard lock(vfs.mutex_);
        if (of(file).platter != nullptr) {
            vfs.before_operation();
            of(file).platter->unsynced.push_back({size, {}, true});
        }
        return methods(file).xTruncate(real(file), size);
    }

    static int sync(sqlite3_file* file, int) {
        FaultVfs& vfs = *of(file).vfs;
        const std::lock_guard lock(vfs.mutex_);
        if (vfs.failing_syncs_ > 0) {
            --vfs.failing_syncs_;
            return SQLITE_IOERR_FSYNC;
        }
        FaultVfs::Platter* platter = of(file).platter;
        if (platter == nullptr) return SQLITE_OK;
        vfs.before_operation();
        for (const FaultVfs::Write& write : platter->unsynced) FaultVfs::apply(write, platter->synced);
        platter->unsynced.clear();
        if (of(file).syncs_folder) vfs.sync_names();
        return SQLITE_OK;
    }

    static int file_size(sqlite3_file* file, sqlite3_int64* size) { return methods(file).xFileSize(real(file), size); }
    static int lock(sqlite3_file* file, int level) { return methods(file).xLock(real(file), level); }
    static int unlock(sqlite3_file* file, int level) { return methods(file).xUnlock(real(file), level); }
    static int check_reserved(sqlite3_file* file, int* out) {
        return methods(file).xCheckReservedLock(real(file), out);
    }
    static int control(sqlite3_file* file, int operation, void* argument) {
        return methods(file).xFileControl(real(file), operation, argument);
    }
    static int sector_size(sqlite3_file* file) { return methods(file).xSectorSize(real(file)); }
    static int characteristics(sqlite3_file* file) { return methods(file).xDeviceCharacteristics(real(file)); }
    static int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
        return methods(file).xShmMap(real(file), page, size, extend, out);
    }
    static int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
        if ((flags & SQLITE_SHM_LOCK) != 0 && of(file).vfs->read_fails()) return SQLITE_IOERR_SHMLOCK;
        return methods(file).xShmLock(real(file), offset, count, flags);
    }
    static void shm_barrier(sqlite3_file* file) { methods(file).xShmBarrier(real(file)); }
    static int shm_unmap(sqlite3_file* file, int remove) { return methods(file).xShmUnmap(real(file), remove); }

    static std::string name_in_folder(const char* path) {
        const std::string whole(path);
        return whole.substr(whole.rfind('/') + 1);
    }

    static int open(sqlite3_vfs* self, const char* path, sqlite3_file* out, int flags, int* flags_out) {
        auto& vfs = *static_cast<FaultVfs*>(self->pAppData);
        File& file = of(out);
        file.base.pMethods = nullptr;
        file.vfs = &vfs;
        file.platter = nullptr;
        file.syncs_folder = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
        if (vfs.is_read_only()) flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
        const int result = vfs.real_->xOpen(vfs.real_, path, file.real(), flags, flags_out);
        if (result != SQLITE_OK) return result;
        file.base.pMethods = &table();
        if (path == nullptr || (flags & SQLITE_OPEN_DELETEONCLOSE) != 0) return SQLITE_OK;
        const std::lock_guard lock(vfs.mutex_);
        file.platter = &vfs.platters_[name_in_folder(path)];
        if (file.platter->removed) *file.platter = {};
        return SQLITE_OK;
    }

    static int remove(sqlite3_vfs* self, const char* path, int sync_folder) {
        auto& vfs = *static_cast<FaultVfs*>(self->pAppData);
        const std::lock_guard lock(vfs.mutex_);
        // Until the folder is synced, a removed file may come back as it was: that is the harder case.
        const auto found = vfs.platters_.find(name_in_folder(path));
        if (found != vfs.platters_.end()) found->second.removed = true;
        if (sync_folder != 0) vfs.sync_names();
        return vfs.real_->xDelete(vfs.real_, path, 0);
    }

    static const sqlite3_io_methods& table() {
        static const sqlite3_io_methods ours = {
            2,         close,          read,    write,       truncate,        sync,    file_size, lock,
            unlock,    check_reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
            shm_unmap, nullptr,        nullptr};
        return ours;
    }
};

FaultVfs::FaultVfs(std::string name) : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
    vfs_.pNext = nullptr;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.xOpen = FaultFileMethods::open;
    vfs_.xDelete = FaultFileMethods::remove;
    sqlite3_vfs_register(&vfs_, 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(&vfs_); }

void FaultVfs::cut_power_at(std::uint64_t operation, int kept_percent, std::uint64_t seed,
                            std::function<void()> before) {
    const std::lock_guard lock(mutex_);
    survivors_.reset();
    operations_to_cut_ = operation;
    kept_percent_ = kept_percent;
    random_.seed(seed);
    before_cut_ = std::move(before);
}

FaultVfs::Survivors FaultVfs::wait_for_cut() {
    std::unique_lock lock(mutex_);
    cut_.wait(lock, [this] { return survivors_.has_value(); });
    return *survivors_;
}

void FaultVfs::set_space(std::optional<std::int64_t> bytes) {
    const std::lock_guard lock(mutex_);
    space_ = bytes;
}

void FaultVfs::fail_syncs(int count) {
    const std::lock_guard lock(mutex_);
    failing_syncs_ = count;
}

void FaultVfs::make_read_only() {
    const std::lock_guard lock(mutex_);
    read_only_ = true;
}

bool FaultVfs::is_read_only() {
    const std::lock_guard lock(mutex_);
    return read_only_;
}

void FaultVfs::fail_reads_from(std::optional<std::uint64_t> read) {
    const std::lock_guard lock(mutex_);
    reads_to_failure_ = read;
}

bool FaultVfs::read_fails() {
    const std::lock_guard lock(mutex_);
    if (!reads_to_failure_) return false;
    if (*reads_to_failure_ > 0) --*reads_to_failure_;
    return *reads_to_failure_ == 0;
}

void FaultVfs::before_operation() {
    if (operations_to_cut_ == 0) return;
    --operations_to_cut_;
    if (operations_to_cut_ > 0) return;
    before_cut_();
    survivors_ = survivors();
    cut_.notify_all();
}

void FaultVfs::sync_names() {
    for (auto& [name, platter] : platters_) {
        if (platter.removed)
            platter = {};
        else
            platter.name_synced = true;
    }
}

FaultVfs::Survivors FaultVfs::survivors() {
    Survivors left;
    for (const auto& [name, platter] : platters_) {
        if (!platter.name_synced) continue;
        Content content = platter.synced;
        for (const Write& write : platter.unsynced) apply_torn(write, content);
        left.emplace(name, std::move(content));
    }
    return left;
}

void FaultVfs::apply(const Write& write, Content& content) {
    const auto end = static_cast<std::size_t>(write.offset) + write.bytes.size();
    if (write.truncates ? content.size() > end : content.size() < end) content.resize(end);
    if (!write.bytes.empty()) std::memcpy(content.data() + write.offset, write.bytes.data(), write.bytes.size());
}

void FaultVfs::apply_torn(const Write& write, Content& content) {
    constexpr std::int64_t kSector = 512;
    const auto survives = [this] { return static_cast<int>(random_() % 100) < kept_percent_; };
    if (write.truncates) {
        if (survives()) apply(write, content);
        return;
    }
    const auto end = write.offset + static_cast<std::int64_t>(write.bytes.size());
    for (std::int64_t at = write.offset; at < end;) {
        const std::int64_t next = std::min(end, (at / kSector + 1) * kSector);
        const auto from = write.bytes.begin() + (at - write.offset);
        if (survives()) apply({at, Content(from, from + (next - at)), false}, content);
        at = next;
    }
}

}  // namespace engram::sqlite
