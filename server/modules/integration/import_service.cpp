#include "modules/integration/import_service.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "modules/integration/exported_synonyms.hpp"
#include "modules/integration/import.hpp"
#include "modules/integration/import_format.hpp"
#include "modules/integration/import_run.hpp"
#include "modules/integration/import_store.hpp"

namespace engram::integration {

namespace {

using base::Code;
using ports::Transaction;

constexpr const char* kKind = "integration.import";
constexpr const char* kTidyKind = "integration.tidy";
constexpr std::chrono::seconds kLease{120}, kHoldEvery{30};
constexpr std::chrono::milliseconds kTellEvery{200};
constexpr std::chrono::days kWaitsAtMost{1};
constexpr std::int64_t kTriesMax = 6;         // of what may go better another time: some minutes
constexpr std::int64_t kTriesToFindMax = 11;  // of processes, for the one that has the upload
constexpr std::int64_t kListed = 100;
constexpr std::size_t kSamples = 5, kSampleLength = 200, kNameMax = 200;

std::string key_of(const base::Uuid& owner, const base::Uuid& id) { return uploads_of(owner) + "/" + to_string(id); }

ImportOptions options_of(const ImportRow& row) {
    return {.zone = base::TimeZone::find(row.import.time_zone).value_or(base::TimeZone()),
            .date_order = parse_date_order(row.asked_date_order),
            .format = row.asked_format,
            .name = row.import.name};
}

void check(const ImportRow& row) {
    base::Error error(Code::kInvalid, "The import cannot be read so.");
    const auto formats = import_formats();
    if (!base::TimeZone::find(row.import.time_zone))
        error.fields.push_back({"time_zone", "format", "must be like Europe/Berlin or +02:00"});
    if (!row.asked_date_order.empty() && !parse_date_order(row.asked_date_order))
        error.fields.push_back({"date_order", "not_one_of", "must be D/M/Y, M/D/Y or Y/M/D"});
    if (!row.asked_format.empty() && std::ranges::find(formats, row.asked_format) == formats.end())
        error.fields.push_back({"format", "not_one_of", "is none that can be read; leave it out to have it found"});
    if (!error.fields.empty()) throw error;
}

// Reads it all, keeps nothing but what the preview shows.
ImportSummary summary_of(const std::vector<ImportFile>& files, const ImportOptions& options) {
    std::vector<ImportSample> first;
    ImportSummary summary = parse_import(files, options, [&](ImportedMessage&& message) {
        if (first.size() >= kSamples) return;
        ImportSample sample{.created_at = {}, .author = message.author, .content = {}};
        if (message.created_at) sample.created_at = base::format_rfc3339(*message.created_at);
        sample.content = base::cut_code_points(message.content, kSampleLength);
        first.push_back(std::move(sample));
    });
    summary.first = std::move(first);
    return summary;
}

base::Error not_waiting() {
    return {Code::kConflict, "This import does not wait any more. GET /imports/{id} says what has become of it."};
}

bool may_go_better(const base::Error& error) {
    return error.code() == Code::kUnavailable || error.code() == Code::kStorageFull || error.code() == Code::kTimeout ||
           error.code() == Code::kInternal;
}

class Service final : public ImportService {
public:
    explicit Service(const ImportParts& parts) : parts_(parts) {}

    Import add(const memory::Actor& actor, const NewImport& wanted, const Read& read) override;
    std::optional<Import> change(const memory::Actor& actor, const base::Uuid& id,
                                 const ImportSettings& settings) override;
    std::optional<Import> start(const memory::Actor& actor, const base::Uuid& id) override;
    std::optional<Import> find(const memory::Actor& actor, const base::Uuid& id) override;
    std::vector<Import> list(const memory::Actor& actor) override;
    std::optional<Import> undo(const memory::Actor& actor, const base::Uuid& id) override;
    void on_progress(OnProgress listener) override { tell_ = std::move(listener); }
    void work(const ports::Job& job, const std::stop_token& stop) override;
    void given_up(const ports::Job& job) override;
    void forget_uploads(const base::Uuid& owner) override;
    void tidy() override;

private:
    base::Time now() const { return std::chrono::floor<std::chrono::milliseconds>(parts_.clock.now()); }
    ImportRow row_of(const memory::Actor& actor, const NewImport& wanted);
    void survey(const base::Uuid& owner, ImportRow& row);
    std::vector<ImportFile> files_of(const base::Uuid& owner, const ImportRow& row);
    std::optional<ImportRow> find_row(const base::Uuid& owner, const base::Uuid& id);
    Import forget(const base::Uuid& owner, ImportRow& row);
    void save(const base::Uuid& owner, const ImportRow& row, const std::string& before);
    void put_job(Transaction& tx, const base::Uuid& owner, const base::Uuid& id);
    ImportRun::Pause holder(const ports::Job& job, const std::stop_token& stop);
    bool finish(const base::Uuid& owner, ImportRow& row, const std::string& before);
    void store(const ports::Job& job, const std::stop_token& stop, ImportRow row);
    void take_back(const ports::Job& job, const std::stop_token& stop, ImportRow row);
    void tidy(const base::Uuid& owner);

    ImportParts parts_;
    OnProgress tell_ = [](const base::Uuid&, const Import&) {};
};

ImportRow Service::row_of(const memory::Actor& actor, const NewImport& wanted) {
    ImportRow row{.import = {},
                  .asked_format = wanted.format,
                  .asked_date_order = wanted.settings.date_order.value_or(""),
                  .level = actor.level};
    row.import.id = ports::new_uuid7(parts_.random, now());
    row.import.name = base::cut_code_points(wanted.name, kNameMax);
    row.import.created_at = now();
    row.import.time_zone = "UTC";
    if (wanted.settings.time_zone) {
        row.import.time_zone = *wanted.settings.time_zone;
    } else if (const auto person = parts_.users.find(actor.owner); person && person->time_zone) {
        if (base::TimeZone::find(*person->time_zone)) row.import.time_zone = *person->time_zone;
    }
    check(row);
    return row;
}

// Reads the upload through, and finds out whether it can start.
void Service::survey(const base::Uuid& owner, ImportRow& row) {
    static_cast<ImportSummary&>(row.import) = summary_of(files_of(owner, row), options_of(row));
    row.import.reason.reset();
    if (!row.import.date_order_certain)
        row.import.reason = "The dates can be read in two ways. See in `first` whether " + row.import.date_order +
                            " is right, name date_order, and start it.";
}

std::vector<ImportFile> Service::files_of(const base::Uuid& owner, const ImportRow& row) {
    const std::string key = key_of(owner, row.import.id);
    const auto open = [this, key] {
        auto in = parts_.objects.open(key);
        if (!in) throw base::Error(Code::kUnavailable, "The upload is not on this machine. Upload it again.");
        return in;
    };
    return import_files(row.import.name, open);
}

Import Service::add(const memory::Actor& actor, const NewImport& wanted, const Read& read) {
    ImportRow row = row_of(actor, wanted);
    const std::string key = key_of(actor.owner, row.import.id);
    row.import.bytes = parts_.objects.put(key, read);
    bool starts = false;
    try {
        survey(actor.owner, row);
        starts = wanted.start && !row.import.reason;
        row.import.state = starts ? "running" : "waiting";
        parts_.database.write(actor.owner, [&](Transaction& tx) {
            store::insert(tx, actor.owner, row);
            if (starts) put_job(tx, actor.owner, row.import.id);
        });
    } catch (const base::Error& error) {
        // Where the database went away it may have been stored: tidy() knows later.
        if (error.code() != Code::kUnavailable) parts_.objects.remove(key);
        throw;
    }
    if (starts) parts_.queue.wake(kKind, now());
    return row.import;
}

std::optional<Import> Service::change(const memory::Actor& actor, const base::Uuid& id,
                                      const ImportSettings& settings) {
    auto row = find_row(actor.owner, id);
    if (!row) return std::nullopt;
    if (row->import.state != "waiting") throw not_waiting();
    if (settings.time_zone) row->import.time_zone = *settings.time_zone;
    if (settings.date_order) row->asked_date_order = *settings.date_order;
    check(*row);
    survey(actor.owner, *row);
    save(actor.owner, *row, "waiting");
    return row->import;
}

std::optional<Import> Service::start(const memory::Actor& actor, const base::Uuid& id) {
    auto row = find_row(actor.owner, id);
    if (!row) return std::nullopt;
    const std::string before = row->import.state;
    if (before != "waiting" && before != "failed") throw not_waiting();
    if (before == "waiting" && row->import.reason)
        throw base::invalid_field("date_order", "required", "is needed: the dates can be read in two ways");
    row->import.state = "running";
    row->import.reason.reset();
    row->import.finished_at.reset();
    save(actor.owner, *row, before);
    return row->import;
}

std::optional<Import> Service::undo(const memory::Actor& actor, const base::Uuid& id) {
    auto row = find_row(actor.owner, id);
    if (!row) return std::nullopt;
    const std::string before = row->import.state;
    if (before == "undone" || before == "undoing") return row->import;
    if (before == "waiting") return forget(actor.owner, *row);
    row->import.state = "undoing";
    row->import.reason.reset();
    save(actor.owner, *row, before);
    return row->import;
}

// One that was never started leaves nothing behind.
Import Service::forget(const base::Uuid& owner, ImportRow& row) {
    parts_.database.write(owner, [&](Transaction& tx) {
        if (!store::erase(tx, owner, row.import.id, "waiting")) throw not_waiting();
    });
    parts_.objects.remove(key_of(owner, row.import.id));
    row.import.state = "undone";
    tell_(owner, row.import);
    return row.import;
}

// What is to be worked at is put to the queue in the same step. Throws kConflict where another request was faster.
void Service::save(const base::Uuid& owner, const ImportRow& row, const std::string& before) {
    const bool works = is_at_work(row.import);
    parts_.database.write(owner, [&](Transaction& tx) {
        if (!store::update(tx, owner, row, before)) throw not_waiting();
        if (works) put_job(tx, owner, row.import.id);
    });
    if (works) parts_.queue.wake(kKind, now());
}

void Service::put_job(Transaction& tx, const base::Uuid& owner, const base::Uuid& id) {
    parts_.queue.put(tx, {.kind = kKind, .owner = owner, .key = to_string(id), .details = {}, .due = {}});
}

std::optional<ImportRow> Service::find_row(const base::Uuid& owner, const base::Uuid& id) {
    std::optional<ImportRow> row;
    parts_.database.read(owner, [&](Transaction& tx) { row = store::find(tx, owner, id); });
    return row;
}

std::optional<Import> Service::find(const memory::Actor& actor, const base::Uuid& id) {
    const auto row = find_row(actor.owner, id);
    return row ? std::optional(row->import) : std::nullopt;
}

std::vector<Import> Service::list(const memory::Actor& actor) {
    std::vector<Import> imports;
    parts_.database.read(actor.owner, [&](Transaction& tx) { imports = store::list(tx, actor.owner, kListed); });
    return imports;
}

void Service::work(const ports::Job& job, const std::stop_token& stop) {
    auto row = find_row(job.owner.value(), base::parse_uuid(job.key).value());
    if (!row) return;
    tell_(job.owner.value(), row->import);  // here, so that what it comes to is told after it
    if (row->import.state == "running") return store(job, stop, *std::move(row));
    if (row->import.state == "undoing") take_back(job, stop, *std::move(row));
}

// Before each batch: ends where the process does, tells how far it is, and keeps the claim: at once where the first
// batch is done, so that one that gets further each time is never taken for one that kills the process.
ImportRun::Pause Service::holder(const ports::Job& job, const std::stop_token& stop) {
    return [this, &job, &stop, begun = false, held = base::Time(),
            told = parts_.clock.steady_now()](const Import& far) mutable {
        jobs::end_if_stopped(stop);
        if (const auto tick = parts_.clock.steady_now(); tick - told >= kTellEvery) {
            tell_(job.owner.value(), far);
            told = tick;
        }
        const base::Time at = parts_.clock.now();
        if (!std::exchange(begun, true) || at - held < kHoldEvery) return;
        parts_.queue.extend({&job, 1}, at + kLease);
        held = at;
    };
}

// What another time cannot mend, or many times have not, is an import that has failed: what is stored can be taken
// back.
void Service::store(const ports::Job& job, const std::stop_token& stop, ImportRow row) {
    const base::Uuid owner = job.owner.value();
    ImportRun run(parts_.database, parts_.memories, owner, row, holder(job, stop));
    std::int64_t tries_max = kTriesToFindMax;
    try {
        const std::vector<ImportFile> files = files_of(owner, row);
        tries_max = kTriesMax;
        const memory::WordFamilies synonyms =
            row.import.format == kExportFormat.name ? exported_synonyms(files) : memory::WordFamilies();
        if (!run.store_all(files, options_of(row))) return;
        if (!synonyms.empty()) parts_.memories.add_synonyms({owner, owner}, synonyms);
        row = run.row();
        row.import.state = "done";
    } catch (const base::Error& error) {
        if (stop.stop_requested() || (may_go_better(error) && job.attempts < tries_max)) throw;
        auto settled = find_row(owner, row.import.id);  // not what was under way
        if (!settled) return;                           // the person is gone
        row = *std::move(settled);
        row.import.state = "failed";
        row.import.reason = error.safe();
    }
    if (finish(owner, row, "running") && row.import.state == "done")
        parts_.objects.remove(key_of(owner, row.import.id));
}

// False: it is to be taken back meanwhile, which is the next job under its key.
bool Service::finish(const base::Uuid& owner, ImportRow& row, const std::string& before) {
    row.import.finished_at = now();
    bool finished = false;
    parts_.database.write(owner, [&](Transaction& tx) { finished = store::update(tx, owner, row, before); });
    if (finished) tell_(owner, row.import);
    return finished;
}

void Service::take_back(const ports::Job& job, const std::stop_token& stop, ImportRow row) {
    const base::Uuid owner = job.owner.value();
    ImportRun run(parts_.database, parts_.memories, owner, std::move(row), holder(job, stop));
    run.undo_all();
    ImportRow after = run.row();
    after.import.state = "undone";
    finish(owner, after, "undoing");
    parts_.objects.remove(key_of(owner, after.import.id));
}

void Service::given_up(const ports::Job& job) {
    const base::Uuid owner = job.owner.value();
    auto row = find_row(owner, base::parse_uuid(job.key).value());
    if (!row || !is_at_work(row->import)) return;
    const std::string before = std::exchange(row->import.state, "failed");
    row->import.reason =
        "engram could not bring this to its end in many tries. Nothing that was stored is lost: start it again, or "
        "undo it.";
    finish(owner, *row, before);
}

void Service::forget_uploads(const base::Uuid& owner) { remove_uploads(parts_.objects, owner); }

void Service::tidy() {
    for (const base::Uuid& owner : parts_.users.everybody()) tidy(owner);
}

void Service::tidy(const base::Uuid& owner) {
    for (const std::string& key : parts_.objects.list(uploads_of(owner))) {
        const auto id = base::parse_uuid(key.substr(key.rfind('/') + 1));
        auto row = id ? find_row(owner, *id) : std::nullopt;
        if (row && is_at_work(row->import)) continue;
        const std::string state = row ? row->import.state : "";
        const bool may_start = state == "waiting" || state == "failed";
        if (may_start && now() - row->import.created_at <= kWaitsAtMost) continue;
        if (state == "waiting")
            forget(owner, *row);
        else
            parts_.objects.remove(key);
    }
}

}  // namespace

std::unique_ptr<ImportService> make_import_service(const ImportParts& parts) {
    return std::make_unique<Service>(parts);
}

std::vector<jobs::JobKind> job_kinds(ImportService& imports) {
    const auto work = [&imports](const ports::Job& job, const std::stop_token& stop) { imports.work(job, stop); };
    const auto given_up = [&imports](const ports::Job& job) { imports.given_up(job); };
    const auto tidy = [&imports](const ports::Job&, const std::stop_token&) { imports.tidy(); };
    return {{.name = kKind, .work = work, .given_up = given_up, .concurrency = 2, .batch = 1, .lease = kLease},
            {.name = kTidyKind, .work = tidy, .every = std::chrono::hours(24)}};
}

}  // namespace engram::integration
