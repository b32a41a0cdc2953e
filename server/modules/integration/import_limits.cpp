#include "modules/integration/import_limits.hpp"

#include "base/text.hpp"

namespace engram::integration {

namespace {

// Collects the names of what was cut.
class Cutter {
public:
    void cut(std::string& text, std::size_t code_points_max, std::string_view name) {
        const std::string_view kept = base::cut_code_points(text, code_points_max);
        if (kept.size() == text.size()) return;
        text.resize(kept.size());
        note(name);
    }

    void cut(std::optional<std::string>& text, std::size_t code_points_max, std::string_view name) {
        if (text) cut(*text, code_points_max, name);
    }

    void note(std::string_view name) {
        if (names_.find(name) != std::string::npos) return;
        (names_ += names_.empty() ? "" : ", ") += name;
    }

    std::string take() { return std::move(names_); }

private:
    std::string names_;
};

}  // namespace

std::string fit(ImportedMessage& message) {
    Cutter cutter;
    cutter.cut(message.title, memory::kTitleMax, "title");
    cutter.cut(message.context, memory::kContextMax, "context");
    cutter.cut(message.source, memory::kSourceMax, "source");
    std::erase_if(message.tags, [](const std::string& tag) { return base::trim(tag).empty(); });
    for (std::string& tag : message.tags) cutter.cut(tag, memory::kTagMax, "tags");
    if (message.tags.size() > memory::kTagsMax) cutter.note("tags");
    message.tags.resize(std::min(message.tags.size(), memory::kTagsMax));
    cutter.cut(message.author, memory::kTitleMax, "author");
    if (message.source.empty()) message.source = "import";
    return cutter.take();
}

}  // namespace engram::integration
