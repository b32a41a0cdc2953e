// Any bytes as the answer to two texts: refused as malformed, or two vectors of one length, each of length 1.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "adapters/openai/embeddings_answer.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram;
    try {
        const auto vectors = openai::read_embeddings(std::string(data, data + size), 2, 0);
        if (vectors.size() != 2 || vectors[0].size() != vectors[1].size() || vectors[0].empty()) std::abort();
        for (const auto& vector : vectors) {
            double sum = 0;
            for (const float value : vector) sum += static_cast<double>(value) * value;
            if (!(std::abs(sum - 1) < 1e-3)) std::abort();
        }
    } catch (const base::Error& error) {
        if (error.code() != base::Code::kMalformed || !base::is_utf8(error.safe())) std::abort();
    }
    return 0;
}
