// The conditions of a query that are not words.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ports/search_index.hpp"
#include "search/doc_set.hpp"
#include "search/documents.hpp"

namespace engram::search {

// Good while `documents` does not change. Readers side by side.
class Filter {
public:
    // `allowed`, if any, has what may pass at all, and must outlive it.
    Filter(const Documents& documents, const ports::IndexFilter& wanted, const DocSet* allowed = nullptr);

    // Nothing can pass: a label that no entry has ever had.
    bool is_empty() const { return empty_; }

    // Those of the live entries 64 word + i, bit i of `candidates` set, that pass.
    std::uint64_t pass(std::size_t word, std::uint64_t candidates) const;

    bool passes(Doc doc) const {
        return documents_.is_live(doc) && (allowed_ == nullptr || allowed_->has(doc)) && (open_ || meets(doc));
    }

private:
    bool meets(Doc doc) const;
    bool has_marks(Doc doc) const;
    std::uint64_t pass_block(Doc first) const;
    bool has(Doc doc, std::uint32_t mark) const;
    std::optional<std::uint32_t> label(const std::optional<std::string>& wanted);

    const Documents& documents_;
    const DocSet* allowed_;
    std::optional<std::uint32_t> category_, source_;
    std::vector<std::uint32_t> marks_, without_;
    std::optional<std::uint32_t> group_mark_;
    std::optional<Doc> group_first_;
    std::optional<base::Time> from_, to_;
    bool empty_ = false, open_ = false, grouped_ = false;
};

}  // namespace engram::search
