#include "http/openapi.hpp"

#include <gtest/gtest.h>

#include "http/kit.hpp"

namespace engram::http {
namespace {

struct Author {
    base::Uuid id;
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(Author, (), (id, name))

struct Note {
    base::Uuid id;
    std::string text;
    std::optional<Author> author;
    std::vector<Note> replies;
    Maybe<double> score;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, text, author, replies, score))

class MakeNote {
public:
    struct Input {
        std::string text;
        std::optional<std::int64_t> year;
        std::optional<std::string> source;
        std::vector<std::string> tags;
        std::optional<Author> author;
        std::optional<double> weight;
        base::JsonText metadata;
        bool dry_run = false;
        std::string if_match;
        std::string book;
        static std::vector<FieldRule> rules() {
            return {{.name = "text", .required = true, .length_min = 1, .length_max = 9, .doc = "What to keep."},
                    {.name = "year", .required = true, .min = 1970},
                    {.name = "source", .one_of = {"api", "web"}},
                    {.name = "tags", .items_max = 3, .item_length_max = 5},
                    {.name = "weight", .min = 0, .max = 0.5},
                    {.name = "dry_run", .in = In::kQuery, .doc = "Only check."},
                    {.name = "if_match", .in = In::kHeader},
                    {.name = "book", .in = In::kPath, .pattern = "^[a-z]+$"}};
        }
    };
    using Output = Note;
    static constexpr Route kRoute{.method = Method::kPost,
                                  .path = "/books/{book}/notes/",
                                  .success = 201,
                                  .summary = "Keep a note",
                                  .tag = "notes"};
    Answer<Output> process(const Caller&, Input) const { return {}; }
};
BOOST_DESCRIBE_STRUCT(MakeNote::Input, (),
                      (text, year, source, tags, author, weight, metadata, dry_run, if_match, book))

class Health {
public:
    struct Input {};
    using Output = Empty;
    static constexpr Route kRoute{.method = Method::kGet, .path = "/health", .access = Access::kPublic, .root = true};
    Answer<Output> process(const Caller&, Input) const { return {}; }
};
BOOST_DESCRIBE_STRUCT(Health::Input, (), ())

class Secret : public Health {
public:
    static constexpr Route kRoute{.method = Method::kPut, .path = "/local", .access = Access::kLocal};
};

std::vector<Endpoint> endpoints() {
    return {make_endpoint(MakeNote()), make_endpoint(Health()), make_endpoint(Secret())};
}

std::vector<StatusDoc> statuses(const Route& route) {
    if (route.access == Access::kPublic) return {{429, "Too many requests."}};
    return {{429, "Too many requests."}, {401, "Sign in first."}};
}

constexpr std::string_view kNotesOperation = R"json(
      "post": {
        "operationId": "post_books_book_notes",
        "summary": "Keep a note",
        "tags": ["notes"],
        "parameters": [
          {
            "name": "dry_run",
            "in": "query",
            "description": "Only check.",
            "schema": {
              "type": "boolean"
            }
          },
          {
            "name": "If-Match",
            "in": "header",
            "schema": {
              "type": "string"
            }
          },
          {
            "name": "book",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "pattern": "^[a-z]+$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/MakeNoteInput"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "It was made.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Note"
                }
              }
            }
          },
)json";

constexpr std::string_view kInputSchema = R"json(
      "MakeNoteInput": {
        "type": "object",
        "properties": {
          "text": {
            "type": "string",
            "minLength": 1,
            "maxLength": 9,
            "description": "What to keep."
          },
          "year": {
            "type": "integer",
            "format": "int64",
            "minimum": 1970
          },
          "source": {
            "type": ["string","null"],
            "enum": ["api","web",null]
          },
          "tags": {
            "type": "array",
            "items": {
              "type": "string",
              "maxLength": 5
            },
            "maxItems": 3
          },
          "author": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/AuthorInput"
              },
              {
                "type": "null"
              }
            ]
          },
          "weight": {
            "type": ["number","null"],
            "minimum": 0,
            "maximum": 0.5
          },
          "metadata": {
            "type": "object"
          }
        },
        "required": ["text","year"],
        "additionalProperties": false
      },
)json";

constexpr std::string_view kOutputSchema = R"json(
      "Note": {
        "type": "object",
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "text": {
            "type": "string"
          },
          "author": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/Author"
              },
              {
                "type": "null"
              }
            ]
          },
          "replies": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Note"
            }
          },
          "score": {
            "type": "number"
          }
        },
        "required": ["id","text","author","replies"]
      },
)json";

TEST(OpenApi, DescribesOperationsInputsAndOutputs) {
    const std::string document = openapi_document({.title = "t", .version = "1"}, endpoints(), statuses);
    for (const std::string_view part : {kNotesOperation, kInputSchema, kOutputSchema})
        EXPECT_NE(document.find(part), std::string::npos) << part << "\nis not in\n" << document;
}

TEST(OpenApi, IsOneDocumentWithSecurityStatusesAndProblems) {
    const std::string text =
        openapi_document({.title = "t", .version = "1", .description = "d"}, endpoints(), statuses);
    EXPECT_EQ(text, openapi_document({.title = "t", .version = "1", .description = "d"}, endpoints(), statuses));
    const boost::json::object root = base::parse_json(text).get_object();
    EXPECT_EQ(root.at("openapi").get_string(), "3.1.0");
    EXPECT_EQ(root.at("info").at("description").get_string(), "d");
    const boost::json::object& paths = root.at("paths").get_object();
    ASSERT_EQ(paths.size(), 2u) << "a local route is nobody's to see";
    const boost::json::object& health = paths.at("/health").at("get").get_object();
    EXPECT_TRUE(health.at("security").get_array().empty());
    EXPECT_TRUE(health.at("responses").get_object().contains("204"));
    EXPECT_FALSE(health.at("responses").get_object().contains("401"));
    const boost::json::object& notes = paths.at("/api/v1/books/{book}/notes/").at("post").get_object();
    EXPECT_FALSE(notes.contains("security"));
    std::vector<std::string> answers;
    for (const auto& pair : notes.at("responses").get_object()) answers.emplace_back(pair.key());
    EXPECT_EQ(answers, (std::vector<std::string>{"201", "400", "401", "415", "422", "429"}));
    EXPECT_TRUE(root.at("components").at("schemas").get_object().contains("Problem"));
    EXPECT_EQ(root.at("components").at("securitySchemes").at("bearer").at("scheme").get_string(), "bearer");
}

class GetLive {
public:
    using Input = Health::Input;
    using Output = Raw;
    static constexpr Route kRoute{.method = Method::kGet, .path = "/live", .success = 101};
    Answer<Output> process(const Caller&, Input) const { return {}; }
};

TEST(OpenApi, DescribesWebSockets) {
    const std::vector<Endpoint> live{make_endpoint(GetLive())};
    const boost::json::value root = base::parse_json(openapi_document({}, live));
    const boost::json::object& responses = root.at("paths").at("/api/v1/live").at("get").at("responses").as_object();
    EXPECT_FALSE(responses.at("101").as_object().contains("content"));
    EXPECT_TRUE(responses.contains("426"));
    EXPECT_FALSE(responses.contains("200"));
}

struct Other {
    static constexpr std::string_view kName = "Note";
    std::string another;
};
BOOST_DESCRIBE_STRUCT(Other, (), (another))

class GetOther {
public:
    using Input = Health::Input;
    using Output = std::vector<Other>;
    static constexpr Route kRoute{.method = Method::kGet, .path = "/others"};
    Answer<Output> process(const Caller&, Input) const { return {}; }
};

TEST(OpenApi, RefusesTwoThingsOfOneName) {
    const std::vector<Endpoint> same_struct{make_endpoint(MakeNote()), make_endpoint(GetOther())};
    EXPECT_THROW(openapi_document({}, same_struct), base::Error);
    const std::vector<Endpoint> same_path{make_endpoint(GetOther()), make_endpoint(GetOther())};
    EXPECT_THROW(openapi_document({}, same_path), base::Error);
}

TEST(OpenApi, NamesStructsByTheirPlaceInTheCode) {
    EXPECT_EQ(type_name<Note>(), "Note");
    EXPECT_EQ(type_name<MakeNote::Input>(), "MakeNoteInput");
    EXPECT_EQ(type_name<Other>(), "Note");
    EXPECT_EQ(short_type_name("std::string f() [T = engram::(anonymous namespace)::Thing]"), "Thing");
    EXPECT_EQ(operation_id({.method = Method::kGet, .path = "/memories/{id}/on-this-day"}),
              "get_memories_id_on_this_day");
}

}  // namespace
}  // namespace engram::http
