// The door of integration: ways in and out. Now: imports of what other programs have exported.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "modules/memory/memory.hpp"
#include "ports/queue.hpp"

namespace engram::integration {

// One of the first messages, so that a person sees whether they are read rightly.
struct ImportSample {
    std::optional<std::string> created_at;  // RFC 3339
    std::string author, content;
};
BOOST_DESCRIBE_STRUCT(ImportSample, (), (created_at, author, content))

struct ImportTrouble {
    std::string file;  // of an archive
    std::size_t line = 0;
    std::string reason, remedy;
};
BOOST_DESCRIBE_STRUCT(ImportTrouble, (), (file, line, reason, remedy))

// What the whole upload says, read before anything is stored. Counts are messages, but of `files` and `media`.
struct ImportSummary {
    std::string format;               // "whatsapp", "telegram", ...
    std::vector<std::string> people;  // authors in order of appearance, the first 1,000
    std::string date_order;           // "D/M/Y", ...; empty where the export leaves no doubt by its form
    bool date_order_certain = true;   // false: no day above 12 and no order of lines told it
    std::size_t files = 0;            // that were read
    std::size_t count = 0;            // that came, the parts of long ones counted singly
    std::size_t too_long = 0;         // that were split
    std::size_t media = 0;            // files that messages name
    std::size_t skipped_system = 0;   // "Anna joined", "end-to-end encrypted"
    std::size_t skipped_media = 0;    // pictures and voice that a text export leaves out
    std::size_t skipped_deleted = 0;  // "This message was deleted"
    std::size_t problem_count = 0;    // all of them; `problems` has the first 100
    std::vector<ImportSample> first;
    std::vector<ImportTrouble> problems;  // the rest of the file was read all the same
};
BOOST_DESCRIBE_STRUCT(ImportSummary, (),
                      (format, people, date_order, date_order_certain, files, count, too_long, media, skipped_system,
                       skipped_media, skipped_deleted, problem_count, first, problems))

// waiting: nothing is stored before it is started. running, then done, or failed: what was stored is there. undoing,
// then undone: nothing of it is there.
struct Import : ImportSummary {
    base::Uuid id;
    std::string state, name, time_zone;
    std::int64_t bytes = 0;
    std::int64_t done = 0;  // of `count`, the sum of the next three
    std::int64_t stored = 0, already_there = 0, refused = 0;
    std::optional<std::string> reason;  // why it waits or has failed
    base::Time created_at{};
    std::optional<base::Time> finished_at;
};
BOOST_DESCRIBE_STRUCT(Import, (ImportSummary),
                      (id, state, name, time_zone, bytes, done, stored, already_there, refused, reason, created_at,
                       finished_at))

// Absent: of a new import the person's own time zone and what the file tells; of one that waits, as it was.
struct ImportSettings {
    std::optional<std::string> time_zone, date_order;
};

struct NewImport {
    std::string name;    // of the file
    std::string format;  // one of the summary's; empty: found out
    ImportSettings settings;
    bool start = true;  // false: it waits
};

// A job is to work at it, or does.
inline bool is_at_work(const Import& import) { return import.state == "running" || import.state == "undoing"; }

// Any thread.
class ImportService {
public:
    virtual ~ImportService() = default;

    // Gives the next bytes of the upload; 0 at the end.
    using Read = std::function<std::size_t(std::span<char> out)>;

    // Keeps the upload, reads it through, and has it stored by a job, unless its dates can be read in two ways: then it
    // waits. Throws kInvalid naming the bad field, kUnsupportedType, kInvalid for a damaged file, and what `read`
    // throws; nothing is kept then.
    virtual Import add(const memory::Actor& actor, const NewImport& wanted, const Read& read) = 0;

    // Reads one that waits through again, by other settings. Nothing: there is none. Throws kConflict where it does not
    // wait.
    virtual std::optional<Import> change(const memory::Actor& actor, const base::Uuid& id,
                                         const ImportSettings& settings) = 0;

    // Has one that waits, or has failed, stored. As change.
    virtual std::optional<Import> start(const memory::Actor& actor, const base::Uuid& id) = 0;

    virtual std::optional<Import> find(const memory::Actor& actor, const base::Uuid& id) = 0;

    // Newest first, the last 100.
    virtual std::vector<Import> list(const memory::Actor& actor) = 0;

    // Takes all of it back, by a job: what was stored and is unchanged goes for good, the rest into the trash. Nothing:
    // there is none.
    virtual std::optional<Import> undo(const memory::Actor& actor, const base::Uuid& id) = 0;

    // Called with how far an import is: when its job begins, then every 200 ms at most, and when it ends. On the job's
    // thread, which waits; must not throw. Set at start, by app.
    using OnProgress = std::function<void(const base::Uuid& owner, const Import& import)>;
    virtual void on_progress(OnProgress listener) = 0;

    // What the job does; holds its claim for as long as it takes.
    virtual void work(const ports::Job& job, const std::stop_token& stop) = 0;

    // The job is not tried again: the import has failed, and may be started or taken back anew.
    virtual void given_up(const ports::Job& job) = 0;

    // Of a person who is gone.
    virtual void forget_uploads(const base::Uuid& owner) = 0;

    // Forgets uploads that were never started, a day after they came, and what nobody knows of.
    virtual void tidy() = 0;
};

}  // namespace engram::integration
