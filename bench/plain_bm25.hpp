// BM25 as textbooks have it (Robertson and Zaragoza 2009), by counting: what a ranking is compared with.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace engram::bench {

struct Bm25Constants {
    double saturation = 1.2, length_share = 0.75;  // k1 and b
};

// Words are runs of ASCII letters and digits in lower case, as English stems, without stop words. Used by one thread.
class PlainBm25 {
public:
    explicit PlainBm25(const Bm25Constants& constants) : constants_(constants) {}

    void add(std::string_view text);

    // Places of texts in the order of add(), best first; the newer of two that are equal.
    std::vector<std::size_t> search(std::string_view query, std::size_t limit) const;

private:
    using Frequencies = std::map<std::size_t, double>;  // by text

    Bm25Constants constants_;
    std::unordered_map<std::string, Frequencies> postings_;
    std::vector<double> lengths_;
    double length_sum_ = 0;
};

}  // namespace engram::bench
