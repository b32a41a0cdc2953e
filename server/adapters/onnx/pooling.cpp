#include "adapters/onnx/pooling.hpp"

#include <cmath>

#include "base/error.hpp"

namespace engram::onnx {

std::vector<float> pool(std::span<const float> rows, std::size_t columns) {
    std::vector<float> sum(columns, 0.0f);
    double square = 0;
    if (columns > 0 && rows.size() % columns == 0) {
        for (std::size_t row = 0; row < rows.size(); row += columns)
            for (std::size_t column = 0; column < columns; ++column) sum[column] += rows[row + column];
        for (const float number : sum) square += static_cast<double>(number) * static_cast<double>(number);
    }
    if (!std::isfinite(square) || square <= 0)
        throw base::Error(base::Code::kUnavailable, "The embedding model gave numbers that make no sense.");
    const auto factor = static_cast<float>(1 / std::sqrt(square));  // the mean has the same direction
    for (float& number : sum) number *= factor;
    return sum;
}

}  // namespace engram::onnx
