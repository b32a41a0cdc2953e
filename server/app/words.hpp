// Who says what on the bus, and who hears it.
#pragma once

#include <memory>

#include "app/config.hpp"
#include "gateway/live_hub.hpp"
#include "gateway/session_cache.hpp"
#include "modules/integration/integration.hpp"
#include "modules/memory/entry_reader.hpp"
#include "modules/memory/markdown_files.hpp"
#include "modules/user/account_erasure.hpp"
#include "modules/user/user.hpp"
#include "ports/bus.hpp"
#include "ports/closing_database.hpp"
#include "ports/random.hpp"
#include "ports/search_index.hpp"

namespace engram::app {

// The bus of a configuration: of this process, or of all that share its PostgreSQL. Not started.
std::unique_ptr<ports::Bus> open_bus(const Config& config, ports::Random& random);

// Connects who is not connected by itself (memories and the queue are):
//   "revision"  a person's id: their memories have changed
//   "session"   a session's id: it has ended or changed
//   "told"      {owner, message}: a message for the clients of a person
// All of it must outlive the bus, or the bus be stopped.
void connect_words(ports::Bus& bus, user::UserService& users, integration::ImportService& imports,
                   gateway::SessionCache& sessions, gateway::LiveHub& live);

// Who is to hear of the end of an account, in each process.
struct ErasureListeners {
    ports::ClosingDatabase& database;
    memory::EntryReader& entries;
    ports::SearchIndex& index;
    memory::MarkdownFiles& markdown;
    integration::ImportService& imports;
};
//   "closing"   a person's id: nothing more is to be written of them
//   "erased"    a person's id: what lies in this process's memory and folder goes as well
// As connect_words().
void connect_erasure(ports::Bus& bus, user::AccountErasure& erasure, const ErasureListeners& listeners);

}  // namespace engram::app
