// POST /memories/bulk and POST /memories/undo/{undo_id}.
#pragma once

#include <boost/describe/class.hpp>

#include "http/route.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// Which memories: filters as of GET /memories/.
struct BulkQuery : MemoryFilter {
    static std::vector<http::FieldRule> rules() { return MemoryFilter::rules(http::In::kBody); }
};
BOOST_DESCRIBE_STRUCT(BulkQuery, (MemoryFilter), ())

// POST /memories/bulk: changes or deletes many, and says how to take it back.
class BulkMemories : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Set : BulkSet {
        static std::vector<http::FieldRule> rules();
    };
    struct Input {
        std::optional<std::vector<base::Uuid>> ids;
        std::optional<BulkQuery> query;
        std::optional<Set> set;
        std::optional<bool> delete_;
        static std::vector<http::FieldRule> rules();
    };
    using Output = BulkResult;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/memories/bulk",
                                        .scope = "memories:write",
                                        .summary = "Change or delete many memories",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(BulkMemories::Set, (BulkSet), ())
BOOST_DESCRIBE_STRUCT(BulkMemories::Input, (), (ids, query, set, delete_))

// POST /memories/undo/{undo_id}: for a day.
class UndoBulk : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid undo_id;
        static std::vector<http::FieldRule> rules();
    };
    struct Output {
        std::int64_t changed = 0;
    };
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/memories/undo/{undo_id}",
                                        .scope = "memories:write",
                                        .summary = "Take a change of many memories back",
                                        .tag = "memories",
                                        .also = {404}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(UndoBulk::Input, (), (undo_id))
BOOST_DESCRIBE_STRUCT(UndoBulk::Output, (), (changed))

}  // namespace engram::memory
