#include "modules/memory/whole_memory.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "base/error.hpp"
#include "http/json_write.hpp"

namespace engram::memory {
namespace {

// A seed of the fuzz target.
std::string seed(const std::string& name) {
    std::ifstream in(ENGRAM_CORPUS "/" + name + ".json");
    std::string line;
    std::getline(in, line);
    return line;
}

TEST(WholeMemory, ReadsEverySeedAndWritesItAlike) {
    for (const std::string name : {"plain", "versions", "trashed"}) {
        std::string line;
        http::write_json(line, parse_whole_memory(seed(name)));
        EXPECT_EQ(line, seed(name));
    }
}

TEST(WholeMemory, TellsItsHistoryFromTheFirstText) {
    const auto history = history_of(parse_whole_memory(seed("versions")), base::Uuid{});
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[0].memory.content, "Plums: 1 kg");
    EXPECT_EQ(history[0].version, 1);
    EXPECT_EQ(history[1].memory.content, "Plums: 1.5 kg");
    EXPECT_EQ(history[1].version, 2);
    EXPECT_TRUE(history_of(parse_whole_memory(seed("trashed")), base::Uuid{}).back().memory.trashed_at.value);
}

TEST(WholeMemory, NamesEveryBadField) {
    try {
        parse_whole_memory(R"({"content": "", "pinned": 1})");
        FAIL();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kInvalid);
        EXPECT_GT(error.fields.size(), 3U);
    }
}

}  // namespace
}  // namespace engram::memory
