// How many texts go into one request. Internal.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>
#include <string>

namespace engram::openai {

// As many as the service answers within a second or two, 64 at most. Used by one thread at a time.
class BatchSize {
public:
    static constexpr std::size_t kTextsMax = 64, kBytesMax = 32'000;

    // The front of `texts` that goes into the next request, at least one of them.
    std::span<const std::string> front(std::span<const std::string> texts) const {
        std::size_t count = 0, bytes = 0;
        while (count < std::min(texts.size(), size_) && (count == 0 || bytes + texts[count].size() <= kBytesMax))
            bytes += texts[count++].size();
        return texts.first(count);
    }

    // How long a request of that many took.
    void took(std::size_t texts, std::chrono::steady_clock::duration time) {
        if (time > std::chrono::seconds(2)) size_ = std::max<std::size_t>(1, std::min(size_, texts) / 2);
        if (time < std::chrono::milliseconds(500) && texts >= size_) size_ = std::min(kTextsMax, 2 * size_);
    }

private:
    std::size_t size_ = 8;
};

}  // namespace engram::openai
