// POST /memories/search
#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

#include "http/route.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// The answer to `?envelope=true`.
struct SearchEnvelope {
    std::vector<Memory> results;
    Facets facets;
    std::int64_t total = 0;
    Interpreted interpreted;
    std::vector<std::string> degraded;
};
BOOST_DESCRIBE_STRUCT(SearchEnvelope, (), (results, facets, total, interpreted, degraded))

class SearchMemories : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::string query;
        std::optional<std::string> mode, classification, source;
        std::optional<std::vector<std::string>> tags;
        std::optional<base::Time> date_from, date_to;
        std::optional<std::int64_t> limit, offset;
        std::optional<bool> typing, envelope;
        static std::vector<http::FieldRule> rules();
    };
    using Output = std::variant<std::vector<Memory>, SearchEnvelope>;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/memories/search",
                                        .scope = "search",
                                        .summary = "Recall",
                                        .tag = "memories",
                                        .brief = true};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(SearchMemories::Input, (),
                      (query, mode, classification, source, tags, date_from, date_to, limit, offset, typing, envelope))

}  // namespace engram::memory
