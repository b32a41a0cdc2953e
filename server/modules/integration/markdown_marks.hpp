// What notes hold beside their words: tags and embedded files. Pure functions over well-formed UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engram::integration {

// Follows the lines of a note through its code blocks.
class CodeFences {
public:
    // Whether the next line is code, or begins or ends a block of it.
    bool see(std::string_view line);

private:
    char mark_ = '\0';  // of the block that is open; NUL: none is
    std::size_t length_ = 0;
};

// Adds what is a tag ("#garden/beans" is: letters, digits, _, - and /, not digits alone, after a space) and is not
// there yet, outside of code, to `tags`, up to memory::kTagsMax.
void add_inline_tags(std::string_view body, std::vector<std::string>& tags);

// Adds a tag that is not there yet; nothing where there are that many or it is blank or longer than memory::kTagMax.
void add_tag(std::string_view tag, std::vector<std::string>& tags);

// The file names, without folders, of what "![[photo.jpg|300]]" and "![words](folder/photo.jpg)" embed: no notes, and
// nothing from elsewhere. 100 at most.
std::vector<std::string> embedded_media(std::string_view body);

}  // namespace engram::integration
