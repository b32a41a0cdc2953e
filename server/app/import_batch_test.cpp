#include "app/import_batch.hpp"

#include <gtest/gtest.h>
#include <boost/json/value.hpp>

namespace engram::app {
namespace {

integration::ImportedMessage message(const std::string& content) {
    integration::ImportedMessage message;
    message.author = "Ruth";
    message.source = "whatsapp";
    message.content = content;
    message.created_at = base::parse_rfc3339("2024-03-01T10:00:00Z");
    return message;
}

TEST(ImportBatchTest, AMessageHasTheSameIdInEveryImport) {
    ImportBatch first, second;
    const auto once = first.memory_of(message("hello"));
    second.memory_of(message("something before it"));
    EXPECT_EQ(second.memory_of(message("hello")), once);
    EXPECT_EQ(once.at("metadata").at("author").as_string(), "Ruth");
    EXPECT_EQ(once.at("created_at").as_string(), "2024-03-01T10:00:00.000Z");
}

TEST(ImportBatchTest, ItsPlaceInItsMinuteDoesNotChangeTheId) {
    ImportBatch first, second;
    auto later = message("hello");
    *later.created_at += std::chrono::milliseconds(3);
    EXPECT_EQ(first.memory_of(message("hello")).at("id"), second.memory_of(later).at("id"));
}

TEST(ImportBatchTest, TwoEqualMessagesAreTwo) {
    ImportBatch batch;
    EXPECT_NE(batch.memory_of(message("ok")).at("id"), batch.memory_of(message("ok")).at("id"));
}

TEST(ImportBatchTest, AnIdOfItsOwnIsKept) {
    ImportBatch batch;
    auto own = message("hello");
    own.id = "01890000-0000-7000-8000-000000000000";
    EXPECT_EQ(batch.memory_of(own).at("id").as_string(), "01890000-0000-7000-8000-000000000000");
    auto other = message("hello");
    other.id = "D1:17";
    EXPECT_EQ(batch.memory_of(other).at("id").as_string().size(), 36u);
}

}  // namespace
}  // namespace engram::app
