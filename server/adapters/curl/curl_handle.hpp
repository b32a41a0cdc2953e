// libcurl's objects with owners. Internal.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <vector>

namespace engram::curl {

struct CloseHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

// Handles that are not in use, each with its open connections. Any thread.
class Handles {
public:
    explicit Handles(std::size_t idle_max);

    // One that comes back whatever happens.
    class Loan {
    public:
        explicit Loan(Handles& handles) : handles_(handles), handle_(handles.take()) {}
        ~Loan() { handles_.give_back(std::move(handle_)); }
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;

        CURL* get() const { return handle_.get(); }

    private:
        Handles& handles_;
        Handle handle_;
    };

private:
    Handle take();
    void give_back(Handle handle) noexcept;

    const std::size_t idle_max_;
    std::mutex mutex_;
    std::vector<Handle> idle_;  // the one used last is used first
};

}  // namespace engram::curl
