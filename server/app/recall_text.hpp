// What `engram recall` shows of an answer of POST /memories/search?envelope=true. Pure.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "app/terminal.hpp"
#include "base/time_zone.hpp"

namespace engram::app {

// A line for each memory: its day (in `zone` where it does not tell itself), what it is where it is not for everyday,
// who said it, and an excerpt. Nothing in it can command a terminal but what `paint` adds.
std::string recall_lines(const boost::json::value& answer, const Paint& paint, const base::TimeZone& zone = {});

// What is to be said besides, a line each: how the query was understood where that is not as it was typed, that nothing
// was found, or how to see more.
std::vector<std::string> recall_notes(const boost::json::value& answer, std::int64_t offset);

// What could not be used to find them, and why: `health` as GET /health?ready tells it.
std::vector<std::string> degraded_notes(const boost::json::value& answer, const boost::json::value& health);

// How many memories are found by their words alone as yet, of an answer of GET /memories/status; empty: none.
std::string pending_note(const boost::json::value& status);

}  // namespace engram::app
