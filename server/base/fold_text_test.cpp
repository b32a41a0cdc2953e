#include "base/fold_text.hpp"

#include <gtest/gtest.h>

namespace engram::base {
namespace {

TEST(FoldText, MakesOneOfWhatPeopleTypeForAName) {
    for (const auto& [text, folded] : {std::pair("Anna Lena", "anna lena"),
                                       {"Ömer ŞAHİN", "omer sahin"},
                                       {"Işık", "isik"},
                                       {"JOSÉ", "jose"},
                                       {"jose\u0301", "jose"},
                                       {"Straße", "strasse"},
                                       {"ΣΟΦΊΑ", "σοφια"},
                                       {"Алёна", "алена"},
                                       {"Ｔｏｋｙｏ", "tokyo"},
                                       {"東京", "東京"},
                                       {"", ""}})
        EXPECT_EQ(fold_text(text), folded);
}

TEST(FoldText, TakesAnyBytes) {
    for (const std::string_view text : {"\xff\xfe", "\xcc", "a\xcd", "\xc4", "\xe2\x88"})
        EXPECT_NO_THROW(fold_text(text));
    EXPECT_EQ(fold_text(fold_text("Ｅ\u0301\xff")), fold_text("Ｅ\u0301\xff"));
}

}  // namespace
}  // namespace engram::base
