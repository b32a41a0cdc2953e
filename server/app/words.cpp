#include "app/words.hpp"

#include <boost/describe/class.hpp>

#include "adapters/postgres/postgres_bus.hpp"
#include "adapters/process/process_bus.hpp"
#include "http/json_write.hpp"

namespace engram::app {
namespace {

constexpr const char *kSession = "session", *kTold = "told", *kClosing = "closing", *kErased = "erased";

// How far a job of a person is.
struct JobMessage {
    std::string type = "job", kind;
    base::Uuid id;
    std::string state;
    std::int64_t done = 0, count = 0, stored = 0;
};
BOOST_DESCRIBE_STRUCT(JobMessage, (), (type, kind, id, state, done, count, stored))

struct Told {
    base::Uuid owner;
    JobMessage message;
};
BOOST_DESCRIBE_STRUCT(Told, (), (owner, message))

std::string told(const base::Uuid& owner, const integration::Import& import) {
    std::string text;
    http::write_json(text, Told{owner,
                                {.kind = "import",
                                 .id = import.id,
                                 .state = import.state,
                                 .done = import.done,
                                 .count = static_cast<std::int64_t>(import.count),
                                 .stored = import.stored}});
    return text;
}

}  // namespace

std::unique_ptr<ports::Bus> open_bus(const Config& config, ports::Random& random) {
    if (config.is_embedded()) return process::make_process_bus();
    return postgres::make_postgres_bus({.url = config.database}, random);
}

void connect_words(ports::Bus& bus, user::UserService& users, integration::ImportService& imports,
                   gateway::SessionCache& sessions, gateway::LiveHub& live) {
    users.on_session_changed([&bus](const base::Uuid& id) { bus.publish(kSession, to_string(id)); });
    imports.on_progress([&bus](const base::Uuid& owner, const integration::Import& import) {
        bus.publish(kTold, told(owner, import));
    });
    bus.subscribe(memory::kRevisionTopic, [&live](std::string_view text) {
        if (const auto owner = base::parse_uuid(text)) live.revision_changed(*owner);
    });
    bus.subscribe(kSession, [&sessions, &live](std::string_view text) {
        const auto id = base::parse_uuid(text);
        if (!id) return;
        sessions.remove(*id);  // first: who says hello between the two is not let in by it
        live.session_changed(*id);
    });
    bus.subscribe(kTold, [&live](std::string_view text) {
        if (const auto told = gateway::parse_told(text)) live.tell(*told);
    });
    bus.on_gap([&live] { live.look_again(); });
}

void connect_erasure(ports::Bus& bus, user::AccountErasure& erasure, const ErasureListeners& listeners) {
    using Stage = user::AccountErasure::Stage;
    erasure.on_erasure([&bus](const base::Uuid& owner, Stage stage) {
        bus.publish(stage == Stage::kBegins ? kClosing : kErased, to_string(owner));
    });
    bus.subscribe(kClosing, [listeners](std::string_view text) {
        if (const auto owner = base::parse_uuid(text)) listeners.database.close(*owner);
    });
    bus.subscribe(kErased, [listeners](std::string_view text) {
        const auto owner = base::parse_uuid(text);
        if (!owner) return;
        listeners.index.drop(*owner);
        listeners.entries.forget();
        listeners.imports.forget_uploads(*owner);
        listeners.markdown.remove_strangers();
    });
}

}  // namespace engram::app
