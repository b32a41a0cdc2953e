// Comparisons of 64 values at once, the answers as bits: SSE2 where there is (every x86-64), plain loops elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace engram::search {

#ifdef __SSE2__
// Bit i: lane i of the 64 that `compare(j)` gives, four lanes (all ones or all zeros) for each j below 16.
template <class Compare>
std::uint64_t gather_bits(const Compare& compare) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 16; i += 4) {
        const __m128i low = _mm_packs_epi32(compare(i), compare(i + 1));
        const __m128i high = _mm_packs_epi32(compare(i + 2), compare(i + 3));
        const auto sixteen = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
        bits |= std::uint64_t{sixteen} << (4 * i);
    }
    return bits;
}
#else
template <class Compare>
std::uint64_t gather_bits(const Compare& compare) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; ++i) bits |= std::uint64_t{compare(i)} << i;
    return bits;
}
#endif

// Bit i: values[i] > bound.
inline std::uint64_t bits_above(const float* values, float bound) {
#ifdef __SSE2__
    const __m128 all = _mm_set1_ps(bound);
    return gather_bits(
        [&](std::size_t i) { return _mm_castps_si128(_mm_cmpgt_ps(_mm_loadu_ps(values + 4 * i), all)); });
#else
    return gather_bits([&](std::size_t i) { return values[i] > bound; });
#endif
}

// Bit i: from <= values[i] < to. SSE2 compares no 64 bits at once; without branches it is quick nevertheless.
template <class T>
std::uint64_t bits_between(const T* values, T from, T to) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; ++i)
        bits |= std::uint64_t{static_cast<unsigned>(values[i] >= from) & static_cast<unsigned>(values[i] < to)} << i;
    return bits;
}

// Bit i: values[i] == wanted.
inline std::uint64_t bits_equal(const std::uint32_t* values, std::uint32_t wanted) {
#ifdef __SSE2__
    const __m128i all = _mm_set1_epi32(static_cast<int>(wanted));
    return gather_bits([&](std::size_t i) {
        return _mm_cmpeq_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(values + 4 * i)), all);
    });
#else
    return gather_bits([&](std::size_t i) { return values[i] == wanted; });
#endif
}

}  // namespace engram::search
