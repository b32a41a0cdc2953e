// GET and PUT /memories/synonyms
#pragma once

#include <boost/describe/class.hpp>

#include "http/route.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

// GET /memories/synonyms
class GetSynonyms : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = Synonyms;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/memories/synonyms",
                                        .scope = "memories:read",
                                        .summary = "One's own words that mean the same, for searches",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller& caller, Input) const {
        return {.body = service().synonyms(actor_of(caller))};
    }
};
BOOST_DESCRIBE_STRUCT(GetSynonyms::Input, (), ())

// PUT /memories/synonyms: all of them anew.
class SetSynonyms : public http::ServiceHandler<MemoryService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        WordFamilies families;
        static std::vector<http::FieldRule> rules() {
            return {{.name = "families",
                     .required = true,
                     .items_max = kFamiliesMax,
                     .doc = "Each has 2 to 20 single words of up to 50 characters; who looks for one of them looks for "
                            "all. They come beside mom, mother, mama; dad, father, papa; work, job, office; home, "
                            "house, residence. These replace all before; an empty array removes them."}};
        }
    };
    using Output = Synonyms;
    static constexpr http::Route kRoute{.method = http::Method::kPut,
                                        .path = "/memories/synonyms",
                                        .scope = "memories:write",
                                        .summary = "Say which words mean the same",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller& caller, Input input) const {
        return {.body = service().set_synonyms(actor_of(caller), {std::move(input.families)})};
    }
};
BOOST_DESCRIBE_STRUCT(SetSynonyms::Input, (), (families))

}  // namespace engram::memory
