// The YAML at the front of a note, between two lines of "---". yaml-cpp behind a face of ours.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace engram::integration {

inline constexpr std::size_t kFrontMatterBytesMax = 16 << 10;

// One key, in the order of the file.
struct FrontField {
    std::string key;                 // as it stands there
    std::vector<std::string> texts;  // a scalar, or the scalars of a list; of everything else none
    bool is_list = false;
    boost::json::value value;  // of a scalar: true, false, a number, a text; null: it is empty, or none

    std::string_view text() const { return texts.empty() ? std::string_view() : std::string_view(texts.front()); }
};

struct FrontMatter {
    std::vector<FrontField> fields;
    std::string problem;    // why it could not be read; then there are no fields
    std::string_view body;  // of the note: what follows it
    bool is_there = false;
};

// Of a note in well-formed UTF-8, which must outlive the result. Never throws for what stands in it.
FrontMatter read_front_matter(std::string_view note);

}  // namespace engram::integration
