#include "modules/memory/entry_cache.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace engram::memory {
namespace {

EntryKey key_of(std::uint8_t number, std::int64_t revision = 1) {
    EntryKey key{.owner = {}, .id = {}, .epoch = 7, .revision = revision};
    key.id.bytes[15] = number;
    return key;
}

TEST(EntryCache, FindsWhatCameInByAllOfItsKey) {
    EntryCache cache(64 << 10);
    std::string packed = "untouched";
    EXPECT_FALSE(cache.find(key_of(1), packed));
    EXPECT_EQ(packed, "untouched");
    cache.add(key_of(1), "one");
    cache.add(key_of(1, 2), "one, changed");
    ASSERT_TRUE(cache.find(key_of(1), packed));
    EXPECT_EQ(packed, "one");
    ASSERT_TRUE(cache.find(key_of(1, 2), packed));
    EXPECT_EQ(packed, "one, changed");
    EntryKey other = key_of(1);
    other.epoch = 8;
    EXPECT_FALSE(cache.find(other, packed)) << "another history";
    other = key_of(1);
    other.owner.bytes[0] = 1;
    EXPECT_FALSE(cache.find(other, packed)) << "somebody else";
    cache.clear();
    EXPECT_FALSE(cache.find(key_of(1), packed));
    cache.add(key_of(2), "two");
    EXPECT_TRUE(cache.find(key_of(2), packed));
}

TEST(EntryCache, WhatIsTooLargeIsNotKept) {
    EntryCache cache(64 << 10);
    std::string packed;
    cache.add(key_of(1), std::string(4 << 10, 'x'));
    EXPECT_FALSE(cache.find(key_of(1), packed));
}

// Against a map: what is found is always what came in last under its key, and the newest are there.
TEST(EntryCache, ARingThatGoesRoundManyTimesNeverGivesAnythingElse) {
    const unsigned seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    EntryCache cache(20'000);
    std::map<std::pair<std::uint8_t, std::int64_t>, std::string> all;
    std::string packed;
    std::size_t found = 0;
    for (std::int64_t step = 1; step <= 20'000; ++step) {
        const auto number = static_cast<std::uint8_t>(random() % 200);
        const std::string text(random() % 600, static_cast<char>('a' + random() % 26));
        cache.add(key_of(number, step), text);
        all[{number, step}] = text;
        ASSERT_TRUE(cache.find(key_of(number, step), packed));
        ASSERT_EQ(packed, text);
        const auto earlier = all.lower_bound({static_cast<std::uint8_t>(random() % 200), step - 1 - random() % 60});
        if (earlier == all.end() || !cache.find(key_of(earlier->first.first, earlier->first.second), packed)) continue;
        ASSERT_EQ(packed, earlier->second);
        ++found;
    }
    EXPECT_GT(found, 0U);
}

}  // namespace
}  // namespace engram::memory
