#include "http/byte_budget.hpp"

#include <gtest/gtest.h>

namespace engram::http {
namespace {

constexpr std::size_t kSmall = BudgetShare::kFreeBytes;

TEST(ByteBudget, IsSharedAndGivenBack) {
    ByteBudget budget(10 * kSmall);
    BudgetShare first(budget);
    EXPECT_TRUE(first.grow_to(6 * kSmall));
    {
        BudgetShare second(budget);
        EXPECT_TRUE(second.grow_to(3 * kSmall));
        EXPECT_FALSE(second.may_grow_to(5 * kSmall));
        EXPECT_FALSE(second.grow_to(5 * kSmall));
        EXPECT_TRUE(second.may_grow_to(4 * kSmall)) << "what was refused took nothing";
        EXPECT_TRUE(second.grow_to(4 * kSmall));
        EXPECT_FALSE(first.grow_to(6 * kSmall + 1));
    }
    EXPECT_TRUE(first.grow_to(10 * kSmall));
    first.release();
    first.release();
    EXPECT_TRUE(budget.holds(10 * kSmall));
    EXPECT_FALSE(budget.holds(10 * kSmall + 1));
}

TEST(ByteBudget, DoesNotCountWhatIsSmall) {
    ByteBudget budget(0);
    BudgetShare share(budget);
    EXPECT_TRUE(share.may_grow_to(kSmall));
    EXPECT_TRUE(share.grow_to(kSmall));
    EXPECT_FALSE(share.may_grow_to(kSmall + 1));
    EXPECT_FALSE(share.grow_to(kSmall + 1));
}

}  // namespace
}  // namespace engram::http
