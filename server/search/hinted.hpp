// What a query hints at beside its words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/documents.hpp"

namespace engram::search {

// Good while `documents` and the hint do not change.
class Hinted {
public:
    Hinted(const Documents& documents, const ports::IndexHint& hint);

    // How well the hint holds for an entry, 0 to 1.
    float share(Doc doc) const;

    bool can_hold_for_none() const { return !hint_.marks.empty() && marks_.empty() && hint_.spans.empty(); }

private:
    const Documents& documents_;
    const ports::IndexHint& hint_;
    std::vector<std::uint32_t> marks_;
    std::optional<std::uint32_t> category_;
};

// Several of them.
class Hints {
public:
    Hints(const Documents& documents, const std::vector<ports::IndexHint>& hints);

    bool empty() const { return all_.empty(); }
    float share(Doc doc) const;  // of them that holds for an entry

private:
    std::vector<Hinted> all_;
};

// The marks of hints that any entry has, or had.
std::vector<std::string> known_marks(const Documents& documents, const std::vector<ports::IndexHint>& hints);

}  // namespace engram::search
