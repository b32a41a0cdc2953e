// What the memory module holds of a person, for an export and for the end of an account.
#pragma once

#include "modules/memory/markdown_files.hpp"
#include "modules/memory/memory.hpp"
#include "ports/database.hpp"
#include "ports/personal_data.hpp"
#include "ports/search_index.hpp"

namespace engram::memory {

// Writes memories.jsonl (each memory with its versions, the trash too), html/2026-11.html to read, the Markdown files,
// and synonyms.json where there are any. What it is made of must outlive it.
class MemoryPersonalData final : public ports::PersonalData {
public:
    MemoryPersonalData(ports::Database& database, ports::SearchIndex& index, MarkdownFiles& markdown)
        : database_(database), index_(index), markdown_(markdown) {}

    void write_to(const base::Uuid& owner, ports::ArchiveWriter& archive) override;
    void erase(const base::Uuid& owner) override;

private:
    using OnPage = std::function<void(std::vector<Memory>&& page)>;
    void for_each_page(const base::Uuid& owner, bool trash, const OnPage& on_page);
    void write_lines(const base::Uuid& owner, ports::ArchiveWriter& archive);
    void write_pages(const base::Uuid& owner, ports::ArchiveWriter& archive);
    void write_synonyms(const base::Uuid& owner, ports::ArchiveWriter& archive);
    void write_markdown(const base::Uuid& owner, ports::ArchiveWriter& archive);

    ports::Database& database_;
    ports::SearchIndex& index_;
    MarkdownFiles& markdown_;
};

}  // namespace engram::memory
