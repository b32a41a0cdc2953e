#include "modules/memory/memory_personal.hpp"

#include <optional>

#include "http/json_write.hpp"
#include "modules/memory/list_cursor.hpp"
#include "modules/memory/markdown_text.hpp"
#include "modules/memory/memory_html.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/synonym_store.hpp"
#include "modules/memory/whole_memory.hpp"

namespace engram::memory {
namespace {

using ports::Transaction;

constexpr std::int64_t kPage = 500, kErasedAtOnce = 64;

}  // namespace

void MemoryPersonalData::write_to(const base::Uuid& owner, ports::ArchiveWriter& archive) {
    write_pages(owner, archive);
    write_markdown(owner, archive);
    write_lines(owner, archive);
    write_synonyms(owner, archive);
}

// Newest first. Each page is a snapshot of its own: what is written meanwhile may be in it.
void MemoryPersonalData::for_each_page(const base::Uuid& owner, bool trash, const OnPage& on_page) {
    ListPlace before = newest_place();
    for (std::int64_t count = kPage; count == kPage;) {
        std::vector<Memory> page;
        database_.read(owner, [&](Transaction& tx) {
            page = store::list(tx, owner, {.trash = trash, .limit = kPage, .newest = before.created_at}, before);
        });
        count = std::ssize(page);
        if (page.empty()) return;
        before = {page.back().created_at, page.back().id};
        on_page(std::move(page));
    }
}

void MemoryPersonalData::write_lines(const base::Uuid& owner, ports::ArchiveWriter& archive) {
    archive.begin("memories.jsonl");
    for (const bool trash : {false, true})
        for_each_page(owner, trash, [&](std::vector<Memory>&& page) {
            std::string lines;
            database_.read(owner, [&](Transaction& tx) {
                lines.clear();
                for (const Memory& memory : page) {
                    http::write_json(lines, whole_memory_of(memory, store::versions(tx, owner, memory.id)));
                    lines += '\n';
                }
            });
            archive.write(lines);
        });
}

void MemoryPersonalData::write_pages(const base::Uuid& owner, ports::ArchiveWriter& archive) {
    std::optional<std::chrono::year_month> month;
    const auto turn_to = [&](const std::optional<std::chrono::year_month>& next) {
        if (next == month) return;
        if (month) archive.write(html_foot());
        month = next;
        if (!month) return;
        archive.begin("html/" + text_of(*month) + ".html");
        archive.write(html_head(text_of(*month)));
    };
    for_each_page(owner, false, [&](std::vector<Memory>&& page) {
        for (const Memory& memory : page) {
            const auto day = std::chrono::floor<std::chrono::days>(memory.created_at);
            const std::chrono::year_month_day date(day);
            turn_to(date.year() / date.month());
            archive.write(html_of(memory));
        }
    });
    turn_to(std::nullopt);
}

void MemoryPersonalData::write_markdown(const base::Uuid& owner, ports::ArchiveWriter& archive) {
    markdown_.catch_up(owner, {});
    for (const MarkdownFile& file : markdown_.list(owner)) {
        const auto text = markdown_.read(owner, file.path);
        if (!text) continue;
        archive.begin("markdown/" + file.path);
        archive.write(*text);
    }
}

void MemoryPersonalData::write_synonyms(const base::Uuid& owner, ports::ArchiveWriter& archive) {
    Synonyms synonyms;
    database_.read(owner, [&](Transaction& tx) { synonyms.families = store::find_synonyms(tx, owner); });
    if (synonyms.families.empty()) return;
    std::string json;
    http::write_json(json, synonyms);
    archive.begin("synonyms.json");
    archive.write(json += '\n');
}

void MemoryPersonalData::erase(const base::Uuid& owner) {
    for (std::int64_t erased = 1; erased > 0;)
        database_.write(owner, [&](Transaction& tx) { erased = store::erase_some(tx, owner, kErasedAtOnce); });
    index_.drop(owner);
    markdown_.erase(owner);
}

}  // namespace engram::memory
