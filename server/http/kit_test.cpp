#include "http/kit.hpp"

#include <gtest/gtest.h>

#include "http/web_socket.hpp"

namespace engram::http {
namespace {

struct Part {
    std::string label;
    std::optional<double> weight;
    static std::vector<FieldRule> rules() {
        return {{.name = "label", .required = true, .length_max = 4}, {.name = "weight", .min = 0, .max = 1}};
    }
};
BOOST_DESCRIBE_STRUCT(Part, (), (label, weight))

struct Thing {
    std::string name;
    std::string source = "api";
    bool pinned = false;
    int level = 1;
    std::optional<std::int64_t> limit;
    double score = 0.5;
    std::optional<base::Uuid> id;
    std::optional<base::Time> at;
    base::JsonText metadata;
    std::vector<std::string> tags;
    Patch<std::string> title;
    std::optional<Part> part;
    std::vector<Part> parts;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> kinds;  // query
    bool dry_run = false;            // query
    std::string if_match;            // header
    base::Uuid thing;                // path

    static bool is_lower(std::string_view text) { return text.find_first_of("ABC") == std::string_view::npos; }
    static std::vector<FieldRule> rules() {
        return {{.name = "name", .required = true, .length_min = 2, .length_max = 5},
                {.name = "source", .one_of = {"api", "web"}},
                {.name = "level", .min = 1, .max = 4},
                {.name = "limit", .required = true, .min = 1},
                {.name = "metadata", .json_bytes_max = 24, .json_depth_max = 2},
                {.name = "tags", .length_min = 1, .items_max = 3, .item_length_max = 3},
                {.name = "title", .length_max = 3, .pattern = "^[^A-C]*$", .matches = &is_lower},
                {.name = "kinds", .in = In::kQuery, .items_max = 2, .one_of = {"a", "b"}},
                {.name = "dry_run", .in = In::kQuery},
                {.name = "if_match", .in = In::kHeader},
                {.name = "thing", .in = In::kPath}};
    }
};
BOOST_DESCRIBE_STRUCT(Thing, (),
                      (name, source, pinned, level, limit, score, id, at, metadata, tags, title, part, parts, rows,
                       kinds, dry_run, if_match, thing))

constexpr std::string_view kId = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

Request make_request(std::string body, const std::string& query = {}) {
    Request request;
    request.method = Method::kPost;
    request.target = "/things/" + (query.empty() ? query : "?" + query);
    request.headers.add("content-type", "application/json; charset=UTF-8");
    request.body = std::move(body);
    return request;
}

Thing read_thing(const Request& request, const Caller& caller = {}, std::string path = std::string(kId)) {
    return read_input<Thing>(caller, request, {{"thing", std::move(path)}});
}

// "field code" of each finding, in order.
std::string findings_of(const Request& request, const Caller& caller = {}, std::string path = std::string(kId)) {
    try {
        read_thing(request, caller, std::move(path));
        return "";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kInvalid) << error.safe();
        std::string out;
        for (const base::FieldError& field : error.fields) {
            EXPECT_FALSE(field.message.empty());
            out += (out.empty() ? "" : ", ") + field.field + ' ' + field.code;
        }
        return out;
    }
}

TEST(Kit, ReadsEveryTypeOfField) {
    Request request = make_request(
        R"({"name":"n\u00e4me","source":"web","pinned":true,"level":3,"limit":7.0,"score":1,"at":"2026-11-23T00:00:00Z",
            "id":"017F22E2-79b0-7cc3-98c4-dc0c0c07398f","metadata":{"b": [1, 2], "a":"x"},"tags":["a","b"],
            "title":"t","part":{"label":"p","weight":0.25},"parts":[{"label":"q"}],
            "rows":[["a","b"],[]]})",
        "kinds=a&kinds=b&dry_run");
    request.headers.add("If-Match", "\"3\"");
    const Thing thing = read_thing(request);
    EXPECT_EQ(thing.name, "n\xC3\xA4me");
    EXPECT_EQ(thing.source, "web");
    EXPECT_TRUE(thing.pinned);
    EXPECT_EQ(thing.level, 3);
    EXPECT_EQ(thing.limit, 7);
    EXPECT_EQ(thing.score, 1.0);
    EXPECT_EQ(base::to_string(*thing.id), kId);
    EXPECT_EQ(base::format_rfc3339(*thing.at), "2026-11-23T00:00:00.000Z");
    EXPECT_EQ(thing.metadata.text, R"({"b":[1,2],"a":"x"})");
    EXPECT_EQ(thing.tags, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(thing.title.value(), "t");
    EXPECT_EQ(thing.part->weight, 0.25);
    EXPECT_EQ(thing.parts.at(0).label, "q");
    EXPECT_EQ(thing.rows, (std::vector<std::vector<std::string>>{{"a", "b"}, {}}));
    EXPECT_EQ(thing.kinds, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(thing.dry_run);
    EXPECT_EQ(thing.if_match, "\"3\"");
    EXPECT_EQ(base::to_string(thing.thing), kId);
}

TEST(Kit, AbsentNullAndValueAreThreeStates) {
    EXPECT_FALSE(read_thing(make_request(R"({"name":"ab","limit":1})")).title.present());
    const Thing null = read_thing(make_request(R"({"name":"ab","limit":1,"title":null,"part":null})"));
    EXPECT_TRUE(null.title.present());
    EXPECT_FALSE(null.title.value());
    EXPECT_FALSE(null.part);
    const Thing value = read_thing(make_request(R"({"name":"ab","limit":1,"title":""})"));
    EXPECT_TRUE(value.title.present());
    EXPECT_EQ(value.title.value(), "");
}

TEST(Kit, WhatIsAbsentKeepsItsDefault) {
    const Thing thing = read_thing(make_request(R"({"name":"ab","limit":1})"));
    EXPECT_EQ(thing.source, "api");
    EXPECT_EQ(thing.score, 0.5);
    EXPECT_EQ(thing.metadata.text, "{}");
    EXPECT_FALSE(thing.id);
}

struct BadCase {
    std::string_view json;  // joined to the required fields
    std::string_view findings;
    std::string_view query = {};
};

TEST(Kit, NamesEveryBadField) {
    const std::vector<BadCase> cases{
        {R"("pinned":1)", "pinned type"},
        {R"("source":"mail")", "source not_one_of"},
        {R"("source":null)", "source null_not_allowed"},
        {R"("level":0)", "level out_of_range"},
        {R"("level":5)", "level out_of_range"},
        {R"("level":2.5)", "level type"},
        {R"("level":4294967297)", "level out_of_range"},
        {R"("level":1e300)", "level type"},
        {R"("score":"1")", "score type"},
        {R"("id":"nope")", "id format"},
        {R"("id":7)", "id type"},
        {R"("at":"2026-02-30T00:00:00Z")", "at format"},
        {R"("metadata":[])", "metadata type"},
        {R"("metadata":null)", "metadata null_not_allowed"},
        {R"("metadata":{"a":"0123456789012345678901234567"})", "metadata too_long"},
        {R"("metadata":{"a":{"b":{}}})", "metadata too_deep"},
        {R"("tags":"a")", "tags type"},
        {R"("tags":["a","b","c","d"])", "tags too_many"},
        {R"("tags":["a","abcd",7,null,""])", "tags too_many"},
        {R"("tags":["abcd",7])", "tags[0] too_long, tags[1] type"},
        {R"("tags":[null,""])", "tags[0] null_not_allowed, tags[1] too_short"},
        {R"("title":"aABC")", "title too_long, title pattern"},
        {R"("part":{"weight":2})", "part.label required, part.weight out_of_range"},
        {R"("part":{"label":"x","color":1})", "part.color unknown"},
        {R"("part":[])", "part type"},
        {R"("parts":[{"label":"ok"},{"label":null},3])", "parts[1].label null_not_allowed, parts[2] type"},
        {R"("rows":[["ok"],"a",[7,null]])", "rows[1] type, rows[2][0] type, rows[2][1] null_not_allowed"},
        {R"("color":1,"thing":2)", "color unknown, thing unknown"},
        {R"("user_id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f")", "user_id unknown"},
        {R"("pinned":true)", "kinds[1] not_one_of", "kinds=a&kinds=c"},
        {R"("pinned":true)", "kinds too_many", "kinds=a&kinds=a&kinds=b"},
        {R"("pinned":true)", "dry_run type", "dry_run=maybe"},
        {R"("pinned":true)", "dry_run too_many", "dry_run=true&dry_run=true"},
        {R"("pinned":true)", "page unknown", "page=1&page=2"},
    };
    for (const BadCase& test : cases) {
        const std::string body = R"({"name":"ab","limit":1,)" + std::string(test.json) + "}";
        EXPECT_EQ(findings_of(make_request(body, std::string(test.query))), test.findings) << test.json << test.query;
    }
}

TEST(Kit, RequiredFieldsAndPathsAreCheckedTogether) {
    EXPECT_EQ(findings_of(make_request(R"({"name":null,"limit":null})")),
              "name null_not_allowed, limit null_not_allowed");
    EXPECT_EQ(findings_of(make_request("{}"), {}, "7"), "thing format, name required, limit required");
    EXPECT_EQ(findings_of(make_request("")), "name required, limit required");
    EXPECT_EQ(findings_of(make_request("[]")), "body type");
    EXPECT_EQ(findings_of(make_request("null")), "body type");
    EXPECT_EQ(findings_of(make_request(R"({"name":"a","limit":0})")), "name too_short, limit out_of_range");
}

TEST(Kit, MessagesCarryTheRemedy) {
    const Place root, tags(root, "tags");
    Findings findings;
    check_text({.name = "tags", .length_max = 10'000}, std::string(10'412, 'x'), false, Place(tags, 1), findings);
    const std::vector<base::FieldError> errors = findings.take();
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].field, "tags[1]");
    EXPECT_EQ(errors[0].message, "must be at most 10,000 characters long; it has 10,412");
}

TEST(Kit, LengthsCountCodePoints) {
    EXPECT_EQ(findings_of(make_request(
                  "{\"limit\":1,\"name\":\"\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\"}")),
              "");
    EXPECT_EQ(findings_of(make_request("{\"limit\":1,\"name\":\"\xE2\x82\xAC\"}")), "name too_short");
}

TEST(Kit, FindingsAreBounded) {
    std::string body = R"({"name":"ab","limit":1,"parts":[0)";
    for (int i = 0; i < 5000; ++i) body += ",0";
    EXPECT_LE(findings_of(make_request(body + "]}")).size(), 2000u);
}

TEST(Kit, AUserIdMayStandInABodyWhereItIsTheCallers) {
    const std::string body = R"({"name":"ab","limit":1,"user_id":")" + std::string(kId) + "\"}";
    EXPECT_EQ(findings_of(make_request(body), {.user_id = *base::parse_uuid(kId)}), "");
    EXPECT_EQ(findings_of(make_request(body), {.user_id = {{1}}}), "user_id unknown");
}

TEST(Kit, BodiesMustBeJson) {
    struct TypeCase {
        const char* type;
        bool good;
    };
    for (const TypeCase& test : {TypeCase{"application/json", true},
                                 {"Application/JSON;charset=utf-8", true},
                                 {"application/merge-patch+json", true},
                                 {"text/plain", false},
                                 {"application/x-www-form-urlencoded", false},
                                 {"application/json; charset=latin1", false},
                                 {"application/jsonp", false},
                                 {nullptr, false}}) {
        Request request = make_request(R"({"name":"ab","limit":1})");
        request.headers = {};
        if (test.type) request.headers.add("Content-Type", test.type);
        if (test.good) {
            EXPECT_NO_THROW(read_thing(request)) << test.type;
        } else {
            try {
                read_thing(request);
                ADD_FAILURE() << (test.type ? test.type : "no type");
            } catch (const base::Error& error) {
                EXPECT_EQ(error.code(), base::Code::kUnsupportedType);
            }
        }
    }
    EXPECT_THROW(read_thing(make_request("{")), base::Error);
}

struct BatchInput {
    std::vector<Parsed<Part>> items;
    static std::vector<FieldRule> rules() {
        return {{.name = "items", .in = In::kWholeBody, .required = true, .items_max = 4}};
    }
};
BOOST_DESCRIBE_STRUCT(BatchInput, (), (items))

TEST(Kit, GoodElementsCountWhereOthersAreBad) {
    const BatchInput batch =
        read_input<BatchInput>({}, make_request(R"([{"label":"a"},{"label":"abcde","x":1},null,{"label":"b"}])"), {});
    ASSERT_EQ(batch.items.size(), 4u);
    EXPECT_EQ(batch.items[0].value->label, "a");
    EXPECT_FALSE(batch.items[1].value);
    ASSERT_EQ(batch.items[1].errors.size(), 2u);
    EXPECT_EQ(batch.items[1].errors[0].field, "label");
    EXPECT_EQ(batch.items[1].errors[1].field, "x");
    EXPECT_EQ(batch.items[2].errors.at(0).code, "type");
    EXPECT_TRUE(batch.items[3].value);
    for (const char* body : {"{}", "null", "", "[1,2,3,4,5]"})
        EXPECT_THROW(read_input<BatchInput>({}, make_request(body), {}), base::Error) << body;
}

struct StreamInput {
    std::optional<std::string> name;
    BodyReader* body = nullptr;
    static std::vector<FieldRule> rules() { return {{.name = "name", .in = In::kQuery}}; }
};
BOOST_DESCRIBE_STRUCT(StreamInput, (), (name, body))

class NoBytes final : public BodyReader {
public:
    std::size_t read(std::span<char>) override { return 0; }
};

TEST(Kit, HandsAStreamOverUnread) {
    NoBytes reader;
    Request request;
    request.target = "/files?name=a%20b";
    request.body_reader = &reader;
    const StreamInput input = read_input<StreamInput>({}, request, {});
    EXPECT_EQ(input.body, &reader);
    EXPECT_EQ(input.name, "a b");
}

struct NothingInput {};
BOOST_DESCRIBE_STRUCT(NothingInput, (), ())

TEST(Kit, ABodyThatNobodyExpectsIsRefusedOnlyWhereItHasAMeaning) {
    Request request = make_request(R"({"a":1})");
    EXPECT_THROW(read_input<NothingInput>({}, request, {}), base::Error);
    request.method = Method::kGet;
    EXPECT_NO_THROW(read_input<NothingInput>({}, request, {}));
    EXPECT_NO_THROW(read_input<NothingInput>({}, make_request("{}"), {}));
}

struct MisfitInput {
    base::JsonText data;
    static std::vector<FieldRule> rules() { return {{.name = "data", .in = In::kQuery}}; }
};
BOOST_DESCRIBE_STRUCT(MisfitInput, (), (data))

struct StrayInput {
    std::string data;
    static std::vector<FieldRule> rules() { return {{.name = "date"}}; }
};
BOOST_DESCRIBE_STRUCT(StrayInput, (), (data))

template <class I, class O>
struct Fixed {
    using Input = I;
    using Output = O;
    static constexpr Route kRoute{.method = Method::kPost, .path = "/fixed/"};
    Answer<O> answer = {};
    Answer<O> process(const Caller&, const Input&) const { return answer; }
};

TEST(Kit, RulesThatDoNotFitAreFoundAtTheStart) {
    EXPECT_THROW(make_endpoint(Fixed<MisfitInput, Empty>{}), base::Error);
    EXPECT_THROW(make_endpoint(Fixed<StrayInput, Empty>{}), base::Error);
}

struct View {
    std::string text = "a\"b";
    std::optional<std::string> none;
    Maybe<double> left_out, kept{0.873};
    std::vector<Part> parts{{"p", std::nullopt}};
    base::JsonText metadata{R"({"k":[1]})"};
    base::Uuid id = *base::parse_uuid(kId);
    base::Time at = *base::parse_rfc3339("2026-11-23T05:51:47.1Z");
    bool yes = true;
    int small = -3;
    std::int64_t large = 9'223'372'036'854'775'807;
    std::map<std::string, std::int64_t> counts{{"x", 1}, {"y", 2}};
};
BOOST_DESCRIBE_STRUCT(View, (), (left_out, text, none, kept, parts, metadata, id, at, yes, small, large, counts))

template <class O>
Response respond(Answer<O> answer) {
    Request request;
    return make_endpoint(Fixed<NothingInput, O>{std::move(answer)}).call({}, request, {});
}

TEST(Kit, WritesEveryTypeOfField) {
    const Response response = respond<View>({.status = 202, .headers = {{"ETag", "\"1\""}}, .body = {}});
    EXPECT_EQ(response.status, 202);
    EXPECT_EQ(response.headers.find("etag"), "\"1\"");
    EXPECT_EQ(response.headers.find("content-type"), "application/json");
    EXPECT_EQ(response.body,
              R"({"text":"a\"b","none":null,"kept":0.873,"parts":[{"label":"p","weight":null}],"metadata":{"k":[1]},)"
              R"("id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","at":"2026-11-23T05:51:47.100Z","yes":true,"small":-3,)"
              R"("large":9223372036854775807,"counts":{"x":1,"y":2}})");
}

TEST(Kit, ListsNothingsAndRawAnswers) {
    EXPECT_EQ(respond<std::vector<Part>>({}).body, "[]");
    const Response empty = respond<Empty>({});
    EXPECT_EQ(empty.status, 204);
    EXPECT_TRUE(empty.body.empty());
    EXPECT_FALSE(empty.headers.find("Content-Type"));
    const Response raw = respond<Raw>({.body = {.content_type = "text/plain", .body = "hello"}});
    EXPECT_EQ(raw.status, 200);
    EXPECT_EQ(raw.body, "hello");
    EXPECT_EQ(raw.headers.find("Content-Type"), "text/plain");
    const Response stream = respond<Raw>({.body = {.content_type = "text/event-stream", .stream = [](BodyWriter&) {}}});
    EXPECT_TRUE(stream.stream);
    const AcceptWebSocket accept = [](const std::shared_ptr<WebSocket>&) { return WebSocketEvents{}; };
    const Response socket = respond<Raw>({.status = 101, .body = {.accept_web_socket = accept}});
    EXPECT_EQ(socket.status, 101);
    EXPECT_TRUE(socket.accept_web_socket);
}

struct WithWordOfCpp {
    std::optional<bool> delete_;
};
BOOST_DESCRIBE_STRUCT(WithWordOfCpp, (), (delete_))

TEST(Kit, AFieldMayBeNamedAsAWordOfCpp) { EXPECT_EQ(rules_of<WithWordOfCpp>().at(0).name, "delete"); }

}  // namespace
}  // namespace engram::http
