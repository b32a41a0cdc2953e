// The one place that knows every room: makes the engines, the modules and the gateway, and connects them.
#pragma once

#include <memory>
#include <string>

#include "adapters/disk/file_secrets.hpp"
#include "adapters/disk/folder_lock.hpp"
#include "adapters/system/system_clock.hpp"
#include "app/config.hpp"
#include "app/embedders.hpp"
#include "gateway/gateway.hpp"
#include "gateway/live_hub.hpp"
#include "gateway/metrics.hpp"
#include "gateway/session_cache.hpp"
#include "jobs/runner.hpp"
#include "modules/integration/exporter.hpp"
#include "modules/integration/import_personal.hpp"
#include "modules/integration/integration.hpp"
#include "modules/memory/entry_reader.hpp"
#include "modules/memory/markdown_files.hpp"
#include "modules/memory/meanings.hpp"
#include "modules/memory/memory.hpp"
#include "modules/memory/memory_personal.hpp"
#include "modules/security/security.hpp"
#include "modules/user/account_erasure.hpp"
#include "modules/user/user.hpp"
#include "ports/bus.hpp"
#include "ports/closing_database.hpp"
#include "ports/database.hpp"
#include "ports/file_tree.hpp"
#include "ports/object_store.hpp"
#include "ports/queue.hpp"
#include "ports/search_index.hpp"

namespace engram::app {

// Ports that a test replaces; null: the real ones.
struct Overrides {
    ports::Clock* clock = nullptr;
    ports::Random* random = nullptr;
    std::string vfs;                          // of SQLite
    std::vector<ports::Embedder*> embedders;  // none: those of the configuration
};

// A whole engram without its network; jobs are done once they are started. In the order in which each makes use of what
// stands above it.
class App {
public:
    // Takes the data folder and brings the schema up to date. Throws kConflict where another process has the folder.
    explicit App(const Config& config, const Overrides& overrides = {});
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    gateway::Gateway& gateway() { return *gateway_; }
    ports::Database& database() { return open_; }
    user::UserService& users() { return *users_; }
    memory::MemoryService& memories() { return *memories_; }
    memory::MarkdownFiles& markdown() { return markdown_; }
    integration::ImportService& imports() { return *imports_; }
    const integration::Exporter& exporter() { return exporter_; }
    user::AccountErasure& erasure() { return erasure_; }
    jobs::Runner& jobs() { return *jobs_; }
    ports::Queue& queue() { return *queue_; }
    gateway::LiveHub& live() { return *live_; }
    memory::Meanings& meanings() { return meanings_; }
    const std::vector<ports::Embedder*>& embedders() const { return models_; }  // the main one first

private:
    void look_at_everybody();

    ports::Clock& clock_;
    ports::Random& random_;
    disk::FolderLock lock_;
    disk::FileSecrets secrets_;
    std::unique_ptr<ports::Database> database_;  // for what erases
    ports::ClosingDatabase open_;                // for all else
    std::unique_ptr<ports::Bus> bus_;
    std::unique_ptr<ports::Queue> queue_;
    std::unique_ptr<ports::SearchIndex> index_;
    std::unique_ptr<Embedders> embedders_;
    std::vector<ports::Embedder*> models_;
    memory::Meanings meanings_;
    memory::EntryReader entries_;
    std::unique_ptr<security::SecurityService> security_;
    std::unique_ptr<user::UserService> users_;
    std::unique_ptr<memory::MemoryService> memories_;
    std::unique_ptr<ports::FileTree> markdown_tree_;
    memory::MarkdownFiles markdown_;
    std::unique_ptr<ports::ObjectStore> objects_;
    std::unique_ptr<integration::ImportService> imports_;
    memory::MemoryPersonalData memory_data_;
    integration::ImportPersonalData import_data_;
    user::AccountData account_data_;
    integration::Exporter exporter_;
    user::AccountErasure erasure_;
    std::unique_ptr<jobs::Runner> jobs_;
    gateway::SessionCache sessions_;
    gateway::Metrics metrics_;
    std::unique_ptr<gateway::LiveHub> live_;
    std::unique_ptr<gateway::Gateway> gateway_;
};

// Where a server on this folder answers the command line.
std::string socket_path(const Config& config);

}  // namespace engram::app
