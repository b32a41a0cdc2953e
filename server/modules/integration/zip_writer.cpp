#include "modules/integration/zip_writer.hpp"

#include <archive.h>
#include <archive_entry.h>

#include "base/error.hpp"

namespace engram::integration {

struct ZipWriter::Archive {
    struct Free {
        void operator()(archive* a) const { archive_write_free(a); }
        void operator()(archive_entry* e) const { archive_entry_free(e); }
    };

    // libarchive's callback: nothing is thrown through C.
    static la_ssize_t write_piece(archive*, void* self, const void* bytes, std::size_t count) {
        auto& writer = *static_cast<Archive*>(self);
        const bool taken = writer.open && writer.sink({static_cast<const char*>(bytes), count});
        writer.open = taken;
        return taken ? static_cast<la_ssize_t>(count) : -1;
    }

    void check(la_ssize_t result) const {
        if (result >= ARCHIVE_OK) return;
        const char* text = archive_error_string(zip.get());
        throw base::Error(base::Code::kUnavailable, "The archive could not be written to its end.",
                          open ? (text == nullptr ? "" : text) : "nobody reads it any more");
    }

    ZipSink sink;
    base::Time made_at;
    bool open = true;
    std::unique_ptr<archive, Free> zip{archive_write_new()};
};

ZipWriter::ZipWriter(ZipSink sink, base::Time made_at)
    : archive_(std::make_unique<Archive>(Archive{.sink = std::move(sink), .made_at = made_at})) {
    archive* zip = archive_->zip.get();
    archive_->check(archive_write_set_format_zip(zip));
    archive_->check(archive_write_set_format_option(zip, "zip", "hdrcharset", "UTF-8"));
    archive_->check(archive_write_set_bytes_in_last_block(zip, 1));
    archive_->check(archive_write_open(zip, archive_.get(), nullptr, &Archive::write_piece, nullptr));
}

// Freeing an unfinished archive writes its end, which a sink that is gone must not see.
ZipWriter::~ZipWriter() { archive_->open = false; }

void ZipWriter::begin(std::string_view path) { begin(path, archive_->made_at); }

void ZipWriter::begin(std::string_view path, base::Time modified_at) {
    const std::unique_ptr<archive_entry, Archive::Free> entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), std::string(path).c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(),
                            std::chrono::floor<std::chrono::seconds>(modified_at).time_since_epoch().count(), 0);
    archive_->check(archive_write_header(archive_->zip.get(), entry.get()));
}

void ZipWriter::write(std::string_view piece) {
    while (!piece.empty()) {
        const la_ssize_t count = archive_write_data(archive_->zip.get(), piece.data(), piece.size());
        archive_->check(count);
        if (count == 0) throw base::Error(base::Code::kInternal, "The archive could not be written.", "no progress");
        piece.remove_prefix(static_cast<std::size_t>(count));
    }
}

void ZipWriter::finish() { archive_->check(archive_write_close(archive_->zip.get())); }

}  // namespace engram::integration
