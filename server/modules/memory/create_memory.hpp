// POST /memories/ and POST /memories/batch.
#pragma once

#include <boost/describe/class.hpp>

#include "http/route.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// What a client sends to make a memory.
struct CreateInput {
    std::string content;
    std::optional<std::string> classification, source, context, title;
    std::optional<double> confidence_score;
    std::optional<base::JsonText> metadata, sealed;
    std::optional<std::vector<std::string>> tags;
    std::optional<base::Uuid> id, user_id, thread_id, reply_to;
    std::optional<base::Time> created_at, occurred_at, remind_at;
    std::optional<bool> pinned;
    std::optional<std::int64_t> utc_offset_minutes;
    std::optional<std::vector<base::Uuid>> attachments;
    static std::vector<http::FieldRule> rules();
};
BOOST_DESCRIBE_STRUCT(CreateInput, (),
                      (content, classification, source, context, title, confidence_score, metadata, sealed, tags, id,
                       user_id, thread_id, reply_to, created_at, occurred_at, remind_at, pinned, utc_offset_minutes,
                       attachments))

// POST /memories/: stores one memory.
class CreateMemory : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    using Input = CreateInput;
    using Output = Memory;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/memories/",
                                        .success = 201,
                                        .scope = "memories:write",
                                        .summary = "Remember",
                                        .tag = "memories",
                                        .also = {200, 409}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};

// What became of one element of a batch.
struct BatchError {
    std::string type, title;
    std::int64_t status = 0;
    std::string detail, code;
    std::vector<base::FieldError> errors;
};
struct BatchItem {
    std::int64_t status = 0;
    http::Maybe<Memory> memory;
    http::Maybe<BatchError> error;
};
BOOST_DESCRIBE_STRUCT(BatchError, (), (type, title, status, detail, code, errors))
BOOST_DESCRIBE_STRUCT(BatchItem, (), (status, memory, error))

// POST /memories/batch: stores up to 500; what is good is stored even where another is not.
class CreateBatch : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::vector<http::Parsed<CreateInput>> memories;
        static std::vector<http::FieldRule> rules();
    };
    using Output = std::vector<BatchItem>;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/memories/batch",
                                        .scope = "memories:write",
                                        .summary = "Remember up to 500",
                                        .tag = "memories",
                                        .body_bytes_max = 32 << 20};

    http::Answer<Output> process(const http::Caller& caller, Input input) const;
};
BOOST_DESCRIBE_STRUCT(CreateBatch::Input, (), (memories))

}  // namespace engram::memory
