// Numbers as people write them.
#pragma once

#include <string>

namespace engram::search {

// One spelling for a number with marks between its digits, whatever follows it: 1,000 and 1.000 and 1'000 → 1000,
// 1.000,50 and 1,000.50 → 1000.50, 3,14 → 3.14. Dates, versions, addresses of machines and lists stay.
void spell_number_plainly(std::string& word);

}  // namespace engram::search
