#include "modules/integration/import.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/integration/import_format.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

// The first that any file fits is the format of all.
const std::array<const ImportFormat*, 7> kFormats{&kExportFormat, &kTelegramFormat, &kWhatsappFormat, &kJsonLinesFormat,
                                                  &kJsonFormat,   &kMarkdownFormat, &kCsvFormat};

std::string what_it_seems(std::string_view front) {
    if (is_utf16(front)) return "This is UTF-16: save it as UTF-8.";
    if (base::trim(front).empty()) return "The file is empty.";
    if (front.find('\0') != std::string_view::npos) return "This is no text.";
    return "";
}

[[noreturn]] void refuse(const std::vector<ImportFile>& files, std::string_view front) {
    std::string why = files.size() == 1 ? what_it_seems(front) : "Of the files in the archive none is an export.";
    why += why.empty() ? "" : " ";
    why += "What can be read:";
    for (const ImportFormat* format : kFormats) (why += format == kFormats.front() ? " " : ", ") += format->says;
    throw base::Error(base::Code::kUnsupportedType, why + "; each also in a zip archive.");
}

struct Fitting {
    const ImportFile* file = nullptr;
    const ImportFormat* format = nullptr;
};

struct Found {
    const ImportFormat* format = nullptr;
    std::vector<Fitting> files;  // of all formats

    bool is_read(const Fitting& fitting) const { return fitting.format == format; }
};

// A file whose format was told is taken at its word; of an archive only what fits it, which may have pictures too.
const ImportFormat* format_of(const ImportFile& file, std::string_view front, const ImportOptions& options,
                              bool is_alone) {
    for (const ImportFormat* format : kFormats) {
        const bool wanted = options.format.empty() || options.format == format->name;
        const bool is_told = is_alone && !options.format.empty();
        if (wanted && (is_told || format->fits(file, front))) return format;
    }
    return nullptr;
}

std::size_t rank(const ImportFormat* format) {
    return static_cast<std::size_t>(std::ranges::find(kFormats, format) - kFormats.begin());
}

Found find_files(const std::vector<ImportFile>& files, const ImportOptions& options) {
    Found found;
    std::string front;
    for (const ImportFile& file : files) {
        if (is_hidden(file.name)) continue;
        front = read_front(file);
        const ImportFormat* format = format_of(file, front, options, files.size() == 1);
        if (format == nullptr) continue;
        if (rank(format) < rank(found.format)) found.format = format;
        found.files.push_back({&file, format});
    }
    if (found.format == nullptr) refuse(files, front);
    return found;
}

// An export of engram says everything in the file that is read; the others of it are for people.
void tell_left_out(const Found& found, ImportCollector& collector) {
    if (found.format == &kExportFormat) return;
    for (const Fitting& fitting : found.files) {
        if (found.is_read(fitting)) continue;
        const std::string name(fitting.format->name);
        collector.begin_file(fitting.file->name);
        collector.problem(0,
                          "The file was left out: it is of the format '" + name + "', the archive is read as '" +
                              std::string(found.format->name) + "'.",
                          "Import it by itself, or the archive once more with the format '" + name + "'.");
    }
}

}  // namespace

std::vector<std::string_view> import_formats() {
    std::vector<std::string_view> names;
    for (const ImportFormat* format : kFormats) names.push_back(format->name);
    return names;
}

ImportSummary parse_import(const std::vector<ImportFile>& files, const ImportOptions& options, const ImportSink& sink) {
    const Found found = find_files(files, options);
    ImportSummary report;
    ImportCollector collector(report, sink);
    report.format = found.format->name;
    tell_left_out(found, collector);
    for (const Fitting& fitting : found.files) {
        if (!found.is_read(fitting)) continue;
        collector.begin_file(files.size() > 1 ? fitting.file->name : "");
        found.format->read(*fitting.file, options, collector);
        ++report.files;
    }
    return report;
}

}  // namespace engram::integration
