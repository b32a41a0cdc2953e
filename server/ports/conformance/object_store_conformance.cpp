#include "ports/conformance/object_store_conformance.hpp"

#include <algorithm>
#include <iterator>

#include "base/error.hpp"

namespace engram::ports {
namespace {

// Gives a text in pieces of 7 bytes.
ObjectStore::Read pieces_of(std::string_view& text) {
    return [&text](std::span<char> out) {
        const std::size_t count = std::min({out.size(), text.size(), std::size_t{7}});
        std::copy_n(text.begin(), count, out.begin());
        text.remove_prefix(count);
        return count;
    };
}

}  // namespace

std::int64_t ObjectStoreConformance::put(std::string_view key, std::string_view text) {
    return store().put(key, pieces_of(text));
}

std::string ObjectStoreConformance::read(std::string_view key) {
    const auto in = store().open(key);
    return in ? std::string(std::istreambuf_iterator<char>(*in), {}) : "(none)";
}

TEST_P(ObjectStoreConformance, WhatIsPutIsReadReplacedAndRemoved) {
    EXPECT_EQ(read("a/b"), "(none)");
    EXPECT_EQ(put("a/b", "a text of some length"), 21);
    EXPECT_EQ(read("a/b"), "a text of some length");
    EXPECT_EQ(put("a/b", ""), 0);
    EXPECT_EQ(read("a/b"), "");
    store().remove("a/b");
    store().remove("a/b");
    store().remove("never/there");
    EXPECT_EQ(read("a/b"), "(none)");
}

TEST_P(ObjectStoreConformance, StreamsAreSeekable) {
    put("a", "0123456789");
    const auto in = store().open("a");
    in->seekg(7);
    EXPECT_EQ(in->get(), '7');
    in->seekg(0, std::ios::end);
    EXPECT_EQ(in->tellg(), 10);
}

TEST_P(ObjectStoreConformance, ListsWhatLiesBelowAFolder) {
    put("a/y", "1");
    put("a/x/1", "2");
    put("b/z", "3");
    EXPECT_EQ(store().list("a"), (std::vector<std::string>{"a/x/1", "a/y"}));
    EXPECT_TRUE(store().list("c").empty());
}

TEST_P(ObjectStoreConformance, WhatBreaksOffLeavesWhatWasThere) {
    put("a/b", "before");
    std::size_t calls = 0;
    const auto breaks_off = [&](std::span<char> out) -> std::size_t {
        if (++calls == 3) throw base::Error(base::Code::kMalformed, "broke off");
        return out.size();
    };
    EXPECT_THROW(store().put("a/b", breaks_off), base::Error);
    EXPECT_EQ(read("a/b"), "before");
    EXPECT_EQ(store().list("a"), std::vector<std::string>{"a/b"});
}

TEST_P(ObjectStoreConformance, OutlivesTheProcess) {
    put("a/b", "kept");
    under_test_->reopen();
    EXPECT_EQ(read("a/b"), "kept");
}

TEST_P(ObjectStoreConformance, NoKeyLeadsOut) {
    for (const char* key : {"", "/a", "a/", "a//b", "..", "../a", "a/../b", ".hidden", "a\\b", "a\nb"}) {
        EXPECT_THROW(put(key, "x"), base::Error) << key;
        EXPECT_THROW(read(key), base::Error) << key;
        EXPECT_THROW(store().remove(key), base::Error) << key;
    }
}

bool link_object_store_conformance() { return true; }

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ObjectStoreConformance);

}  // namespace engram::ports
