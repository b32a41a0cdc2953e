// Who hears what on a bus: what all its adapters share.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ports/bus.hpp"

namespace engram::ports {

// Filled at start by one thread; then any thread.
class Subscribers {
public:
    void add(std::string_view topic, Bus::OnWord function);
    void add_on_gap(std::function<void()> function) { on_gap_.push_back(std::move(function)); }

    // Calls who is to hear it. The wrapper around their calls: what they throw ends here, in the log.
    void tell(std::string_view topic, std::string_view text) const noexcept;
    void tell_gap() const noexcept;

private:
    std::map<std::string, std::vector<Bus::OnWord>, std::less<>> by_topic_;
    std::vector<std::function<void()>> on_gap_;
};

}  // namespace engram::ports
