#include "modules/memory/markdown_text.hpp"

#include <gtest/gtest.h>

#include "modules/memory/markdown_page.hpp"

namespace engram::memory {
namespace {

using std::chrono::year_month;

constexpr year_month kNovember{std::chrono::year(2026), std::chrono::month(11)};

Memory memory_at(std::uint8_t id, const char* created_at, const std::string& content) {
    Memory memory;
    memory.id.bytes[15] = id;
    memory.content = content;
    memory.tags.emplace();
    memory.source = "api";
    memory.created_at = base::parse_rfc3339(created_at).value();
    return memory;
}

TEST(MarkdownText, AMonthIsReadByPeople) {
    std::vector<Memory> memories{memory_at(1, "2026-11-05T08:05:00Z", "Tea with *Ömer*"),
                                 memory_at(2, "2026-11-05T22:30:00Z", "two\nlines"),
                                 memory_at(3, "2026-11-30T23:59:59Z", "secret")};
    memories[0].title = "Monday\nmorning";
    memories[0].tags = {"food & drink", "Ömer"};
    memories[0].pinned = true;
    memories[1].utc_offset_minutes = 120;
    memories[1].source = "whatsapp";
    memories[1].reply_to = memories[0].id;
    memories[2].security_level = 2;
    EXPECT_EQ(MarkdownPage::of("general", kNovember, memories).first, R"(---
class: general
month: 2026-11
memories: 3
---

# 2026-11 general

## 2026-11-05

### 08:05 Monday morning

Tea with *Ömer*

#food---drink #Ömer · pinned · *api*

^00000000-0000-0000-0000-000000000001

## 2026-11-06

### 00:30

two
lines

*whatsapp* · answers [[#^00000000-0000-0000-0000-000000000001]]

^00000000-0000-0000-0000-000000000002

## 2026-11-30

### 23:59

*Private: engram shows it to you.*

^00000000-0000-0000-0000-000000000003
)");
}

TEST(MarkdownText, TheMonthIsThatOfThePlaceWhereItWasTold) {
    Memory memory = memory_at(1, "2026-12-31T23:30:00Z", "New year");
    EXPECT_EQ(text_of(month_of(memory)), "2026-12");
    memory.utc_offset_minutes = 60;
    EXPECT_EQ(text_of(month_of(memory)), "2027-01");
    memory.created_at = {};
    memory.utc_offset_minutes = -1;
    EXPECT_EQ(text_of(month_of(memory)), "1969-12");
}

TEST(MarkdownText, NothingInATextEndsOrHidesWhatStandsAfterIt) {
    for (const auto& [text, block] : {
             std::pair("plain # not a heading", "plain # not a heading"),
             {"# heading\n  ## another", "\\# heading\n  \\## another"},
             {"title\n---\nand ===\n=====", "title\n\\---\nand ===\n\\====="},
             {"* * *\n- a list\n* b", "\\* * *\n- a list\n* b"},
             {"<!-- hidden\n<details>", "\\<!-- hidden\n\\<details>"},
             {"50 %% off", "50 \\%% off"},
             {"look ^here\n^here\n2 ^ 3 ^x y", "look \\^here\n\\^here\n2 ^ 3 ^x y"},
             {"look ^\n%%%%", "look \\^\n\\%\\%\\%%"},
             {"```\n# code\n--- %%", "```\n# code\n--- %%\n```"},
             {"```cpp\n# code\n```\n# text", "```cpp\n# code\n```\n\\# text"},
             {"~~~\n```\n# code", "~~~\n```\n# code\n~~~"},
             {"a\r\n# b\r\n", "a\n\\# b\n"},
             {"", ""},
         })
        EXPECT_EQ(markdown_block(text), block) << text;
}

}  // namespace
}  // namespace engram::memory
