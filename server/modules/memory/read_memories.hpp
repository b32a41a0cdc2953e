// GET /memories/, GET /memories/{id}, GET /memories/status and GET /sync.
#pragma once

#include <boost/describe/class.hpp>

#include "http/route.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// GET /memories/{id}
class GetMemory : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid id;
        static std::vector<http::FieldRule> rules();
    };
    using Output = Memory;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/memories/{id}",
                                        .scope = "memories:read",
                                        .summary = "Read one memory",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(GetMemory::Input, (), (id))

// GET /memories/: newest first; X-Total-Count and Link say how much there is and how to go on.
class ListMemories : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input : MemoryFilter {
        std::optional<std::string> cursor;
        std::optional<bool> trash;
        std::optional<std::int64_t> limit, offset;
        static std::vector<http::FieldRule> rules();
    };
    using Output = std::vector<Memory>;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/memories/",
                                        .scope = "memories:read",
                                        .summary = "List memories, newest first",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(ListMemories::Input, (MemoryFilter), (cursor, trash, limit, offset))

// GET /memories/status
class GetStatus : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = Status;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/memories/status",
                                        .scope = "memories:read",
                                        .summary = "How much there is, and what is still to be indexed",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(GetStatus::Input, (), ())

// GET /sync: the feed of changes, 500 at a time.
class Sync : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::optional<std::int64_t> since, epoch;
        static std::vector<http::FieldRule> rules();
    };
    using Output = SyncPage;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/sync",
                                        .scope = "memories:read",
                                        .summary = "What has changed since a revision",
                                        .tag = "memories",
                                        .also = {409}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(Sync::Input, (), (since, epoch))

}  // namespace engram::memory
