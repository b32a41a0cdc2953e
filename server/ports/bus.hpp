// The bus: short words between threads, and between the processes on one database. A word may be lost: what must not be
// is in the database or the queue, and whoever hears that it may have missed something looks there.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace engram::ports {

class Bus {
public:
    virtual ~Bus() = default;

    static constexpr std::size_t kTextMax = 4 << 10;  // bytes; a longer text is lost

    // Called on the publisher's thread or on one of the bus, from several at once. Must be brief, as who publishes
    // waits for it; what it throws is logged. It may publish.
    using OnWord = std::function<void(std::string_view text)>;

    // Hears every word of that topic (letters), also those of this process, each once. Before start().
    virtual void subscribe(std::string_view topic, OnWord function) = 0;

    // Called whenever this process begins to hear others: at first, and after each break. What they said before may be
    // missed. Never where there are no others. Before start().
    virtual void on_gap(std::function<void()> function) = 0;

    // From here on others are heard. Once; nobody publishes before.
    virtual void start() = 0;
    // Nothing of others is heard after it. Called by the destructor too.
    virtual void stop() = 0;

    // Says a word: UTF-8 without NUL, nothing of what a person has told, and no secret. This process has heard it when
    // it returns; others hear those of one thread in order, of equal ones that come close together perhaps one. Waits
    // for no engine. Any thread.
    virtual void publish(std::string_view topic, std::string_view text) noexcept = 0;

    // As publish(), but this process knows already and does not hear it.
    virtual void publish_to_others(std::string_view topic, std::string_view text) noexcept = 0;
};

}  // namespace engram::ports
