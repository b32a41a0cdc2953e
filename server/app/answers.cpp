#include "app/answers.hpp"

#include <iostream>

#include "base/json.hpp"

namespace engram::app {

std::string text_of(const boost::json::value& object, const char* member) {
    const boost::json::value& value = object.at(member);
    return value.is_null() ? std::string() : std::string(value.as_string());
}

void print_json(const boost::json::value& value) {
    std::string text;
    base::append_json(text, value);
    std::cout << text << "\n";
}

}  // namespace engram::app
