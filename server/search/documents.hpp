// The entries of an index as columns: what filters, ties and the fold ask for.
#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "ports/search_index.hpp"
#include "search/language.hpp"
#include "search/postings.hpp"
#include "search/string_table.hpp"

namespace engram::search {

// Readers side by side, or one writer. An entry that is gone keeps its place, dead, until compact().
class Documents {
public:
    explicit Documents(std::pmr::memory_resource* memory);

    // Appends an entry with its different terms and its length in words.
    Doc add(const ports::IndexChange& change, Language language, std::span<const std::uint32_t> terms,
            std::uint32_t length);

    std::optional<Doc> find(const base::Uuid& id) const;
    void remove(Doc doc);

    // Closes the gaps; answers the new place of each, kDocsMax for the dead.
    std::vector<Doc> compact();

    std::size_t size() const { return ids_.size(); }
    std::size_t live_count() const { return places_.size(); }
    double average_length() const;
    std::uint32_t live_count_in(Language language) const { return languages_live_[language]; }

    const base::Uuid& id(Doc doc) const { return ids_[doc]; }
    base::Time created_at(Doc doc) const { return created_at_[doc]; }
    std::uint32_t category(Doc doc) const { return categories_[doc]; }
    std::uint32_t source(Doc doc) const { return sources_[doc]; }
    // Of `doc` and those after it.
    const std::uint32_t* categories(Doc doc) const { return categories_.data() + doc; }
    const std::uint32_t* sources(Doc doc) const { return sources_.data() + doc; }
    std::span<const std::uint32_t> marks(Doc doc) const { return slice(marks_, mark_ends_, doc); }
    std::span<const std::uint32_t> terms(Doc doc) const { return slice(terms_, term_ends_, doc); }

    // Bit i is entry 64 word + i.
    std::uint64_t live_bits(std::size_t word) const { return live_[word]; }
    bool is_live(Doc doc) const { return (live_[doc >> 6] >> (doc & 63) & 1) != 0; }

    // The number that stands for a label in category(), source() and marks().
    std::optional<std::uint32_t> find_label(std::string_view label) const { return labels_.find(label); }

private:
    using Numbers = std::pmr::vector<std::uint32_t>;
    static std::span<const std::uint32_t> slice(const Numbers& values, const Numbers& ends, Doc doc) {
        const std::uint32_t begin = doc == 0 ? 0 : ends[doc - 1];
        return {values.data() + begin, ends[doc] - begin};
    }
    void move_row(Doc from, Doc to);
    void resize(std::size_t rows);
    static void compact_slices(Numbers& values, Numbers& ends, std::span<const Doc> places);

    std::pmr::vector<base::Uuid> ids_;
    std::pmr::vector<base::Time> created_at_;
    Numbers lengths_, categories_, sources_;
    Numbers marks_, mark_ends_, terms_, term_ends_;
    std::pmr::vector<Language> languages_;
    std::pmr::vector<std::uint64_t> live_;
    std::pmr::unordered_map<base::Uuid, Doc, base::UuidHash> places_;  // of the live
    StringTable labels_;
    std::array<std::uint32_t, kLanguageCount> languages_live_{};
    std::uint64_t length_sum_ = 0;  // of the live
};

}  // namespace engram::search
