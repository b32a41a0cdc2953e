#include "adapters/curl/curl_handle.hpp"

#include <utility>

#include "base/error.hpp"

namespace engram::curl {
namespace {

// Once in a process, and never undone: other threads may be at it until the very end.
void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK)
        throw base::Error(base::Code::kInternal, "The HTTP client cannot start.", curl_easy_strerror(started));
}

}  // namespace

Handles::Handles(std::size_t idle_max) : idle_max_(idle_max) {
    start_curl();
    idle_.reserve(idle_max);
}

Handle Handles::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            Handle handle = std::move(idle_.back());
            idle_.pop_back();
            return handle;
        }
    }
    Handle handle(curl_easy_init());
    if (!handle) throw base::Error(base::Code::kInternal, "The HTTP client cannot start.", "no handle");
    return handle;
}

// Reset, so that nothing of a request stays in memory but its connection.
void Handles::give_back(Handle handle) noexcept {
    curl_easy_reset(handle.get());
    const std::lock_guard lock(mutex_);
    if (idle_.size() < idle_max_) idle_.push_back(std::move(handle));
}

}  // namespace engram::curl
