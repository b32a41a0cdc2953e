// An import at work: its messages become memories, its undo takes them back. Both may end at any instruction and be
// begun again.
#pragma once

#include <functional>
#include <vector>

#include "modules/integration/import_memory.hpp"
#include "modules/integration/import_source.hpp"
#include "modules/integration/import_store.hpp"
#include "ports/database.hpp"

namespace engram::integration {

// Used by one thread; what it is made of must outlive it.
class ImportRun {
public:
    // Called between two batches with how far it has come; may throw to end the run.
    using Pause = std::function<void(const Import&)>;

    ImportRun(ports::Database& database, memory::MemoryService& memories, const base::Uuid& owner, ImportRow row,
              Pause pause);

    // Stores what the files say, from where an earlier run has come to; the row tells how far it is. False: it was
    // taken back meanwhile. Throws as parse_import and as the database; what is stored by then stays.
    bool store_all(const std::vector<ImportFile>& files, const ImportOptions& options);

    void undo_all();

    const ImportRow& row() const { return row_; }

private:
    struct Pending {
        ImportedMessage message;
        Claim claim;
        std::vector<base::Uuid> answered;    // what the message that it answers may be known by
        std::optional<base::Uuid> reply_to;  // its memory
        bool is_double = false;              // the same message stands before it in the file
    };

    void take(ImportedMessage&& message);
    void date(ImportedMessage& message) const;
    bool flush();
    void claim_all();
    void create_all();
    // Those that are to be tried once more.
    std::vector<std::size_t> create(const std::vector<std::size_t>& places);
    std::vector<memory::CreateOutcome> send(const std::vector<std::size_t>& places,
                                            std::vector<memory::NewMemory>&& memories);
    bool judge(Pending& pending, const memory::CreateOutcome& outcome);
    bool mend(Pending& pending, const base::Error& error);
    void refuse(const Pending& pending, const base::Error& error);
    bool settle_all();

    ports::Database& database_;
    memory::MemoryService& memories_;
    const base::Uuid owner_;
    const memory::Actor actor_;
    ImportRow row_;
    const Pause pause_;
    EqualMessages equals_;
    std::int64_t seen_ = 0;  // messages of the files
    std::vector<Pending> pending_;
    std::size_t bytes_ = 0;
    std::vector<Claim> stored_, refused_;
    bool stopped_ = false;
};

}  // namespace engram::integration
