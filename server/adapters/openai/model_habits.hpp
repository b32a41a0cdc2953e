// What is known of models by their names. Internal.
#pragma once

#include <string_view>

namespace engram::openai {

// What a model was trained to see before a text.
struct Prefixes {
    std::string_view query, passage;
};

// Of a model by the name services give it, "nomic-embed-text:latest" or "intfloat/multilingual-e5-base"; empty ones for
// those that want none or are not known.
Prefixes known_prefixes(std::string_view model);

}  // namespace engram::openai
