// A month of engram's own Markdown files, taken apart into its memories: what module memory's markdown_text.cpp writes,
// read back. It leaves out what is private, and a backslash that stood before a mark it escapes; what it tells only to
// the minute comes to the minute, unless the id tells it.
#pragma once

#include <string>
#include <string_view>

#include "modules/integration/front_matter.hpp"
#include "modules/integration/import_collector.hpp"

namespace engram::integration {

// By the front matter: class, month, memories.
bool is_engram_month(const FrontMatter& front);

// Used by one thread; options and collector must outlive it.
class MarkdownMonth {
public:
    MarkdownMonth(const FrontMatter& front, const ImportOptions& options, ImportCollector& collector);

    // The lines behind the front matter, clean and in their order; `number` in the file.
    void line(const std::string& line, std::size_t number);

    void finish();

private:
    struct Line {
        std::string text;
        bool is_code = false;
    };

    void begin(std::string_view heading, std::size_t number);
    void end(const std::string& id);
    void give_up();
    void set_time();
    bool is_code(std::string_view line);

    const ImportOptions& options_;
    ImportCollector& collector_;
    std::string class_, day_, clock_, title_;
    std::vector<Line> lines_;  // of the memory that is open
    std::size_t begun_ = 0;    // where it begins; 0: none is open
    std::size_t bytes_ = 0, private_ = 0;
    std::string_view fence_;  // the one that is open
    ImportedMessage message_;
    base::LocalTime stated_{base::LocalTime::min()};
    base::Time last_{};
};

}  // namespace engram::integration
