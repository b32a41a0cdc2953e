// The numbers of all tokens of a text become its one vector.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace engram::onnx {

// The mean of the rows of `columns` numbers each, brought to length 1. Throws kUnavailable where that makes no sense:
// no whole rows, a number that is none, nothing but zeros.
std::vector<float> pool(std::span<const float> rows, std::size_t columns);

}  // namespace engram::onnx
