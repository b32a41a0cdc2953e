#include "modules/integration/zip_reader.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <clocale>
#include <streambuf>

#include "base/error.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kBlockBytes = 64 << 10;
constexpr std::size_t kFilesMax = 200'000;
// Text is packed to a tenth, chats of one word to a thirtieth; beyond is a bomb, in one file or in many.
constexpr std::uint64_t kExpansionMax = 100, kExpansionFree = 16 << 20, kFileBytesMax = std::uint64_t{4} << 30;
constexpr std::uint64_t kHeaderBytesMin = 30;  // in front of what a file has

[[noreturn]] void refuse(const std::string& why, const std::string& private_detail = {}) {
    throw base::Error(base::Code::kInvalid, why, private_detail);
}

// While it lives, libarchive takes names for UTF-8 on this thread: in the locale "C", which a server runs in, it drops
// the whole name for one umlaut. A machine without that locale keeps its own.
class Utf8Names {
public:
    Utf8Names() : before_(uselocale(utf8())) {}
    ~Utf8Names() { uselocale(before_); }
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;

private:
    static locale_t utf8() {
        static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return locale;
    }

    locale_t before_;
};

// The archive, as libarchive walks through it. The callbacks are C's: nothing is thrown through them.
class Walk {
public:
    explicit Walk(std::unique_ptr<std::istream> in) : in_(std::move(in)), archive_(archive_read_new()) {
        archive_read_support_format_zip_seekable(archive_.get());
        archive_read_set_read_callback(archive_.get(), &Walk::read_block);
        archive_read_set_seek_callback(archive_.get(), &Walk::seek);
        archive_read_set_callback_data(archive_.get(), this);
        check(archive_read_open1(archive_.get()));
        is_open_ = true;
    }

    // The next file; null at the end.
    archive_entry* next() {
        const Utf8Names names;
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(archive_.get(), &entry);
        if (result == ARCHIVE_EOF) return nullptr;
        check(result);
        ++position_;
        return entry;
    }

    std::size_t read(char* out, std::size_t bytes) {
        const auto count = archive_read_data(archive_.get(), out, bytes);
        if (count < 0) fail();
        return static_cast<std::size_t>(count);
    }

    std::size_t position() const { return position_; }  // how many were given

    // How far into the archive it has read: of a file that was just given, where what it has begins.
    std::uint64_t place() const { return static_cast<std::uint64_t>(archive_filter_bytes(archive_.get(), 0)); }

private:
    struct Free {
        void operator()(archive* a) const { archive_read_free(a); }
    };

    void check(int result) {
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) fail();
    }

    [[noreturn]] void fail() {
        const char* text = archive_error_string(archive_.get());
        // Of an archive that could not be opened libarchive reads freed memory to tell.
        if (is_open_ && archive_read_has_encrypted_entries(archive_.get()) > 0)
            refuse("The archive is locked by a password: pack it again without one.");
        refuse("The archive is damaged or breaks off: export it again.", text == nullptr ? "" : text);
    }

    static la_ssize_t read_block(archive*, void* self, const void** block) {
        auto& walk = *static_cast<Walk*>(self);
        walk.in_->clear();
        walk.in_->read(walk.block_.data(), kBlockBytes);
        *block = walk.block_.data();
        return walk.in_->bad() ? -1 : static_cast<la_ssize_t>(walk.in_->gcount());
    }

    static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence) {
        auto& in = *static_cast<Walk*>(self)->in_;
        in.clear();
        const auto from = whence == SEEK_SET ? std::ios::beg : whence == SEEK_CUR ? std::ios::cur : std::ios::end;
        in.seekg(offset, from);
        return in.fail() ? ARCHIVE_FATAL : static_cast<la_int64_t>(in.tellg());
    }

    std::unique_ptr<std::istream> in_;
    std::array<char, kBlockBytes> block_;
    std::unique_ptr<archive, Free> archive_;
    std::size_t position_ = 0;
    bool is_open_ = false;
};

// What all files of one archive share. Used by one thread.
class Archive {
public:
    explicit Archive(std::function<std::unique_ptr<std::istream>()> open) : open_(std::move(open)) {
        const auto in = open_();
        in->seekg(0, std::ios::end);
        packed_ = static_cast<std::uint64_t>(in->tellg());
        bytes_max_ = packed_ * kExpansionMax + kExpansionFree;
    }

    Walk& begin() { return walk_.emplace(open_()); }

    Walk& at(std::size_t index) {
        if (!walk_ || walk_->position() > index) begin();
        while (walk_->position() <= index)
            if (walk_->next() == nullptr) refuse("The archive is damaged or breaks off: export it again.");
        return *walk_;
    }

    // Each file in turn, in the order of the archive, before any of them is read. What it is said to have is believed
    // where it is too much: most bombs say so.
    void add_file(std::uint64_t begin, std::uint64_t bytes) {
        if (!parts_.empty() && parts_.back().begin + kHeaderBytesMin > begin) refuse_overlap();
        parts_.push_back({.begin = begin});
        said_ += bytes;
        if (said_ > bytes_max_) refuse_expansion();
    }

    // That `bytes` of the file have been unpacked. A file that goes on in the next one would be unpacked with it over
    // and over, and many files that expand a little are as large as one that expands too far.
    void check(std::size_t index, std::uint64_t bytes) {
        const bool is_last = index + 1 == parts_.size();
        if (walk_->place() > (is_last ? packed_ : parts_[index + 1].begin - kHeaderBytesMin)) refuse_overlap();
        std::uint64_t& most = parts_[index].unpacked;
        unpacked_ += std::max(most, bytes) - most;
        most = std::max(most, bytes);
        if (most > kFileBytesMax || unpacked_ > bytes_max_) refuse_expansion();
    }

private:
    struct Part {
        std::uint64_t begin = 0, unpacked = 0;  // the most of it, as a file is read more than once
    };

    [[noreturn]] static void refuse_overlap() {
        refuse("Files of the archive overlap, as in a bomb or after damage: unpack it, and pack its files anew.");
    }

    [[noreturn]] static void refuse_expansion() {
        refuse("The archive expands beyond what texts can: unpack it, and import what is in it.");
    }

    std::function<std::unique_ptr<std::istream>()> open_;
    std::uint64_t packed_ = 0, bytes_max_ = 0, said_ = 0, unpacked_ = 0;
    std::vector<Part> parts_;
    std::optional<Walk> walk_;
};

class EntryBuffer final : public std::streambuf {
public:
    EntryBuffer(std::shared_ptr<Archive> archive, std::size_t index)
        : archive_(std::move(archive)), index_(index), walk_(archive_->at(index)) {}

protected:
    int_type underflow() override {
        const std::size_t count = walk_.read(buffer_.data(), buffer_.size());
        total_ += count;
        archive_->check(index_, total_);
        setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
        return count == 0 ? traits_type::eof() : traits_type::to_int_type(buffer_[0]);
    }

private:
    std::shared_ptr<Archive> archive_;
    std::size_t index_;
    Walk& walk_;
    std::array<char, 1 << 14> buffer_{};
    std::uint64_t total_ = 0;
};

class EntryStream final : public std::istream {
public:
    EntryStream(std::shared_ptr<Archive> archive, std::size_t index)
        : std::istream(nullptr), buffer_(std::move(archive), index) {
        rdbuf(&buffer_);
        exceptions(std::ios::badbit);  // what the buffer throws passes through
    }

private:
    EntryBuffer buffer_;
};

// Shown to people, never opened: what leads out of the archive or is no text is taken out.
std::string name_of(archive_entry* entry) {
    const Utf8Names names;
    const char* utf8 = archive_entry_pathname_utf8(entry);
    const char* raw = utf8 == nullptr ? archive_entry_pathname(entry) : utf8;
    std::string name = raw == nullptr ? "" : raw;
    repair_text(name);
    while (name.starts_with("/") || name.starts_with("../")) name.erase(0, name.find('/') + 1);
    return name;
}

}  // namespace

bool is_zip(std::istream& in) {
    std::array<char, 4> front{};
    in.read(front.data(), front.size());
    in.clear();
    in.seekg(0);
    const std::string_view magic(front.data(), front.size());
    return magic == "PK\x03\x04" || magic == "PK\x05\x06" || magic == "PK\x07\x08";
}

std::vector<ImportFile> zip_files(const std::function<std::unique_ptr<std::istream>()>& open) {
    const auto archive = std::make_shared<Archive>(open);
    std::vector<ImportFile> files;
    Walk& walk = archive->begin();
    while (archive_entry* entry = walk.next()) {
        if (walk.position() > kFilesMax) refuse("The archive has more than 200,000 files: import it in parts.");
        const auto bytes = static_cast<std::uint64_t>(archive_entry_size(entry));
        archive->add_file(walk.place(), bytes);
        if (archive_entry_filetype(entry) != AE_IFREG) continue;
        ImportFile file{.name = name_of(entry), .bytes = bytes};
        if (archive_entry_mtime_is_set(entry) != 0)
            file.modified_at = base::Time(std::chrono::seconds(archive_entry_mtime(entry)));
        const std::size_t index = walk.position() - 1;
        file.open = [archive, index] { return std::make_unique<EntryStream>(archive, index); };
        files.push_back(std::move(file));
    }
    return files;
}

}  // namespace engram::integration
