#include "bench/reliability.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace engram::bench {
namespace {

void print(const Reliability::Bin& bin) {
    if (bin.count == 0)
        std::printf(" | 0 | |");
    else
        std::printf(" | %zu | %.3f | %.3f", bin.count, bin.mean(), bin.share_right());
}

}  // namespace

void Reliability::add(double chance, bool right) {
    const auto next = std::ranges::upper_bound(kBegins, chance);
    Bin& bin = bins_[static_cast<std::size_t>(std::max<std::ptrdiff_t>(next - kBegins.begin() - 1, 0))];
    ++bin.count;
    bin.right += right ? 1 : 0;
    bin.chances += chance;
    chances_.push_back(chance);
}

void Reliability::add(const Reliability& other) {
    for (std::size_t i = 0; i < bins_.size(); ++i) {
        bins_[i].count += other.bins_[i].count;
        bins_[i].right += other.bins_[i].right;
        bins_[i].chances += other.bins_[i].chances;
    }
    chances_.insert(chances_.end(), other.chances_.begin(), other.chances_.end());
}

Reliability::Bin Reliability::all() const {
    Bin sum;
    for (const Bin& bin : bins_) {
        sum.count += bin.count;
        sum.right += bin.right;
        sum.chances += bin.chances;
    }
    return sum;
}

double Reliability::error() const {
    double sum = 0;
    for (const Bin& bin : bins_) sum += std::abs(bin.chances - static_cast<double>(bin.right));
    return chances_.empty() ? 0 : sum / static_cast<double>(chances_.size());
}

double Reliability::quantile(double share) const {
    if (chances_.empty()) return 0;
    std::vector<double> sorted = chances_;
    std::ranges::sort(sorted);
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void Calibration::add(const Calibration& other) {
    shown.add(other.shown);
    first.add(other.first);
    unanswered.add(other.unanswered);
}

void print(const Calibration& calibration) {
    std::puts(
        "| relevance_score | first ten | mean | right | first hits | mean | right | first hits of questions without an "
        "answer |\n|---|---:|---:|---:|---:|---:|---:|---:|");
    for (std::size_t i = 0; i < Reliability::kBegins.size(); ++i) {
        const double end = i + 1 < Reliability::kBegins.size() ? Reliability::kBegins[i + 1] : 1;
        std::printf("| %.2f to %.2f", Reliability::kBegins[i], end);
        print(calibration.shown.bin(i));
        print(calibration.first.bin(i));
        std::printf(" | %zu |\n", calibration.unanswered.bin(i).count);
    }
}

void print_errors_head() {
    std::puts(
        "| questions of | first ten | mean | right | error | first hits | mean | right | error | without an answer | "
        "mean | nine of ten at most |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
}

void print_errors(const std::string& where, const Calibration& calibration) {
    std::printf("| %s", where.c_str());
    for (const Reliability* one : {&calibration.shown, &calibration.first}) {
        print(one->all());
        std::printf(" | %.3f", one->error());
    }
    const Reliability::Bin none = calibration.unanswered.all();
    if (none.count == 0)
        std::puts(" | 0 | | |");
    else
        std::printf(" | %zu | %.3f | %.3f |\n", none.count, none.mean(), calibration.unanswered.quantile(0.9));
}

}  // namespace engram::bench
