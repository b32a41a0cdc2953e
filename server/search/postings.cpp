#include "search/postings.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace engram::search {
namespace {

constexpr std::array<std::uint32_t, 8> kFrequencySteps = {1, 2, 3, 4, 5, 6, 8, 13};
constexpr std::array<std::uint32_t, 32> kLengthSteps = {1,  2,   3,   4,   5,   6,   7,   8,   9,    11,  13,
                                                        15, 18,  21,  25,  29,  34,  40,  47,  55,   65,  77,
                                                        92, 110, 135, 165, 205, 270, 380, 600, 1100, 2400};

template <std::size_t Size>
std::uint32_t step_of(const std::array<std::uint32_t, Size>& steps, std::uint32_t value) {
    const auto above = std::upper_bound(steps.begin(), steps.end(), value);
    return above == steps.begin() ? 0 : static_cast<std::uint32_t>(above - steps.begin() - 1);
}

// The middle of a step, where the values in it are.
template <std::size_t Size>
float middle_of(const std::array<std::uint32_t, Size>& steps, std::size_t step) {
    const std::uint32_t last = step + 1 < Size ? steps[step + 1] - 1 : steps[step];
    return static_cast<float>(steps[step] + last) / 2;
}

}  // namespace

ImpactCode impact_code(std::uint32_t frequency, std::uint32_t length) {
    return static_cast<ImpactCode>((step_of(kFrequencySteps, frequency) << 5) | step_of(kLengthSteps, length));
}

ImpactTable make_impacts(double average_length) {
    ImpactTable impacts{};
    const float average = std::max(static_cast<float>(average_length), 1.0F);
    std::array<float, kLengthSteps.size()> norms{};
    for (std::size_t i = 0; i < norms.size(); ++i)
        norms[i] = kSaturation * (1 - kLengthShare + kLengthShare * middle_of(kLengthSteps, i) / average);
    for (std::size_t code = 0; code < impacts.size(); ++code) {
        const float frequency = middle_of(kFrequencySteps, code >> 5);
        impacts[code] = frequency * (kSaturation + 1) / (frequency + norms[code & 31]);
    }
    return impacts;
}

float inverse_frequency(std::uint64_t entries, std::uint64_t with_word) {
    const double without = static_cast<double>(entries) - static_cast<double>(with_word);
    return static_cast<float>(std::log(1 + (without + 0.5) / (static_cast<double>(with_word) + 0.5)));
}

}  // namespace engram::search
