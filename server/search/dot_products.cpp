#include "search/dot_products.hpp"

#include <array>
#include <cstring>
#include <numeric>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace engram::search {
namespace {

void dot_plain(const std::int8_t* vector, const std::int8_t* rows, std::size_t dims, std::size_t count,
               std::int32_t* out) {
    for (std::size_t row = 0; row < count; ++row, rows += dims) {
        std::int32_t sum = 0;
        for (std::size_t i = 0; i < dims; ++i) sum += std::int32_t{vector[i]} * std::int32_t{rows[i]};
        out[row] = sum;
    }
}

#ifdef __x86_64__
__attribute__((target("avx2"))) __m256i load_256(const std::int8_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

// |a| × (b with the sign of a): products of an unsigned and a signed byte, two of which fit 16 bits up to 127.
__attribute__((target("avx2"))) __m256i add_products(__m256i sum, __m256i a, __m256i b) {
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(a), _mm256_sign_epi8(b, a));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

__attribute__((target("avx2"))) std::int32_t total(__m256i sum) {
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(1, 0, 3, 2)));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, _MM_SHUFFLE(2, 3, 0, 1)));
    return _mm_cvtsi128_si32(four);
}

// Four rows at a time, the next four on their way meanwhile: about as fast as memory is.
__attribute__((target("avx2"))) void dot_avx2(const std::int8_t* vector, const std::int8_t* rows, std::size_t dims,
                                              std::size_t count, std::int32_t* out) {
    constexpr std::size_t kRows = 4, kCacheLine = 64, kBytes = 32;
    for (; count >= kRows; count -= kRows, rows += kRows * dims, out += kRows) {
        for (std::size_t i = 0; i < kRows * dims; i += kCacheLine) __builtin_prefetch(rows + kRows * dims + i);
        __m256i sums[kRows] = {};
        for (std::size_t i = 0; i < dims; i += kBytes) {
            const __m256i a = load_256(vector + i);
#pragma GCC unroll 4
            for (std::size_t row = 0; row < kRows; ++row)
                sums[row] = add_products(sums[row], a, load_256(rows + row * dims + i));
        }
        for (std::size_t row = 0; row < kRows; ++row) out[row] = total(sums[row]);
    }
    for (; count > 0; --count, rows += dims, ++out) {
        __m256i sum = _mm256_setzero_si256();
        for (std::size_t i = 0; i < dims; i += kBytes)
            sum = add_products(sum, load_256(vector + i), load_256(rows + i));
        *out = total(sum);
    }
}

__attribute__((target("avx512f,avx512bw,avx512vnni"))) void dot_vnni(const std::int8_t* vector, const std::int8_t* rows,
                                                                     std::size_t dims, std::size_t count,
                                                                     std::int32_t* out) {
    for (std::size_t row = 0; row < count; ++row, rows += dims) {
        __m512i sum = _mm512_setzero_si512();
        for (std::size_t i = 0; i < dims; i += 64) {
            const __m512i a = _mm512_loadu_si512(vector + i), b = _mm512_loadu_si512(rows + i);
            const __m512i signed_b = _mm512_mask_sub_epi8(b, _mm512_movepi8_mask(a), _mm512_setzero_si512(), b);
            sum = _mm512_dpbusd_epi32(sum, _mm512_abs_epi8(a), signed_b);
        }
        alignas(64) std::array<std::int32_t, 16> lanes;
        _mm512_store_si512(lanes.data(), sum);
        out[row] = std::accumulate(lanes.begin(), lanes.end(), 0);
    }
}
#endif

// Rows of every sign and size: a kernel that is wrong on this processor shows here.
bool counts_right(DotProducts kernel) {
    constexpr std::size_t kRows = 5, kDims = 3 * kDimsStep;
    std::array<std::int8_t, kDims> vector{};
    std::array<std::int8_t, kRows * kDims> rows{};
    std::uint32_t state = 1;
    const auto next = [&] {
        return static_cast<std::int8_t>(static_cast<int>((state = state * 69'069 + 1) >> 24) % 255 - 127);
    };
    for (std::int8_t& value : vector) value = next();
    for (std::int8_t& value : rows) value = next();
    std::memset(rows.data(), -127, kDims);
    std::array<std::int32_t, kRows> expected{}, got{};
    dot_plain(vector.data(), rows.data(), kDims, kRows, expected.data());
    kernel(vector.data(), rows.data(), kDims, kRows, got.data());
    return got == expected;
}

}  // namespace

DotKernels dot_kernels() {
    DotKernels all{{{"plain", dot_plain}}, 1};
#ifdef __x86_64__
    const auto add = [&](const char* name, DotProducts run) {
        if (counts_right(run)) all.kernels[all.count++] = {name, run};
    };
    if (__builtin_cpu_supports("avx2") != 0) add("AVX2", dot_avx2);
    if (__builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vnni") != 0)
        add("AVX-512 VNNI", dot_vnni);
#endif
    return all;
}

DotProducts dot_products() {
    static const DotProducts best = [] {
        const DotKernels all = dot_kernels();
        return all.kernels[all.count - 1].run;
    }();
    return best;
}

}  // namespace engram::search
