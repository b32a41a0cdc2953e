// Lets a few threads hash passwords at once and a few more wait.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace engram::security {

// Each hash takes 19 MiB and 20 ms of a core: without a bound, sign-ins alone could stop the machine.
class PasswordGate {
public:
    PasswordGate(std::size_t running_max, std::size_t waiting_max)
        : running_max_(running_max), waiting_max_(waiting_max) {}

    // Holds a place while it lives. Throws kUnavailable with retry_after where too many wait.
    class Place {
    public:
        explicit Place(PasswordGate& gate) : gate_(gate) { gate_.enter(); }
        ~Place() { gate_.leave(); }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

    private:
        PasswordGate& gate_;
    };

private:
    void enter();
    void leave();

    const std::size_t running_max_, waiting_max_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::size_t running_ = 0, waiting_ = 0;
};

}  // namespace engram::security
