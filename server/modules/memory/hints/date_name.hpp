// A name of the calendar, before it is known which year it is of. Internal to DateItems.
#pragma once

#include "modules/memory/hints/date_items.hpp"

namespace engram::memory {

struct DateItems::Name {
    Yearly yearly;
    bool weak = false;
    Languages languages = 0;  // of its word
    bool short_year = false;  // a year of two digits may follow
};

}  // namespace engram::memory
