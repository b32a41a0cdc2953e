// Keeps a thread from starting a transaction inside a transaction of the same database, which would wait for itself.
#pragma once

#include <utility>

#include "base/error.hpp"
#include "ports/database.hpp"

namespace engram::ports {

// `body` as an adapter may run it on any thread; it must outlive the result. Throws kInternal on a thread that is
// inside a body of `database`.
class ClosureGuard {
public:
    static Body guarded(const Database* database, const Body& body) {
        if (inside == database)
            throw base::Error(base::Code::kInternal, "The database is busy with this request already.",
                              "a transaction was started inside a transaction");
        return [database, &body](Transaction& transaction) {
            const ClosureGuard mark(database);
            body(transaction);
        };
    }

    ClosureGuard(const ClosureGuard&) = delete;
    ClosureGuard& operator=(const ClosureGuard&) = delete;

private:
    explicit ClosureGuard(const Database* database) : before_(std::exchange(inside, database)) {}
    ~ClosureGuard() { inside = before_; }

    // The database whose closure this thread is inside of.
    static inline thread_local const Database* inside = nullptr;
    const Database* before_;
};

}  // namespace engram::ports
