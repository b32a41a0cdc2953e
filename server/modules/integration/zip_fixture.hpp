// For tests: zip archives made in memory.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace engram::integration {

struct ZipEntry {
    std::string name, text;
    bool stored = false;
    std::size_t times = 1;  // that the text is there
    std::time_t modified_at = 1'704'063'600;
};

inline la_ssize_t append_to_zip(archive*, void* zip, const void* bytes, std::size_t count) {
    static_cast<std::string*>(zip)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

// With a password, where one is given.
inline std::string make_zip(const std::vector<ZipEntry>& entries, const std::string& password = {}) {
    std::string zip;
    const auto check = [](int result) {
        if (result < ARCHIVE_WARN) throw std::runtime_error("libarchive does not write this");
    };
    const std::unique_ptr<archive, int (*)(archive*)> out(archive_write_new(), archive_write_free);
    check(archive_write_set_format_zip(out.get()));
    check(archive_write_set_options(out.get(), password.empty() ? "hdrcharset=UTF-8" : "zip:encryption=zipcrypt"));
    if (!password.empty()) check(archive_write_set_passphrase(out.get(), password.c_str()));
    check(archive_write_set_bytes_in_last_block(out.get(), 1));
    check(archive_write_open(out.get(), &zip, nullptr, append_to_zip, nullptr));
    for (const ZipEntry& entry : entries) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry*)> header(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname_utf8(header.get(), entry.name.c_str());
        archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.text.size() * entry.times));
        archive_entry_set_filetype(header.get(), AE_IFREG);
        archive_entry_set_perm(header.get(), 0644);
        archive_entry_set_mtime(header.get(), entry.modified_at, 0);
        check(entry.stored ? archive_write_zip_set_compression_store(out.get())
                           : archive_write_zip_set_compression_deflate(out.get()));
        check(archive_write_header(out.get(), header.get()));
        for (std::size_t i = 0; i < entry.times; ++i)
            archive_write_data(out.get(), entry.text.data(), entry.text.size());
    }
    check(archive_write_close(out.get()));
    return zip;
}

}  // namespace engram::integration
