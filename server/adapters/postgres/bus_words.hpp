// Words on their way to other processes: how they wait, and how a NOTIFY carries them. Internal.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace engram::postgres {

// A NOTIFY's text is shorter than 8,000 bytes.
inline constexpr std::size_t kPayloadMax = 7'900;

// "TOPIC LENGTH\nTEXT", as a payload has one behind the other.
std::string packed(std::string_view topic, std::string_view text);

// Instead of words of which too many waited: look again, something is missing.
inline constexpr std::string_view kGapTopic = "*";

// Behind the sender's name, which tells it its own echo, `words` as packed.
using Tell = std::function<void(std::string_view topic, std::string_view text)>;
// Calls `tell` for each word; for none where `own_name` sent them. What is not in this form ends it.
void unpack(std::string_view payload, std::string_view own_name, const Tell& tell);

// Any thread.
class WaitingWords {
public:
    // The name stands in front of every payload.
    explicit WaitingWords(std::string name) : name_(std::move(name)) {}

    // One that waits already waits once. Where kBytesMax wait, all are dropped for one gap.
    void add(std::string_view topic, std::string_view text);

    // Waits for words and takes all, as payloads; those that wait even where `stop` is requested, else none then.
    std::vector<std::string> take(const std::stop_token& stop);

    static constexpr std::size_t kBytesMax = 1 << 20;

private:
    void add_locked(std::string word);

    const std::string name_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<std::string> words_;
    std::unordered_set<std::string> known_;
    std::size_t bytes_ = 0;
};

}  // namespace engram::postgres
