// An engram that knows a conversation: the whole product but its network.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "bench/quality.hpp"
#include "modules/memory/memory.hpp"
#include "ports/embedder.hpp"
#include "testing/test_server.hpp"

namespace engram::bench {

class Person {
public:
    Person(const Conversation& conversation, const std::vector<ports::Embedder*>& embedders);

    struct Found {
        std::size_t place = 0;  // in Conversation::memories
        double score = 0;
    };
    std::vector<Found> search(const std::string& query, const std::string& mode);

    // Whether the last search saw a hint in its query.
    bool saw_hint() const { return saw_hint_; }

private:
    testing::TestServer server_;
    memory::Actor actor_;
    bool saw_hint_ = false;
    std::unordered_map<base::Uuid, std::size_t, base::UuidHash> places_;
};

}  // namespace engram::bench
