// Answers of the API as the command line reads and prints them.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace engram::app {

// A member that is a text; empty where it is null.
std::string text_of(const boost::json::value& object, const char* member);

void print_json(const boost::json::value& value);

}  // namespace engram::app
