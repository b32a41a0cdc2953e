// A database that writes nothing more of owners who are being erased, whoever still works for them.
#pragma once

#include <shared_mutex>
#include <unordered_set>

#include "ports/database.hpp"

namespace engram::ports {

// The database must outlive it. Any thread.
class ClosingDatabase final : public Database {
public:
    explicit ClosingDatabase(Database& database) : database_(database) {}

    // From here on write() of that owner throws kNotFound, for as long as this lives. What is being written ends first:
    // one owner's writes come one after another, so that the next write to the database below sees it.
    void close(const base::Uuid& owner);

    void read(const Owner& owner, const Body& body) override { database_.read(owner, body); }
    void write(const Owner& owner, const Body& body) override;
    void migrate(std::span<const Migration> migrations) override { database_.migrate(migrations); }
    std::vector<AppliedStep> applied_steps() override { return database_.applied_steps(); }
    std::vector<Table> tables() override { return database_.tables(); }
    void ensure_partition(std::string_view table, base::Time at) override { database_.ensure_partition(table, at); }

private:
    void require_open(const base::Uuid& owner) const;

    Database& database_;
    mutable std::shared_mutex mutex_;
    std::unordered_set<base::Uuid, base::UuidHash> closed_;
};

}  // namespace engram::ports
