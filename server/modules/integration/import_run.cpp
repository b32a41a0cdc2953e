#include "modules/integration/import_run.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"
#include "modules/integration/import.hpp"

namespace engram::integration {

namespace {

using ports::Transaction;

constexpr std::size_t kBatch = 256;
constexpr std::size_t kBatchBytes = 4 << 20;
constexpr std::size_t kTroublesMax = 100;

std::string reason_of(const base::Error& error) {
    std::string reason;
    for (const base::FieldError& field : error.fields)
        reason += (reason.empty() ? "" : "; ") + field.field + " " + field.message;
    return reason.empty() ? error.safe() : reason;
}

bool names(const base::Error& error, std::string_view field) {
    return error.fields.size() == 1 && error.fields[0].field == field;
}

}  // namespace

ImportRun::ImportRun(ports::Database& database, memory::MemoryService& memories, const base::Uuid& owner, ImportRow row,
                     Pause pause)
    : database_(database),
      memories_(memories),
      owner_(owner),
      actor_{owner, owner, static_cast<int>(row.level)},
      row_(std::move(row)),
      pause_(std::move(pause)) {}

bool ImportRun::store_all(const std::vector<ImportFile>& files, const ImportOptions& options) {
    const auto sink = [this](ImportedMessage&& message) {
        if (stopped_) return;
        take(std::move(message));
        if (pending_.size() >= kBatch || bytes_ > kBatchBytes) stopped_ = !flush();
    };
    parse_import(files, options, sink);
    return !stopped_ && flush();
}

void ImportRun::take(ImportedMessage&& message) {
    date(message);
    const base::Uuid fingerprint = known_by(message, equals_);
    if (seen_++ < row_.import.done) return;
    Pending pending{.message = std::move(message), .claim = {}, .answered = {}, .reply_to = {}};
    if (const std::string& key = pending.message.reply_to; !key.empty())
        pending.answered = {known_by_key(pending.message, key, 0), known_by_key(pending.message, key, 1)};
    pending.claim = {fingerprint, row_.import.id, memory_id_of(pending.message, owner_, fingerprint, std::nullopt), 0};
    bytes_ += pending.message.content.size() + pending.message.whole.size();
    pending_.push_back(std::move(pending));
}

// What has no time of its own keeps its order, and ends when the import began.
void ImportRun::date(ImportedMessage& message) const {
    if (message.created_at) return;
    const std::int64_t after_it = std::max<std::int64_t>(std::int64_t(row_.import.count) - seen_ - 1, 0);
    message.created_at = row_.import.created_at - std::chrono::milliseconds(after_it);
}

bool ImportRun::flush() {
    pause_(row_.import);
    claim_all();
    create_all();
    return settle_all();
}

void ImportRun::claim_all() {
    std::vector<Claim> wanted, claims;
    for (const Pending& pending : pending_) wanted.push_back(pending.claim);
    std::vector<std::optional<base::Uuid>> stored(pending_.size());
    database_.write(owner_, [&](Transaction& tx) {
        claims = store::claim(tx, owner_, wanted);
        for (std::size_t i = 0; i < pending_.size(); ++i)
            for (const base::Uuid& fingerprint : pending_[i].answered)
                if (!stored[i]) stored[i] = store::memory_of(tx, owner_, fingerprint);
    });
    std::unordered_map<base::Uuid, base::Uuid, base::UuidHash> before;  // those of the batch, by fingerprint
    for (std::size_t i = 0; i < pending_.size(); ++i) {
        Pending& pending = pending_[i];
        pending.claim = claims.at(i);
        pending.reply_to = stored[i];
        for (const base::Uuid& fingerprint : pending.answered)
            if (const auto at = before.find(fingerprint); at != before.end() && !pending.reply_to)
                pending.reply_to = at->second;
        if (!pending.reply_to) pending.reply_to = base::parse_uuid(pending.message.reply_to);
        pending.is_double = !before.emplace(pending.claim.fingerprint, pending.claim.memory_id).second;
    }
}

void ImportRun::create_all() {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < pending_.size(); ++i) {
        const Claim& claim = pending_[i].claim;
        if (claim.import_id == row_.import.id && claim.revision == 0 && !pending_[i].is_double)
            places.push_back(i);
        else
            ++row_.import.already_there;
    }
    while (!places.empty()) places = create(places);
}

std::vector<std::size_t> ImportRun::create(const std::vector<std::size_t>& places) {
    std::vector<memory::NewMemory> memories;
    std::vector<std::size_t> sent, again;
    for (const std::size_t place : places) {
        const Pending& pending = pending_[place];
        if (!pending.message.whole.empty()) {
            sent.push_back(place);
            continue;
        }
        try {
            memories.push_back(new_memory_of(pending.message, owner_, row_.import.id));
        } catch (const base::Error& error) {
            refuse(pending, error);
            continue;
        }
        memories.back().id = pending.claim.memory_id;
        memories.back().reply_to = pending.reply_to;
        sent.push_back(place);
    }
    const auto outcomes = send(sent, std::move(memories));
    for (std::size_t i = 0; i < sent.size(); ++i)
        if (judge(pending_[sent[i]], outcomes[i])) again.push_back(sent[i]);
    return again;
}

// All messages of a file are of one kind.
std::vector<memory::CreateOutcome> ImportRun::send(const std::vector<std::size_t>& places,
                                                   std::vector<memory::NewMemory>&& memories) {
    if (!memories.empty() || places.empty()) return memories_.create_many(actor_, std::move(memories));
    std::vector<memory::ExportedMemory> exported;
    for (const std::size_t place : places)
        exported.push_back({pending_[place].message.whole, pending_[place].claim.memory_id});
    return memories_.take_in(actor_, row_.import.id, exported);
}

// True where it is to be tried once more.
bool ImportRun::judge(Pending& pending, const memory::CreateOutcome& outcome) {
    if (const auto* error = std::get_if<base::Error>(&outcome)) {
        if (mend(pending, *error)) return true;
        if (error->code() != base::Code::kConflict) {
            refuse(pending, *error);
            return false;
        }
        pending.claim.revision = 1;  // a memory of that id is there, and says something else by now
        ++row_.import.already_there;
    } else {
        const memory::Memory& memory = std::get<memory::Created>(outcome).memory;
        pending.claim.revision = memory.revision;
        ++(memory.import_id == row_.import.id ? row_.import.stored : row_.import.already_there);
    }
    stored_.push_back(pending.claim);
    return false;
}

// What was deleted for good comes back under another id, what answers nothing that is known stands alone.
bool ImportRun::mend(Pending& pending, const base::Error& error) {
    if (error.type == "id-deleted") {
        const base::Uuid before = pending.claim.memory_id;
        pending.claim.memory_id = memory_id_of(pending.message, owner_, pending.claim.fingerprint, row_.import.id);
        return pending.claim.memory_id != before;
    }
    if (!pending.reply_to || !names(error, "reply_to")) return false;
    pending.reply_to.reset();
    return true;
}

void ImportRun::refuse(const Pending& pending, const base::Error& error) {
    ++row_.import.refused;
    ++row_.import.problem_count;
    refused_.push_back(pending.claim);
    if (row_.import.problems.size() >= kTroublesMax) return;
    row_.import.problems.push_back({pending.message.file, pending.message.line, "Not stored: " + reason_of(error) + ".",
                                    "Mend it, and import the file again."});
}

bool ImportRun::settle_all() {
    row_.import.done += std::ssize(pending_);
    bool running = false;
    database_.write(owner_, [&](Transaction& tx) {
        store::settle(tx, owner_, stored_);
        store::forget(tx, owner_, refused_);
        running = store::update(tx, owner_, row_, "running");
    });
    pending_.clear();
    stored_.clear();
    refused_.clear();
    bytes_ = 0;
    return running;
}

void ImportRun::undo_all() {
    for (;;) {
        pause_(row_.import);
        std::vector<Claim> claims;
        database_.read(owner_, [&](Transaction& tx) {
            claims = store::claims_of(tx, owner_, row_.import.id, std::int64_t{kBatch});
        });
        if (claims.empty()) break;
        std::vector<memory::StoredOnce> memories;
        for (const Claim& claim : claims) memories.push_back({claim.memory_id, claim.revision});
        memories_.take_back(actor_, row_.import.id, memories);
        database_.write(owner_, [&](Transaction& tx) { store::forget(tx, owner_, claims); });
    }
    row_.import.done = row_.import.stored = 0;
}

}  // namespace engram::integration
