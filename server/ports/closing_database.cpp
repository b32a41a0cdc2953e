#include "ports/closing_database.hpp"

#include <mutex>

#include "base/error.hpp"

namespace engram::ports {

void ClosingDatabase::close(const base::Uuid& owner) {
    const std::unique_lock lock(mutex_);
    closed_.insert(owner);
}

// Asked inside of the transaction: before it, somebody could close the owner between the question and the first row.
void ClosingDatabase::write(const Owner& owner, const Body& body) {
    if (!owner) return database_.write(owner, body);
    database_.write(owner, [&](Transaction& tx) {
        require_open(*owner);
        body(tx);
    });
}

void ClosingDatabase::require_open(const base::Uuid& owner) const {
    const std::shared_lock lock(mutex_);
    if (closed_.contains(owner))
        throw base::Error(base::Code::kNotFound, "This account is being erased. Nothing was stored.");
}

}  // namespace engram::ports
