// In which language a text is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "modules/user/user.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// Of the texts of one owner. What it is made of must outlive it. One thread; not within a transaction.
class TextLanguage {
public:
    TextLanguage(ports::SearchIndex& index, user::UserService& users, const base::Uuid& owner)
        : index_(index), users_(users), owner_(owner) {}

    // ISO 639-1: as the text shows it, or where it is too short for that, the owner's; empty where that is not known.
    std::string of(std::string_view text);

private:
    ports::SearchIndex& index_;
    user::UserService& users_;
    base::Uuid owner_;
    std::optional<std::string> own_;  // the owner's, once it was needed
};

}  // namespace engram::memory
