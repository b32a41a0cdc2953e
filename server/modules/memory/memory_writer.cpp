#include "modules/memory/memory_writer.hpp"

#include <algorithm>
#include <array>

#include "modules/memory/change_store.hpp"
#include "modules/memory/memory_policy.hpp"
#include "modules/memory/memory_row.hpp"

namespace engram::memory {
namespace {

// A write of one chunk holds the writer for less than 5 ms.
constexpr std::size_t kChunk = 64;

// Months are made ready before anybody waits for them.
constexpr int kMonthsAhead = 2;

void append(std::string& out, const std::optional<std::string>& text) {
    (out += text ? '1' : '0') += std::to_string(text ? text->size() : 0);
    (out += ':') += text.value_or("");
}

void append(std::string& out, const std::optional<base::Time>& time) {
    (out += time ? '1' : '0') += std::to_string(time ? time->time_since_epoch().count() : 0);
}

void append(std::string& out, const std::optional<base::Uuid>& id) { out += id ? to_string(*id) : "-"; }

// Of everything that the client sent but the id: two requests with one id are the same memory where this is equal.
base::Hash hash_of(const NewMemory& memory) {
    std::string all;
    all.reserve(memory.content.size() + 256);
    append(all, std::optional(memory.content));
    append(all, memory.classification);
    append(all, memory.source);
    append(all, memory.context);
    append(all, memory.title);
    base::append_json_number(all, memory.confidence_score.value_or(-1));
    all += json_of_texts(memory.tags.value_or(std::vector<std::string>{}));
    append(all, memory.metadata ? std::optional(memory.metadata->text) : std::nullopt);
    append(all, memory.created_at);
    append(all, memory.occurred_at);
    append(all, memory.remind_at);
    all += memory.pinned.value_or(false) ? '1' : '0';
    append(all, memory.thread_id);
    append(all, memory.reply_to);
    if (memory.utc_offset_minutes) all += std::to_string(*memory.utc_offset_minutes);
    return base::hash_text(all);
}

void check_what_waits_for_later(const NewMemory& memory) {
    if (memory.sealed) {
        base::Error error(base::Code::kForbidden, "This engram cannot keep sealed memories yet. It was not stored.");
        error.type = "security-level-required";
        throw error;
    }
    if (memory.attachments && !memory.attachments->empty())
        throw base::invalid_field("attachments[0]", "not_found", "is no file of yours");
}

// What is stored is what is shown, so that a client may send an answer back as it came.
void cut_to_milliseconds(NewMemory& memory) {
    for (auto* time : {&memory.created_at, &memory.occurred_at, &memory.remind_at})
        if (*time) *time = std::chrono::floor<std::chrono::milliseconds>(**time);
}

base::Error no_such_reply() { return base::invalid_field("reply_to", "not_found", "is no memory of yours"); }

}  // namespace

base::Error id_taken() {
    base::Error error(base::Code::kConflict, "Another memory has this id. Choose a new one; nothing was changed.");
    error.fields.push_back({"id", "taken", "belongs to another memory"});
    return error;
}

base::Error id_deleted() {
    base::Error error = id_taken();
    error.type = "id-deleted";
    return error;
}

// Ids count up also within a millisecond: what came first stands first in every list.
base::Uuid MemoryWriter::new_id(base::Time now) {
    const base::Uuid fresh = ports::new_uuid7(random_, now);
    const std::lock_guard lock(last_id_mutex_);
    const bool same_ms = std::equal(fresh.bytes.begin(), fresh.bytes.begin() + 6, last_id_.bytes.begin());
    return last_id_ = same_ms ? base::next_uuid7(last_id_) : fresh;
}

std::int64_t new_epoch(ports::Random& random) {
    std::array<std::uint8_t, 6> bytes{};
    random.fill(bytes);
    std::int64_t epoch = 1;
    for (const std::uint8_t byte : bytes) epoch = (epoch & 0xff'ffff'ffff) << 8 | byte;
    return epoch + 1;
}

MemoryWriter::Prepared MemoryWriter::prepare(const Actor& actor, NewMemory&& memory, TextLanguage& languages) {
    const base::Time now = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
    check_what_waits_for_later(memory);
    cut_to_milliseconds(memory);
    if (memory.content.empty()) throw base::invalid_field("content", "too_short", "must not be empty");
    if (memory.created_at) check_created_at(*memory.created_at, now);
    Prepared prepared{.entry = {}, .id_is_chosen = memory.id.has_value()};
    Entry& entry = prepared.entry;
    entry.body_hash = hash_of(memory);
    entry.language = languages.of(memory.content);
    Memory& to = entry.memory;
    to.classification = memory.classification.value_or("general");
    to.security_level = allowed_level(actor, to.classification);
    to.classified_by = memory.classification ? "person" : "default";
    to.confidence_score = memory.confidence_score.value_or(memory.classification ? 1.0 : 0.5);
    to.id = memory.id ? *memory.id : new_id(now);
    to.author_id = actor.author;
    to.title = std::move(memory.title);
    to.content = std::move(memory.content);
    to.source = memory.source ? *std::move(memory.source) : "api";
    to.context = std::move(memory.context);
    to.tags = memory.tags ? *std::move(memory.tags) : std::vector<std::string>{};
    if (memory.metadata) to.metadata = *std::move(memory.metadata);
    to.thread_id = memory.thread_id;
    to.reply_to = memory.reply_to;
    to.created_at = memory.created_at.value_or(now);
    to.updated_at = now;
    to.occurred_at = memory.occurred_at;
    to.remind_at = memory.remind_at;
    to.utc_offset_minutes = memory.utc_offset_minutes;
    to.pinned = memory.pinned.value_or(false);
    to.import_id = memory.import_id;
    store::ensure_month(database_, to.created_at);
    return prepared;
}

// A reply belongs to the thread of what it replies to, whose first memory gives the thread its id.
CreateOutcome MemoryWriter::store_reply(ports::Transaction& tx, const base::Uuid& owner, Entry entry,
                                        std::int64_t epoch) {
    const auto parent = store::find_stored(tx, owner, *entry.memory.reply_to);
    if (!parent) return no_such_reply();
    entry.memory.thread_id = parent->memory.thread_id.value_or(parent->memory.id);
    entry.memory.revision = store::insert(tx, owner, entry, epoch);
    return Created{std::move(entry.memory), true};
}

CreateOutcome MemoryWriter::store_one(ports::Transaction& tx, const base::Uuid& owner, const Prepared& prepared,
                                      std::int64_t epoch) {
    const Memory& wanted = prepared.entry.memory;
    if (prepared.id_is_chosen) {
        if (const auto head = store::find_head(tx, owner, wanted.id)) {
            auto first = store::find_stored(tx, owner, wanted.id);
            if (!first) return id_deleted();
            if (head->body_hash != prepared.entry.body_hash) return id_taken();
            return Created{std::move(first->memory), false};
        }
    }
    if (wanted.reply_to && !wanted.thread_id) return store_reply(tx, owner, prepared.entry, epoch);
    if (wanted.reply_to && !store::find_head(tx, owner, *wanted.reply_to)) return no_such_reply();
    Created created{wanted, true};
    created.memory.revision = store::insert(tx, owner, prepared.entry, epoch);
    return created;
}

void MemoryWriter::prepare_months() {
    for (int month = 0; month <= kMonthsAhead; ++month)
        store::ensure_month(database_, clock_.now() + month * std::chrono::days(31));
}

Created MemoryWriter::create(const Actor& actor, NewMemory memory) {
    TextLanguage languages(index_, users_, actor.owner);
    const Prepared prepared = prepare(actor, std::move(memory), languages);
    const std::int64_t epoch = new_epoch();
    std::optional<CreateOutcome> outcome;
    outbox_.write(actor.owner, [&](ports::Transaction& tx) {
        outcome = store_one(tx, actor.owner, prepared, epoch);
        if (const auto* error = std::get_if<base::Error>(&*outcome)) throw *error;
        return std::get<Created>(*outcome).is_new;
    });
    return std::get<Created>(*std::move(outcome));
}

std::vector<CreateOutcome> MemoryWriter::create_many(const Actor& actor, std::vector<NewMemory> memories) {
    std::vector<CreateOutcome> outcomes(memories.size());
    std::vector<std::pair<std::size_t, Prepared>> good;
    TextLanguage languages(index_, users_, actor.owner);
    for (std::size_t i = 0; i < memories.size(); ++i) {
        try {
            good.emplace_back(i, prepare(actor, std::move(memories[i]), languages));
        } catch (const base::Error& error) {
            if (error.code() == base::Code::kUnavailable) throw;  // the database is away: for all of them, try again
            outcomes[i] = error;
        }
    }
    const std::int64_t epoch = new_epoch();
    for (std::size_t from = 0; from < good.size(); from += kChunk) {
        const auto chunk = std::span(good).subspan(from, std::min(kChunk, good.size() - from));
        outbox_.write(actor.owner, [&](ports::Transaction& tx) {
            for (const auto& [place, prepared] : chunk) outcomes[place] = store_one(tx, actor.owner, prepared, epoch);
            return std::ranges::any_of(chunk, [&](const auto& one) {
                const auto* created = std::get_if<Created>(&outcomes[one.first]);
                return created != nullptr && created->is_new;
            });
        });
    }
    return outcomes;
}

}  // namespace engram::memory
