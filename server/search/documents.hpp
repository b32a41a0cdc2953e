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
#include "search/column.hpp"
#include "search/language.hpp"
#include "search/postings.hpp"
#include "search/string_table.hpp"

namespace engram::search {

inline constexpr std::uint32_t kNoConversation = ~std::uint32_t{0};  // else the number of a label

struct DocumentRow {
    base::Uuid id;
    std::int64_t revision = 0;
    std::uint32_t length = 0;  // in words
    Language language = kNoLanguage;
    bool asks = false;  // as IndexChange has it
    std::uint32_t conversation = kNoConversation;
};

// An entry, its labels as numbers, and the words of its text in their order; behind a kNoWord those that have no place
// in it.
struct NewDocument {
    DocumentRow row;
    base::Time created_at{};
    std::uint32_t category = 0, source = 0;
    std::span<const std::uint32_t> marks, words;
};

// Readers side by side, or one writer. An entry that is gone keeps its place, dead, for as long as the index lives.
class Documents {
public:
    explicit Documents(std::pmr::memory_resource* memory);

    Doc add(const NewDocument& document);

    std::optional<Doc> find(const base::Uuid& id) const;
    void remove(Doc doc);

    std::size_t size() const { return rows_.size(); }
    std::size_t live_count() const { return live_count_; }
    double average_length() const;
    std::uint32_t live_count_in(Language language) const { return languages_live_[language]; }

    const DocumentRow& row(Doc doc) const { return rows_[doc]; }
    const base::Uuid& id(Doc doc) const { return rows_[doc].id; }
    base::Time created_at(Doc doc) const { return times_[doc]; }
    ports::IndexHit hit(Doc doc, double score) const {
        return {.id = id(doc), .created_at = created_at(doc), .revision = row(doc).revision, .score = score};
    }
    std::uint32_t category(Doc doc) const { return categories_[doc]; }
    std::uint32_t source(Doc doc) const { return sources_[doc]; }
    // Of `doc` and those after it, up to the next multiple of 64.
    const std::uint32_t* categories(Doc doc) const { return categories_.from(doc); }
    const std::uint32_t* sources(Doc doc) const { return sources_.from(doc); }
    const base::Time* times(Doc doc) const { return times_.from(doc); }
    std::span<const std::uint32_t> marks(Doc doc) const { return marks_[doc]; }
    std::span<const std::uint32_t> words(Doc doc) const { return words_[doc]; }

    // Bit i is entry 64 word + i.
    std::uint64_t live_bits(std::size_t word) const { return live_[word]; }
    bool is_live(Doc doc) const { return (live_[doc >> 6] >> (doc & 63) & 1) != 0; }

    // The number that stands for a label in category(), source() and marks().
    std::optional<std::uint32_t> find_label(std::string_view label) const { return labels_.find(label); }
    std::uint32_t intern_label(std::string_view label) { return labels_.intern(label); }
    std::string_view label(std::uint32_t number) const { return labels_.text(number); }
    std::size_t label_count() const { return labels_.size(); }

private:
    using Places = std::pmr::unordered_map<base::Uuid, Doc, base::UuidHash>;
    static std::size_t shard_of(const base::Uuid& id) { return id.bytes[15] & 63; }

    Column<DocumentRow> rows_;
    Column<base::Time> times_;  // apart: every tie between entries asks for them
    Column<std::uint32_t> categories_, sources_;
    Slices<std::uint32_t> marks_, words_;
    Column<std::uint64_t> live_;
    std::pmr::vector<Places> places_;  // of the live; in shards, so that none grows for long
    StringTable labels_;
    std::array<std::uint32_t, kLanguageCount> languages_live_{};
    std::size_t live_count_ = 0;
    std::uint64_t length_sum_ = 0;  // of the live
};

}  // namespace engram::search
