#include "modules/integration/zip_reader.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/error.hpp"
#include "modules/integration/import_fixture.hpp"
#include "modules/integration/zip_fixture.hpp"

namespace engram::integration {
namespace {

std::vector<ImportFile> files_of(const std::string& zip) {
    return import_files("upload.zip", [zip] { return std::make_unique<std::istringstream>(zip); });
}

std::string text_of(const ImportFile& file) {
    const auto in = file.open();
    return {std::istreambuf_iterator<char>(*in), {}};
}

Texts names_of(const std::vector<ImportFile>& files) {
    Texts names;
    for (const ImportFile& file : files) names.push_back(file.name);
    return names;
}

template <typename Act>
std::string refusal(Act act) {
    try {
        act();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.code(), base::Code::kInvalid);
        return error.safe();
    }
    return "taken";
}

long memory_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

TEST(ZipReader, ReadsStoredAndDeflatedFilesInAnyOrder) {
    const std::string large(300'000, 'b');
    const auto files = files_of(make_zip({{"a.txt", "stored", true}, {"b.txt", large}, {"c.txt", ""}}));
    ASSERT_EQ(names_of(files), (Texts{"a.txt", "b.txt", "c.txt"}));
    EXPECT_EQ(files[1].bytes, large.size());
    EXPECT_EQ(base::format_rfc3339(files[0].modified_at.value_or(base::Time{})), "2023-12-31T23:00:00.000Z");
    EXPECT_EQ(text_of(files[2]), "");
    EXPECT_EQ(text_of(files[1]), large);
    EXPECT_EQ(text_of(files[0]), "stored");
    EXPECT_EQ(text_of(files[1]), large);
}

TEST(ZipReader, NamesNothingOutsideOfTheArchive) {
    const auto files =
        files_of(make_zip({{"../../etc/passwd", "a"}, {"/top.txt", "b"}, {"Notizen/Gr\u00fc\u00dfe.txt", "c"}}));
    EXPECT_EQ(names_of(files), (Texts{"etc/passwd", "top.txt", "Notizen/Gr\u00fc\u00dfe.txt"}));
    EXPECT_EQ(text_of(files[2]), "c");
}

TEST(ZipReader, RefusesABomb) {
    const auto files = files_of(make_zip({{.name = "zeros.txt", .text = std::string(100'000, '\0'), .times = 1'000}}));
    ASSERT_EQ(files.size(), 1U);
    const auto drain = [&] {
        const auto in = files[0].open();
        std::array<char, 1 << 16> block{};
        while (in->read(block.data(), block.size())) continue;
    };
    const long before = memory_kib();
    EXPECT_NE(refusal(drain).find("expands"), std::string::npos);
    EXPECT_LT(memory_kib() - before, 20'000);
}

TEST(ZipReader, RefusesWhatBreaksOff) {
    const std::string zip = make_zip({{"a.txt", std::string(5'000, 'a'), true}, {"b.txt", "b"}});
    for (const std::size_t bytes : {std::size_t{4}, std::size_t{40}, zip.size() / 2, zip.size() - 30})
        EXPECT_NE(refusal([&] {
                      for (const ImportFile& file : files_of(zip.substr(0, bytes))) text_of(file);
                  }).find("damaged"),
                  std::string::npos)
            << bytes;
}

TEST(ZipReader, RefusesWhatALockHolds) {
    const std::string zip = make_zip({{"a.txt", "secret text", true}}, "password");
    const std::string why = refusal([&] {
        for (const ImportFile& file : files_of(zip)) text_of(file);
    });
    EXPECT_NE(why.find("password"), std::string::npos) << why;
}

TEST(ZipReader, ReadsThousandsOfNotes) {
    std::vector<ZipEntry> entries;
    for (int i = 0; i < 3'000; ++i)
        entries.push_back({"notes/" + std::to_string(i) + ".md", "# Note " + std::to_string(i) + "\n\ntext"});
    const Imported notes = import_text(make_zip(entries));
    EXPECT_EQ(notes.report.count, 3'000U);
    EXPECT_EQ(notes.report.files, 3'000U);
    EXPECT_EQ(notes.messages[2'999].title, "Note 2999");
}

TEST(ZipReader, FindsAWhatsappChatBesideItsMedia) {
    const std::string chat = "31.12.23, 21:45 - Ida: IMG-1.jpg (Datei angeh\u00e4ngt)\n31.12.23, 21:46 - Bo: text\n";
    const Imported android = import_text(
        make_zip({{"IMG-1.jpg", "\xFF\xD8\xFF", true}, {"WhatsApp Chat with Ida.txt", chat}}), {}, "upload.zip");
    EXPECT_EQ(android.report.format, "whatsapp");
    EXPECT_EQ(android.report.files, 1U);
    ASSERT_EQ(android.messages.size(), 2U);
    EXPECT_EQ(android.messages[1].context, "WhatsApp: Ida");
    EXPECT_EQ(android.messages[1].file, "WhatsApp Chat with Ida.txt");
    EXPECT_EQ(android.messages[0].media, Texts{"IMG-1.jpg"});
    const Imported ios = import_text(make_zip({{"_chat.txt", "[31.12.23, 21:45:00] Ida: text\n"}}),
                                     {.name = "WhatsApp Chat - Ida.zip"}, "WhatsApp Chat - Ida.zip");
    ASSERT_EQ(ios.messages.size(), 1U);
    EXPECT_EQ(ios.messages[0].context, "WhatsApp: Ida");
}

TEST(ZipReader, PassesOverWhatProgramsHide) {
    const Imported notes = import_text(make_zip({{".obsidian/bookmarks.json", R"({"items": [{"text": "x"}]})"},
                                                 {".trash/old.md", "old"},
                                                 {"__MACOSX/._a.md", "x"},
                                                 {"vault/.obsidian/b.md", "x"},
                                                 {"vault/photo.jpg", "\xFF\xD8"},
                                                 {"vault/a.md", "note"}}));
    EXPECT_EQ(contents(notes), Texts{"note"});
    EXPECT_EQ(notes.messages[0].context, "vault");
    EXPECT_EQ(time_of(notes.messages[0]), "2023-12-31T23:00:00.000Z");
    EXPECT_EQ(contents(import_text(make_zip({{"a.jpg", "\xFF\xD8"}, {"b.md", "note"}}), {.format = "markdown"})),
              Texts{"note"});
}

}  // namespace
}  // namespace engram::integration
