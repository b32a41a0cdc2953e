// A hostile body and query against an Input with every type of field: it is read within its rules, or refused with an
// error that is meant for the caller. The first line of the data is the query, the rest the body.
#include <cstdlib>

#include "http/kit.hpp"

namespace engram::http {

struct FuzzPart {
    std::string label;
    std::optional<double> weight;
    static std::vector<FieldRule> rules() { return {{.name = "label", .required = true, .length_max = 8}}; }
};
BOOST_DESCRIBE_STRUCT(FuzzPart, (), (label, weight))

struct FuzzInput {
    std::string name;
    bool flag = false;
    int count = 0;
    std::optional<std::int64_t> large;
    std::optional<base::Uuid> id;
    std::optional<base::Time> at;
    base::JsonText metadata;
    Patch<std::string> title;
    std::vector<std::string> tags;
    std::vector<Parsed<FuzzPart>> parts;
    std::optional<FuzzPart> part;
    std::vector<std::int64_t> page;
    static std::vector<FieldRule> rules() {
        return {{.name = "name", .required = true, .length_min = 1, .length_max = 20},
                {.name = "count", .min = -5, .max = 5},
                {.name = "metadata", .json_bytes_max = 200, .json_depth_max = 3},
                {.name = "tags", .items_max = 4, .item_length_max = 5},
                {.name = "page", .in = In::kQuery}};
    }
};
BOOST_DESCRIBE_STRUCT(FuzzInput, (), (name, flag, count, large, id, at, metadata, title, tags, parts, part, page))

bool within_rules(const FuzzInput& input) {
    const std::size_t length = base::count_code_points(input.name);
    return length >= 1 && length <= 20 && input.count >= -5 && input.count <= 5 && input.tags.size() <= 4 &&
           input.metadata.text.size() <= 200 && base::is_utf8(input.name);
}

bool meant_for_the_caller(const base::Error& error) {
    if (error.code() == base::Code::kMalformed) return true;
    for (const base::FieldError& field : error.fields)
        if (field.field.empty() || field.code.empty() || !base::is_utf8(field.field) || !base::is_utf8(field.message))
            return false;
    return error.code() == base::Code::kInvalid && !error.fields.empty() && error.fields.size() <= 100;
}

void read_hostile(std::string_view text) {
    const auto line = std::min(text.find('\n'), text.size());
    Request request;
    request.method = Method::kPost;
    request.target = "/x?" + std::string(text.substr(0, line));
    request.headers.add("Content-Type", "application/json");
    request.body = text.substr(std::min(line + 1, text.size()));
    try {
        if (!within_rules(read_input<FuzzInput>({}, request, {}))) std::abort();
    } catch (const base::Error& error) {
        if (!meant_for_the_caller(error)) std::abort();
    }
}

}  // namespace engram::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    engram::http::read_hostile(std::string(data, data + size));
    return 0;
}
