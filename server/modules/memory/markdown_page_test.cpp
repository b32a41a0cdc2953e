#include "modules/memory/markdown_page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace engram::memory {
namespace {

using std::chrono::year_month;

constexpr year_month kNovember{std::chrono::year(2026), std::chrono::month(11)};

base::Uuid id_of(std::uint8_t number) {
    base::Uuid id;
    id.bytes[15] = number;
    return id;
}

Memory memory_at(std::uint8_t number, int hour, const std::string& content) {
    Memory memory;
    memory.id = id_of(number);
    memory.content = content;
    memory.tags.emplace();
    memory.source = "api";
    memory.created_at = base::Time(std::chrono::sys_days(kNovember / 5)) + std::chrono::hours(hour);
    return memory;
}

std::string whole(const std::vector<Memory>& memories) {
    return MarkdownPage::of("general", kNovember, memories).first;
}

class MarkdownPageTest : public ::testing::Test {
protected:
    void begin(const std::vector<Memory>& memories) {
        std::tie(file_, page_) = MarkdownPage::of("general", kNovember, memories);
    }
    bool change(const std::vector<Memory>& changed) { return page_.change(file_, changed); }

    std::string file_;
    MarkdownPage page_;
};

TEST_F(MarkdownPageTest, WhatChangedIsPutInItsPlaceAndWhatIsNewBehindAll) {
    std::vector<Memory> all;
    for (std::uint8_t i = 0; i < 20; ++i) all.push_back(memory_at(i, i * 7, "text " + std::to_string(i)));
    begin(all);
    std::mt19937 random(1);
    for (std::uint8_t round = 0; round < 50; ++round) {
        std::vector<Memory> changed;
        for (Memory& memory : all) {
            if (random() % 8 != 0) continue;
            memory.content = std::string(random() % 40, 'x') + "\n```\n^" + std::string(random() % 3, '\n');
            if (random() % 2 != 0) memory.reply_to = all[random() % all.size()].id;
            changed.push_back(memory);
        }
        all.push_back(memory_at(static_cast<std::uint8_t>(20 + round), (20 + round) * 7, "new"));
        changed.push_back(all.back());
        ASSERT_TRUE(change(changed));
        ASSERT_EQ(file_, whole(all)) << "round " << int{round};
        EXPECT_EQ(page_.size(), all.size());
    }
    EXPECT_TRUE(page_.holds(id_of(69)));
    EXPECT_FALSE(page_.holds(id_of(70)));
}

TEST_F(MarkdownPageTest, WhatTheFileMustBeMadeAnewForIsLeftAlone) {
    std::vector<Memory> all{memory_at(1, 1, "one"), memory_at(3, 3, "three")};
    all[1].reply_to = id_of(9);
    begin(all);
    const std::string before = file_;
    const auto refused = [&](const char* why, const Memory& memory) {
        EXPECT_FALSE(change({memory})) << why;
        EXPECT_EQ(file_, before) << why;
    };
    refused("between others", memory_at(2, 2, "two"));
    refused("before one of the same moment", memory_at(2, 3, "two"));
    refused("what an answer there refers to", memory_at(9, 9, "nine"));
    Memory elsewhere = all[1];
    elsewhere.utc_offset_minutes = -600;
    refused("another day", elsewhere);
    all[0].content = "changed";
    file_ += ' ';
    EXPECT_FALSE(change({all[0]})) << "somebody has changed the file";
    file_ = before;
    ASSERT_TRUE(change({all[0]}));
    EXPECT_EQ(file_, whole(all));
    begin({});
    EXPECT_FALSE(change({all[0]})) << "there was no file";
}

}  // namespace
}  // namespace engram::memory
