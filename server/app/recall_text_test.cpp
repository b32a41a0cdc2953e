#include "app/recall_text.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"

namespace engram::app {
namespace {

using boost::json::object;
using boost::json::value;
using Notes = std::vector<std::string>;

object memory(const std::string& word = "boiler") {
    const value part = object{{"text", "The\n"}, {"hit", false}}, hit = object{{"text", word}, {"hit", true}};
    return {{"created_at", "2024-03-31T23:30:00.000Z"},
            {"utc_offset_minutes", nullptr},
            {"security_level", 1},
            {"metadata", object()},
            {"highlights", {object{{"field", "content"}, {"parts", {part, hit}}}}}};
}

value answer(boost::json::array results, std::int64_t total,
             const std::string& interpreted = R"({"corrected":{},"hints":[],"dropped":[]})") {
    return object{{"results", std::move(results)},
                  {"total", total},
                  {"interpreted", base::parse_json(interpreted)},
                  {"degraded", boost::json::array()}};
}

TEST(RecallText, IsALineForEachMemory) {
    object told_in_berlin = memory();
    told_in_berlin["utc_offset_minutes"] = 120;
    told_in_berlin["metadata"] = object{{"author", "Anna"}};
    EXPECT_EQ(recall_lines(answer({memory(), told_in_berlin}, 2), Paint(false)),
              "2024-03-31  The boiler\n2024-04-01  Anna: The boiler\n");
    EXPECT_EQ(recall_lines(answer({memory()}, 1), Paint(true)),
              "\033[2m2024-03-31\033[0m  The \033[1;31mboiler\033[0m\n");
    EXPECT_EQ(recall_lines(answer({}, 0), Paint(true)), "");
    EXPECT_EQ(recall_lines(answer({memory()}, 1), Paint(false), base::TimeZone::find("Europe/Berlin").value()),
              "2024-04-01  The boiler\n");
}

TEST(RecallText, ShowsWhatWasFoundBesideTheContent) {
    object titled = memory();
    for (const char* field : {"title", "author"})
        titled["highlights"].as_array().push_back(
            object{{"field", field}, {"parts", {object{{"text", "Attic"}, {"hit", true}}}}});
    EXPECT_EQ(recall_lines(answer({titled}, 1), Paint(false)), "2024-03-31  The boiler  (title: Attic)\n");
}

TEST(RecallText, SaysWhatIsNotForEveryday) {
    object private_one = memory();
    private_one["security_level"] = 2;
    EXPECT_EQ(recall_lines(answer({private_one}, 1), Paint(false)), "2024-03-31  [Private] The boiler\n");
    private_one.erase("highlights");
    EXPECT_NE(recall_lines(answer({private_one}, 1), Paint(false)).find("locked"), std::string::npos);
}

TEST(RecallText, ATextCannotSteerTheTerminal) {
    object hostile = memory("\033[2J\a\u009b31m\x7f");
    hostile["metadata"] = object{{"author", "A\033c"}};
    EXPECT_EQ(recall_lines(answer({hostile}, 1), Paint(false)), "2024-03-31  A c: The  [2J   31m \n");
}

TEST(RecallText, NotesTellWhatWasMadeOfTheQuery) {
    const auto notes = recall_notes(answer({memory()}, 1, R"({"corrected":{"bolier":["boiler","broiler"]},"hints":[],
        "dropped":[{"text":"is:open","reason":"Write is:pinned."}]})"),
                                    0);
    EXPECT_EQ(notes,
              (Notes{"No memory has 'bolier'; showing boiler, broiler.", "Left out: is:open (Write is:pinned.)"}));
}

TEST(RecallText, NotesTellHowHintsWereTaken) {
    const std::string interpreted =
        R"({"corrected":{},"dropped":[],
            "hints":[{"text":"last week","kind":"date","means":"2024-03-18..2024-03-24"}]})";
    EXPECT_EQ(recall_notes(answer({memory()}, 1, interpreted), 0),
              Notes{"'last week' was taken for 2024-03-18..2024-03-24; quotes make it plain words."});
}

TEST(RecallText, NotesTellWhereMeaningWasNotAsked) {
    value found = answer({memory()}, 1);
    const value well = base::parse_json(R"({"dependencies":[{"name":"database","status":"ok"}]})");
    const value ill = base::parse_json(
        R"({"dependencies":[{"name":"database","status":"ok"},{"name":"model e5","status":"It is damaged."}]})");
    found.at("degraded").as_array().emplace_back("semantic");
    Notes notes = degraded_notes(found, well);
    ASSERT_EQ(notes.size(), 1u);
    EXPECT_NE(notes[0].find("words alone"), std::string::npos);
    notes = degraded_notes(found, ill);
    ASSERT_EQ(notes.size(), 2u);
    EXPECT_EQ(notes[1], "model e5: It is damaged.");
    found.at("degraded").as_array()[0] = "semantic/e5";
    EXPECT_EQ(degraded_notes(found, ill), (Notes{"Found without the model e5.", "model e5: It is damaged."}));
}

TEST(RecallText, NotesTellHowToSeeMore) {
    EXPECT_EQ(recall_notes(answer({memory()}, 1), 0), Notes{});
    EXPECT_EQ(recall_notes(answer({memory(), memory()}, 9), 4),
              Notes{"5 to 6 of 9, the best first; --offset 6 shows more."});
    EXPECT_EQ(recall_notes(answer({memory()}, 5), 4), Notes{});
    EXPECT_EQ(recall_notes(answer({}, 5), 9), Notes{"There are only 5; ask for a smaller --offset."});
    ASSERT_EQ(recall_notes(answer({}, 0), 0).size(), 1u);
    EXPECT_NE(recall_notes(answer({}, 0), 0)[0].find("--help"), std::string::npos);
}

TEST(RecallText, SaysHowManyAreNotFoundByMeaningYet) {
    EXPECT_EQ(pending_note(object{{"memories", 2015}, {"pending", 0}}), "");
    EXPECT_EQ(pending_note(object{{"memories", 2015}, {"pending", 1702}}),
              "1,702 of 2,015 memories are found by their words alone so far; by meaning soon, while engram serves.");
}

}  // namespace
}  // namespace engram::app
