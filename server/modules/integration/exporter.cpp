#include "modules/integration/exporter.hpp"

#include "base/text.hpp"

namespace engram::integration {

namespace {

// Remembers what is in the archive, for its index.
class Listing final : public ports::ArchiveWriter {
public:
    explicit Listing(ports::ArchiveWriter& archive) : archive_(archive) {}

    void begin(std::string_view path) override {
        paths_.emplace_back(path);
        archive_.begin(path);
    }
    void write(std::string_view piece) override { archive_.write(piece); }

    // Links to all that begins with `folder`; empty: there is nothing.
    std::string links(std::string_view folder) const {
        std::string items;
        for (const std::string& path : paths_) {
            if (!path.starts_with(folder)) continue;
            const std::string name = path.substr(folder.size(), path.rfind('.') - folder.size());
            items += "<li><a href=\"" + path + "\">" + name + "</a></li>\n";
        }
        return items.empty() ? "<p>None.</p>\n" : "<ul>\n" + items + "</ul>\n";
    }

private:
    ports::ArchiveWriter& archive_;
    std::vector<std::string> paths_;
};

std::string index_page(const Listing& listing, const std::string& made_at) {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>engram</title><style>"
           ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;"
           "padding:0 1rem}ul{columns:10rem;padding-left:1.2rem}</style></head><body>\n<h1>Your engram</h1>\n<p>All "
           "that engram held of you on " +
           made_at + ". These pages need no engram.</p>\n<h2>Memories by month</h2>\n" + listing.links("html/") +
           "<h2>The same as Markdown</h2>\n" + listing.links("markdown/") +
           "<h2>For programs</h2>\n<p><a href=\"memories.jsonl\">memories.jsonl</a> has each memory with its earlier "
           "versions and the trash, one to a line. To take all of it into another engram, import this archive as it "
           "is: <code>engram import FILE.zip</code>.</p>\n</body></html>\n";
}

}  // namespace

void Exporter::write(const base::Uuid& owner, const ZipSink& sink) const {
    const base::Time now = clock_.now();
    ZipWriter zip(sink, now);
    Listing listing(zip);
    listing.begin("engram.json");
    std::string manifest = R"({"engram_export":1,"made_by":)";
    base::append_json_string(manifest, made_by_);
    listing.write(manifest += R"(,"made_at":")" + base::format_rfc3339(now) + "\"}\n");
    for (ports::PersonalData* part : parts_) part->write_to(owner, listing);
    zip.begin("index.html");
    zip.write(index_page(listing, base::format_rfc3339(now).substr(0, 10)));
    zip.finish();
}

std::string Exporter::file_name() const {
    return "engram-" + base::format_rfc3339(clock_.now()).substr(0, 10) + ".zip";
}

}  // namespace engram::integration
