#include "bench/person.hpp"

#include <utility>
#include <variant>

#include "base/text.hpp"

namespace engram::bench {
namespace {

base::JsonText metadata_of(const std::string& author) {
    base::JsonText metadata{R"({"author":)"};
    base::append_json_string(metadata.text, author);
    metadata.text += '}';
    return metadata;
}

memory::NewMemory memory_of(const Remembered& one) {
    memory::NewMemory made;
    made.content = one.content;
    made.created_at = one.created_at;
    if (!one.tags.empty()) made.tags = one.tags;
    if (!one.author.empty()) made.metadata = metadata_of(one.author);
    return made;
}

}  // namespace

Person::Person(const Conversation& conversation, const std::vector<ports::Embedder*>& embedders)
    : server_({.registration = user::Registration::kOpen, .own_embedders = embedders}) {
    server_.clock().set(conversation.now);
    server_.sign_up("+491511");
    actor_.owner = actor_.author = server_.app().users().everybody().front();
    std::vector<memory::NewMemory> memories;
    for (const Remembered& one : conversation.memories) memories.push_back(memory_of(one));
    for (const memory::CreateOutcome& outcome : server_.app().memories().create_many(actor_, memories))
        places_.emplace(std::get<memory::Created>(outcome).memory.id, places_.size());
    while (server_.app().meanings().catch_up(actor_.owner, {}, [] {}) != memory::Meanings::CaughtUp::kYes) continue;
}

std::vector<Person::Found> Person::search(const std::string& query, const std::string& mode) {
    const memory::SearchQuery asked{.query = query, .mode = mode, .limit = Quality::kFound};
    std::vector<Found> found;
    const memory::SearchPage answer = server_.app().memories().search(actor_, asked);
    saw_hint_ = !answer.interpreted.hints.empty();
    for (const memory::Memory& memory : answer.results)
        found.push_back({places_.at(memory.id), memory.relevance_score.value.value_or(0)});
    return found;
}

}  // namespace engram::bench
