// Texts out of answers.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace engram::testing {

inline std::string text_of(const boost::json::value& object, std::string_view name) {
    return std::string(object.at(name).as_string());
}

// What each of `memories` says.
inline std::vector<std::string> contents(const boost::json::value& memories) {
    std::vector<std::string> texts;
    for (const auto& memory : memories.as_array()) texts.push_back(text_of(memory, "content"));
    return texts;
}

}  // namespace engram::testing
