// What a text says of classes, tags and people: "private notes", "tagged garden", "what did Anna say". Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "modules/memory/hints/hint_words.hpp"

namespace engram::memory {

enum class Topic { kClass, kTag, kPerson };

struct TopicHint {
    Topic topic = Topic::kClass;
    std::size_t begin = 0, end = 0;  // bytes of the text; of a person the name alone
    std::size_t cut_end = 0;         // what is before it says only this hint, and is not looked for
    std::string value;               // everyday, private, locked, sealed; or the tag, the name, as typed
    bool operator==(const TopicHint&) const = default;
};

// From the front to the back; they do not overlap. Of tokens of `text`. Linear in the length.
std::vector<TopicHint> find_topic_hints(std::string_view text, const std::vector<HintToken>& tokens);

}  // namespace engram::memory
