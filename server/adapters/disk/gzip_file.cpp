#include "adapters/disk/gzip_file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <utility>

namespace engram::disk {
namespace {

constexpr unsigned kBuffer = 256 << 10;
constexpr std::size_t kLineMax = 64 << 20;

}  // namespace

struct GzipWriter::Stream {
    gzFile file = nullptr;
    ~Stream() {
        if (file != nullptr) gzclose_w(file);
    }
};

GzipWriter::GzipWriter(std::string path)
    : path_(std::move(path)),
      part_(path_ + ".part"),
      file_(create_file(part_, 0600)),
      stream_(std::make_unique<Stream>()) {
    const int copy = ::fcntl(file_.get(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) throw system_error("create", part_);
    stream_->file = gzdopen(copy, "wb6");
    if (stream_->file == nullptr) ::close(copy);
    check(stream_->file != nullptr && gzbuffer(stream_->file, kBuffer) == 0);
}

GzipWriter::~GzipWriter() {
    if (!finished_) ::unlink(part_.c_str());
}

// zlib leaves errno as the system call has set it.
void GzipWriter::check(bool good) {
    if (good) return;
    if (errno == 0) errno = EIO;
    throw system_error("write", part_);
}

void GzipWriter::line(std::string_view text) {
    errno = 0;
    if (!text.empty()) check(gzwrite(stream_->file, text.data(), static_cast<unsigned>(text.size())) > 0);
    check(gzputc(stream_->file, '\n') == '\n');
}

void GzipWriter::close() {
    errno = 0;
    check(gzclose_w(std::exchange(stream_->file, nullptr)) == Z_OK);
    if (::fsync(file_.get()) != 0) throw system_error("sync", part_);
}

// A link, not a rename: it does not replace what stands there.
void GzipWriter::finish() {
    if (::link(part_.c_str(), path_.c_str()) != 0) {
        if (errno != EEXIST) throw system_error("name", path_);
        throw base::Error(base::Code::kConflict, path_ + " is there already. Name another file.");
    }
    ::unlink(part_.c_str());
    finished_ = true;
    sync_folder_of(path_);
}

struct GzipReader::Stream {
    gzFile file = nullptr;
    std::array<char, kBuffer> buffer;
    std::size_t begin = 0, end = 0;
    ~Stream() {
        if (file != nullptr) gzclose_r(file);
    }

    // False at the end.
    bool fill(const std::string& path) {
        const int got = gzread(file, buffer.data(), kBuffer);
        int error = Z_OK;
        const char* why = gzerror(file, &error);
        if (got < 0 || (got == 0 && error != Z_OK && error != Z_STREAM_END)) {
            if (error == Z_ERRNO) throw system_error("read", path);
            throw base::Error(base::Code::kInvalid, path + " is torn or damaged. Use another backup.", why);
        }
        begin = 0;
        end = static_cast<std::size_t>(got);
        return got > 0;
    }
};

GzipReader::GzipReader(std::string path) : path_(std::move(path)), stream_(std::make_unique<Stream>()) {
    const int file = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw system_error("open", path_);
    stream_->file = gzdopen(file, "rb");
    if (stream_->file == nullptr) ::close(file);
    if (stream_->file == nullptr || gzbuffer(stream_->file, kBuffer) != 0) throw system_error("read", path_);
}

GzipReader::~GzipReader() = default;

bool GzipReader::line(std::string& text) {
    text.clear();
    Stream& stream = *stream_;
    for (;;) {
        if (stream.begin == stream.end && !stream.fill(path_)) return !text.empty();
        const std::string_view rest(stream.buffer.data() + stream.begin, stream.end - stream.begin);
        const std::size_t length = rest.find('\n');
        text.append(rest.substr(0, length));
        if (text.size() > kLineMax)
            throw base::Error(base::Code::kInvalid, path_ + " has a line that is longer than any that engram writes.");
        stream.begin = length == std::string_view::npos ? stream.end : stream.begin + length + 1;
        if (length != std::string_view::npos) return true;
    }
}

}  // namespace engram::disk
