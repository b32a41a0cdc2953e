// PUT and DELETE /memories/{id}, POST /memories/{id}/restore, GET /memories/{id}/versions.
#pragma once

#include <boost/describe/class.hpp>

#include "http/route.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// PUT /memories/{id}: changes what the body names.
class ChangeMemory : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid id;
        std::optional<std::string> if_match, on_conflict;
        http::Patch<std::string> content, classification, source, context, title;
        http::Patch<std::vector<std::string>> tags;
        http::Patch<base::JsonText> metadata;
        http::Patch<base::Time> occurred_at, remind_at;
        http::Patch<bool> pinned;
        http::Patch<base::Uuid> thread_id, reply_to;
        static std::vector<http::FieldRule> rules();
    };
    using Output = Memory;
    static constexpr http::Route kRoute{.method = http::Method::kPut,
                                        .path = "/memories/{id}",
                                        .scope = "memories:write",
                                        .summary = "Change a memory",
                                        .tag = "memories",
                                        .also = {404, 409, 412}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(ChangeMemory::Input, (),
                      (id, if_match, on_conflict, content, classification, source, context, title, tags, metadata,
                       occurred_at, remind_at, pinned, thread_id, reply_to))

// DELETE /memories/{id}: into the trash, or away for good.
class DeleteMemory : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid id;
        std::optional<bool> purge;
        static std::vector<http::FieldRule> rules();
    };
    using Output = http::Empty;
    static constexpr http::Route kRoute{.method = http::Method::kDelete,
                                        .path = "/memories/{id}",
                                        .success = 204,
                                        .scope = "memories:write",
                                        .summary = "Delete a memory",
                                        .tag = "memories",
                                        .also = {404}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(DeleteMemory::Input, (), (id, purge))

// POST /memories/{id}/restore: out of the trash, or back to a version.
class RestoreMemory : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid id;
        std::optional<std::int64_t> version;
        static std::vector<http::FieldRule> rules();
    };
    using Output = Memory;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/memories/{id}/restore",
                                        .scope = "memories:write",
                                        .summary = "Bring a memory back",
                                        .tag = "memories",
                                        .also = {404}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(RestoreMemory::Input, (), (id, version))

// GET /memories/{id}/versions: what it said before, newest first.
class ListVersions : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid id;
        static std::vector<http::FieldRule> rules();
    };
    using Output = std::vector<Version>;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/memories/{id}/versions",
                                        .scope = "memories:read",
                                        .summary = "What a memory said before",
                                        .tag = "memories",
                                        .also = {404}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(ListVersions::Input, (), (id))

// The ETag of a memory: its revision.
std::string etag_of(const Memory& memory);

}  // namespace engram::memory
