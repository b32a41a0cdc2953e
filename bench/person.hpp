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

private:
    testing::TestServer server_;
    memory::Actor actor_;
    std::unordered_map<base::Uuid, std::size_t, base::UuidHash> places_;
};

}  // namespace engram::bench
