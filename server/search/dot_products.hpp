// Dot products of one vector with many, in bytes: the widest instructions that the machine has.
#pragma once

#include <cstddef>
#include <cstdint>

namespace engram::search {

// Rows stand one behind the other. `dims` is a multiple of kDimsStep; components are -127 to 127. out[i] is the product
// with row i. Any thread.
using DotProducts = void (*)(const std::int8_t* vector, const std::int8_t* rows, std::size_t dims, std::size_t count,
                             std::int32_t* out);

inline constexpr std::size_t kDimsStep = 64;

// The best of AVX-512 VNNI, AVX2 and plain code that this processor has and that counts as plain code does; found at
// the first call.
DotProducts dot_products();

// All that this processor has, plain code first: what tests and benchmarks compare.
struct DotKernel {
    const char* name;
    DotProducts run;
};
struct DotKernels {
    DotKernel kernels[3];
    std::size_t count;
};
DotKernels dot_kernels();

}  // namespace engram::search
