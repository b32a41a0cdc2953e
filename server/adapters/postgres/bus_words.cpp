#include "adapters/postgres/bus_words.hpp"

#include <charconv>
#include <utility>

namespace engram::postgres {

std::string packed(std::string_view topic, std::string_view text) {
    std::string word(topic);
    ((word += ' ') += std::to_string(text.size())) += '\n';
    return word += text;
}

void unpack(std::string_view payload, std::string_view own_name, const Tell& tell) {
    if (payload.starts_with(own_name)) return;
    std::string_view rest = payload.substr(std::min(own_name.size(), payload.size()));
    while (!rest.empty()) {
        const std::size_t space = rest.find(' '), end = rest.find('\n');
        if (space == std::string_view::npos || end == std::string_view::npos || end < space) return;
        std::size_t length = 0;
        const auto [at, error] = std::from_chars(rest.data() + space + 1, rest.data() + end, length);
        if (error != std::errc{} || at != rest.data() + end || length > rest.size() - end - 1) return;
        tell(rest.substr(0, space), rest.substr(end + 1, length));
        rest.remove_prefix(end + 1 + length);
    }
}

void WaitingWords::add(std::string_view topic, std::string_view text) {
    {
        const std::lock_guard lock(mutex_);
        add_locked(packed(topic, text));
        if (bytes_ > kBytesMax) {
            words_.clear(), known_.clear(), bytes_ = 0;
            add_locked(packed(kGapTopic, ""));
        }
    }
    changed_.notify_one();
}

void WaitingWords::add_locked(std::string word) {
    if (!known_.insert(word).second) return;
    bytes_ += word.size();
    words_.push_back(std::move(word));
}

std::vector<std::string> WaitingWords::take(const std::stop_token& stop) {
    std::vector<std::string> words;
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [this] { return !words_.empty(); });
        words = std::exchange(words_, {});
        known_.clear();
        bytes_ = 0;
    }
    std::vector<std::string> payloads;
    for (const std::string& word : words) {
        if (payloads.empty() || payloads.back().size() + word.size() > kPayloadMax) payloads.push_back(name_);
        payloads.back() += word;
    }
    return payloads;
}

}  // namespace engram::postgres
