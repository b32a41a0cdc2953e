// What a text says of a class, a tag or a person from one token on. Pure.
#pragma once

#include <optional>
#include <string>

#include "modules/memory/hints/hint_cursor.hpp"
#include "modules/memory/hints/topic_hints.hpp"

namespace engram::memory {

// Both must outlive it.
class TopicReader {
public:
    TopicReader(std::string_view text, const std::vector<HintToken>& tokens) : text_(text), tokens_(tokens) {}

    std::optional<TopicHint> read(std::size_t at) const;

private:
    std::optional<TopicHint> read_class(std::size_t at) const;
    std::optional<TopicHint> read_tag(std::size_t at) const;
    std::optional<TopicHint> read_tag_word(std::size_t at) const;
    std::optional<TopicHint> read_tagged_behind(std::size_t at) const;
    std::optional<TopicHint> read_led_person(std::size_t at) const;
    std::optional<TopicHint> read_giver(std::size_t at) const;
    std::optional<TopicHint> read_owner(std::size_t at) const;
    std::optional<TopicHint> read_speaker(std::size_t at) const;
    std::size_t word_end(std::size_t at) const;
    std::size_t tag_end(std::size_t at) const;
    std::size_t name_end(std::size_t at) const;
    bool may_be_a_name(std::size_t at) const;
    void skip_another_name(HintCursor& cursor) const;
    bool is_said_later(std::size_t at) const;
    std::string typed(std::size_t first, std::size_t end) const;
    TopicHint person(std::size_t first, std::size_t end) const;

    std::string_view text_;
    const std::vector<HintToken>& tokens_;
};

}  // namespace engram::memory
