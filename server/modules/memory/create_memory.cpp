#include "modules/memory/create_memory.hpp"

#include "http/status.hpp"
#include "modules/memory/change_memory.hpp"

namespace engram::memory {
namespace {

void check_user_id(const http::Caller& caller, const CreateInput& input) {
    if (input.user_id && *input.user_id != caller.user_id)
        throw base::invalid_field("user_id", "not_yours", "must be your own id; best leave it out");
}

NewMemory memory_of(CreateInput&& input) {
    return {.content = std::move(input.content),
            .id = input.id,
            .classification = std::move(input.classification),
            .source = std::move(input.source),
            .context = std::move(input.context),
            .title = std::move(input.title),
            .confidence_score = input.confidence_score,
            .tags = std::move(input.tags),
            .metadata = std::move(input.metadata),
            .sealed = std::move(input.sealed),
            .created_at = input.created_at,
            .occurred_at = input.occurred_at,
            .remind_at = input.remind_at,
            .pinned = input.pinned,
            .thread_id = input.thread_id,
            .reply_to = input.reply_to,
            .attachments = std::move(input.attachments),
            .utc_offset_minutes = input.utc_offset_minutes};
}

BatchItem item_of(const base::Error& error) {
    BatchItem item{.status = http::status_of(error.code())};
    const std::string type = error.type.empty() ? "about:blank" : error.type;
    const std::string_view word = error.type.empty() ? http::word_of(error.code()) : std::string_view(error.type);
    item.error.value = BatchError{
        type, std::string(http::title_of(error.code())), item.status, error.safe(), std::string(word), error.fields};
    return item;
}

BatchItem item_of(CreateOutcome&& outcome) {
    if (const auto* error = std::get_if<base::Error>(&outcome)) return item_of(*error);
    auto& created = std::get<Created>(outcome);
    BatchItem item{.status = created.is_new ? 201 : 200};
    item.memory.value = std::move(created.memory);
    return item;
}

}  // namespace

std::vector<http::FieldRule> CreateInput::rules() {
    return {
        {.name = "content", .required = true, .length_min = 1, .length_max = kContentMax},
        {.name = "classification", .one_of = {kClasses.begin(), kClasses.end()}, .doc = "Left out: engram decides"},
        {.name = "source", .length_min = 1, .length_max = kSourceMax, .doc = "Where it came from; \"api\" unless told"},
        {.name = "context", .length_max = kContextMax},
        {.name = "title", .length_max = kTitleMax},
        {.name = "confidence_score", .min = 0, .max = 1},
        {.name = "metadata", .json_bytes_max = kMetadataBytesMax, .json_depth_max = kMetadataDepthMax},
        {.name = "sealed", .json_bytes_max = 64 << 10, .json_depth_max = 2, .doc = "A text sealed by the device"},
        {.name = "tags", .length_min = 1, .items_max = kTagsMax, .item_length_max = kTagMax},
        {.name = "id", .doc = "A UUIDv7 of the client's choice: sent twice, it is one memory"},
        {.name = "user_id", .doc = "The caller's own id, or left out"},
        {.name = "created_at", .doc = "Between 1970 and tomorrow; now unless told"},
        {.name = "utc_offset_minutes",
         .min = -840,
         .max = 840,
         .doc = "Of the place where it was told; UTC unless told"},
        {.name = "attachments", .items_max = 20},
    };
}

http::Answer<Memory> CreateMemory::process(const http::Caller& caller, Input input) const {
    check_user_id(caller, input);
    Created created = service().create(actor_of(caller), memory_of(std::move(input)));
    std::string etag = etag_of(created.memory);
    return {.status = created.is_new ? 201 : 200,
            .headers = {{"ETag", std::move(etag)}},
            .body = std::move(created.memory)};
}

std::vector<http::FieldRule> CreateBatch::Input::rules() {
    return {{.name = "memories", .in = http::In::kWholeBody, .required = true, .items_max = 500}};
}

http::Answer<std::vector<BatchItem>> CreateBatch::process(const http::Caller& caller, Input input) const {
    http::Answer<Output> answer;
    answer.body.resize(input.memories.size());
    std::vector<NewMemory> good;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < input.memories.size(); ++i) {
        auto& parsed = input.memories[i];
        if (parsed.value && parsed.value->user_id && *parsed.value->user_id != caller.user_id)
            parsed.errors.push_back({"user_id", "not_yours", "must be your own id; best leave it out"});
        if (!parsed.errors.empty()) {
            base::Error error(base::Code::kInvalid, "This element has fields that cannot be used.");
            error.fields = std::move(parsed.errors);
            answer.body[i] = item_of(error);
            continue;
        }
        places.push_back(i);
        good.push_back(memory_of(*std::move(parsed.value)));
    }
    auto outcomes = service().create_many(actor_of(caller), std::move(good));
    for (std::size_t i = 0; i < outcomes.size(); ++i) answer.body[places[i]] = item_of(std::move(outcomes[i]));
    return answer;
}

}  // namespace engram::memory
