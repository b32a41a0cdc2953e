// Long texts in parts that the model takes in whole.
#pragma once

#include <string_view>
#include <vector>

namespace engram::onnx {

// The parts in order, about equally long, none over 252 tokens as far as TokenEstimate can tell: cut between
// paragraphs, lines, sentences or words, in this order of liking, weighed against equal lengths. Views of `text`
// without the blanks around them; none where it is blank. The same for the same text. Any bytes; linear.
std::vector<std::string_view> cut_passages(std::string_view text);

}  // namespace engram::onnx
