#include "app/wiring.hpp"

#include "adapters/disk/disk_objects.hpp"
#include "adapters/disk/disk_tree.hpp"
#include "adapters/queue/database_queue.hpp"
#include "app/databases.hpp"
#include "app/version.hpp"
#include "app/words.hpp"
#include "base/log.hpp"
#include "gateway/job_routes.hpp"
#include "gateway/live_routes.hpp"
#include "gateway/server_routes.hpp"
#include "modules/ai/ai_routes.hpp"
#include "modules/integration/import_service.hpp"
#include "modules/integration/integration_routes.hpp"
#include "modules/memory/markdown_routes.hpp"
#include "modules/memory/memory_jobs.hpp"
#include "modules/memory/memory_routes.hpp"
#include "modules/memory/memory_service.hpp"
#include "modules/security/security_service.hpp"
#include "modules/user/user_routes.hpp"
#include "modules/user/user_service.hpp"
#include "search/search_index.hpp"

namespace engram::app {
namespace {

ports::Clock& system_clock() {
    static system::SystemClock clock;
    return clock;
}

ports::Random& system_random() {
    static system::SystemRandom random;
    return random;
}

std::unique_ptr<ports::Database> open_up_to_date(const Config& config, const std::string& vfs,
                                                 const ports::Clock& clock) {
    auto database = open_database(config, clock, Access::kAll, vfs);
    if (const std::string backup = bring_up_to_date(*database, config, clock); !backup.empty())
        base::log(base::Severity::kInfo, "the schema was changed, after a backup", {{"backup", backup}});
    return database;
}

// The host of the public address: what passkeys are bound to.
std::string host_of(const std::string& url) {
    const std::size_t begin = url.find("//");
    const std::size_t from = begin == std::string::npos ? 0 : begin + 2;
    return url.substr(from, url.find_first_of(":/", from) - from);
}

// Throws the reason why memories are not found by meaning.
void check_model(ports::Embedder& embedder) {
    const ports::EmbedderStatus status = embedder.status();
    if (!status.reason.empty()) throw base::Error(base::Code::kUnavailable, status.reason);
}

std::vector<http::Endpoint> endpoints_of(const Config& config, App& app, gateway::Metrics& metrics,
                                         ports::Database& database) {
    const auto ping = [&database] {
        database.read({}, [](ports::Transaction& tx) { tx.run("SELECT COUNT(*) FROM schema_migrations"); });
    };
    const gateway::ServerInfo info{kVersion, config.url(), host_of(config.url()), app.embedders()};
    std::vector<gateway::Dependency> engines{{"database", ping}};
    for (ports::Embedder* embedder : app.embedders())
        engines.push_back({"model " + embedder->model(), [embedder] { check_model(*embedder); }, false});
    std::vector<http::Endpoint> all = gateway::server_routes(info, app.users(), metrics, std::move(engines));
    for (auto& some :
         {ai::routes(app.embedders()), user::routes(app.users(), app.erasure()), memory::routes(app.memories()),
          memory::markdown_routes(app.markdown(), app.users()), integration::routes(app.imports(), app.exporter()),
          gateway::job_routes(app.queue(), app.jobs()), gateway::live_routes(app.live())})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

std::vector<jobs::JobKind> job_kinds(App& app, const ports::Clock& clock) {
    std::vector<jobs::JobKind> all = memory::job_kinds(
        {app.memories(), app.markdown(), app.meanings(), app.users(), app.database(), app.queue(), clock});
    for (jobs::JobKind& kind : integration::job_kinds(app.imports())) all.push_back(std::move(kind));
    for (jobs::JobKind& kind : user::job_kinds(app.erasure())) all.push_back(std::move(kind));
    return all;
}

// One process owns the folder: no other can end a session, so entries count until they are removed. A database that
// other processes use as well is asked again.
gateway::SessionCache::Options cache_options(const Config& config) {
    if (config.is_embedded()) return {.recheck_after = std::nullopt};
    return {.recheck_after = std::chrono::seconds(5)};
}

// Of one process nobody else puts jobs; beside others, what one of them leaves behind, or says and is not heard, is
// found soon.
std::chrono::seconds longest_rest(const Config& config) {
    return config.is_embedded() ? std::chrono::seconds(3600) : std::chrono::seconds(30);
}

}  // namespace

App::App(const Config& config, const Overrides& overrides)
    : clock_(overrides.clock ? *overrides.clock : system_clock()),
      random_(overrides.random ? *overrides.random : system_random()),
      lock_(config.data),
      secrets_(config.data + "/keys", random_),
      database_(open_up_to_date(config, overrides.vfs, clock_)),
      open_(*database_),
      bus_(open_bus(config, random_)),
      queue_(queue::make_database_queue(open_, *bus_, random_)),
      index_(search::make_search_index()),
      embedders_(std::make_unique<Embedders>(config, clock_, random_)),
      models_(overrides.embedders.empty() ? embedders_->all() : overrides.embedders),
      meanings_(open_, models_),
      entries_(open_),
      security_(security::make_security_service(secrets_, clock_, random_)),
      users_(user::make_user_service(open_, *security_, clock_, random_, {.registration = config.registration})),
      memories_(
          memory::make_memory_service({open_, *index_, *queue_, *bus_, *users_, meanings_, entries_, clock_, random_})),
      markdown_tree_(disk::make_disk_tree(config.data + "/markdown")),
      markdown_(open_, *markdown_tree_, *users_),
      objects_(disk::make_disk_objects(config.data + "/objects")),
      imports_(integration::make_import_service({open_, *objects_, *queue_, *memories_, *users_, clock_, random_})),
      memory_data_(*database_, *index_, markdown_),
      import_data_(*database_, *objects_),
      account_data_(*database_),
      exporter_(clock_, {&account_data_, &memory_data_, &import_data_}, std::string("engram ") + kVersion),
      erasure_({open_, *queue_, clock_, *security_, *users_}, {&memory_data_, &import_data_, &account_data_}),
      jobs_(std::make_unique<jobs::Runner>(*queue_, clock_, random_, job_kinds(*this, clock_), longest_rest(config))),
      sessions_(*security_, *users_, clock_, cache_options(config)),
      live_(std::make_unique<gateway::LiveHub>(gateway::LiveParts{sessions_, *users_, *memories_, metrics_, clock_})) {
    connect_words(*bus_, *users_, *imports_, sessions_, *live_);
    connect_erasure(*bus_, erasure_, {open_, entries_, *index_, markdown_, *imports_});
    if (config.is_embedded()) queue_->release_all();  // whoever had claimed them has ended
    look_at_everybody();
    jobs_->put_repeating(open_);
    metrics_.read_jobs_from([this] { return gateway::job_numbers(*queue_, *jobs_); });
    const gateway::GatewayParts parts{sessions_, *users_, metrics_, clock_, random_};
    gateway_ = std::make_unique<gateway::Gateway>(parts,
                                                  gateway::GatewayOptions{.limits = config.limits,
                                                                          .metrics_token = config.metrics_token,
                                                                          .trusted_proxies = config.trusted_proxies,
                                                                          .version = kVersion},
                                                  endpoints_of(config, *this, metrics_, open_));
    bus_->start();
}

// Who says something, then who hears it of others, before all that is told of it.
App::~App() {
    embedders_->stop();
    jobs_->stop();
    bus_->stop();
}

// After a restore, or in another folder, the files tell something else than the database, and nothing has changed. A
// model may be new, or have come back.
void App::look_at_everybody() {
    markdown_.remove_strangers();
    const std::vector<base::Uuid> everybody = users_->everybody();
    if (everybody.empty()) return;
    database_->write({}, [&](ports::Transaction& tx) {
        for (const base::Uuid& owner : everybody) {
            memory::put_markdown_job(*queue_, tx, owner, clock_.now());
            if (meanings_.has_models()) memory::put_vectors_job(*queue_, tx, owner);
        }
    });
}

std::string socket_path(const Config& config) { return config.data + "/engram.sock"; }

}  // namespace engram::app
