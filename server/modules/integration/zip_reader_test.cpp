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

// A number as zip archives have it.
std::string number(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (; bytes > 0; --bytes, value >>= 8) text += static_cast<char>(value & 0xFF);
    return text;
}

std::uint32_t checksum(const std::string& text) {
    std::uint32_t sum = ~0U;
    for (const unsigned char byte : text) {
        sum ^= byte;
        for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0xEDB88320U);
    }
    return ~sum;
}

// What the header in front of a file and its entry in the directory have alike.
std::string facts(const std::string& name, const std::string& text) {
    return number(20, 2) + number(0, 8) + number(checksum(text), 4) + number(text.size(), 4) + number(text.size(), 4) +
           number(name.size(), 2) + number(0, 2);
}

std::string stored(const std::string& name, const std::string& text) {
    return "PK\x03\x04" + facts(name, text) + name + text;
}

struct Listed {
    std::string name, text;
    std::size_t at = 0;
};

// An archive whose directory may say what it likes.
std::string with_directory(const std::string& front, const std::vector<Listed>& files) {
    std::string directory;
    for (const Listed& file : files)
        directory +=
            "PK\x01\x02" + number(20, 2) + facts(file.name, file.text) + number(0, 10) + number(file.at, 4) + file.name;
    return front + directory + "PK\x05\x06" + number(0, 4) + number(files.size(), 2) + number(files.size(), 2) +
           number(directory.size(), 4) + number(front.size(), 4) + number(0, 2);
}

// The archive, whose headers and directory say that every file has ten bytes.
std::string understated(std::string zip) {
    for (const auto& [front, place] : {std::pair{"PK\x03\x04", 22}, std::pair{"PK\x01\x02", 24}})
        for (std::size_t at = zip.find(front); at != std::string::npos; at = zip.find(front, at + 1))
            zip.replace(at + place, 4, number(10, 4));
    return zip;
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
    const std::string zip = make_zip({{.name = "zeros.txt", .text = std::string(100'000, '\0'), .times = 1'000}});
    EXPECT_NE(refusal([&] { files_of(zip); }).find("expands"), std::string::npos);
    const auto files = files_of(understated(zip));
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

TEST(ZipReader, RefusesFilesThatOverlap) {
    const std::string chat = "31.12.23, 21:45 - Ida: text\n";
    const std::string last = stored("b.txt", chat);
    const std::string first = stored("a.txt", chat + last);  // has the other one, its header too
    const auto read = [](const std::string& zip) { return refusal([&] { import_text(zip); }); };
    const Listed a{"a.txt", chat + last, 0}, b{"b.txt", chat, first.size() - last.size()};
    EXPECT_EQ(read(with_directory(first, {a})), "taken");
    EXPECT_NE(read(with_directory(first, {a, b})).find("overlap"), std::string::npos);
    EXPECT_NE(read(with_directory(first, {b, a})).find("overlap"), std::string::npos);
    EXPECT_EQ(read(with_directory(stored("a.txt", chat) + last, {{"a.txt", chat, 0}, b})), "taken");
}

TEST(ZipReader, RefusesHeadersWithinAHeader) {
    const std::string text(50, 'b'), last = stored("b.txt", text);
    const std::size_t header = last.size() - text.size();
    std::string first = stored("a.txt", "") + number(0x7777, 2) + number(header, 2);
    first[28] = static_cast<char>(4 + header);  // the other header is said to be an extra field of this one
    const std::string zip = with_directory(first + last, {{"a.txt", text, 0}, {"b.txt", text, first.size()}});
    const std::string why = refusal([&] { files_of(zip); });
    EXPECT_NE(why.find("overlap"), std::string::npos) << why;
}

TEST(ZipReader, ReadsAFileThatIsListedTwiceOnce) {
    const std::string chat = "31.12.23, 21:45 - Ida: text\n";
    const Listed file{"a.txt", chat, 0};
    EXPECT_EQ(import_text(with_directory(stored("a.txt", chat), {file, file, file})).report.count, 1U);
}

TEST(ZipReader, RefusesWhatLiesOutsideOfTheFile) {
    const auto read = [](const std::string& zip) {
        return refusal([&] {
            for (const ImportFile& file : files_of(zip)) text_of(file);
        });
    };
    const std::string text(10'000, 'a'), front = stored("a.txt", text).substr(0, 50);
    EXPECT_NE(read(with_directory(front, {{"a.txt", text, 0}})).find("damaged"), std::string::npos);
    EXPECT_NE(read(with_directory(front, {{"a.txt", text, 20'000}})).find("damaged"), std::string::npos);
}

TEST(ZipReader, RefusesABombInManyFiles) {
    std::vector<ZipEntry> entries;
    for (int i = 0; i < 40; ++i)
        entries.push_back({.name = std::to_string(i) + ".txt", .text = std::string(1 << 20, 'a'), .times = 1});
    const std::string zip = make_zip(entries);
    EXPECT_NE(refusal([&] { files_of(zip); }).find("expands"), std::string::npos);
    std::string front(600 << 10, '\0');  // to its end no file is read: there libarchive finds that the size is wrong
    int read = 0;
    const std::string lie = refusal([&] {
        for (const ImportFile& file : files_of(understated(zip)))
            read += file.open()->read(front.data(), std::ssize(front)) ? 1 : 0;
    });
    EXPECT_NE(lie.find("expands"), std::string::npos) << lie;
    EXPECT_GT(read, 20);
    EXPECT_LT(read, 35);
}

TEST(ZipReader, ReadsManyChatsThatRepeatThemselves) {
    std::string chat;
    for (int i = 0; chat.size() < 1 << 20; ++i)
        chat += "31.12.23, " + std::to_string(10 + i / 60 % 14) + ":" + std::to_string(10 + i % 50) + " - Ida: ok\n";
    std::vector<ZipEntry> entries;
    for (int i = 0; i < 40; ++i) entries.push_back({std::to_string(i) + ".txt", chat});
    const auto files = files_of(make_zip(entries));
    for (int pass = 0; pass < 2; ++pass)  // counted once, however often it is read
        for (const ImportFile& file : files) EXPECT_EQ(text_of(file).size(), chat.size());
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

TEST(ZipReader, NamesFilesOfOtherFormats) {
    const std::string chat = "31.12.23, 21:45 - Ida: text\n";
    const std::string zip = make_zip({{"note.md", "note"}, {"chat.txt", chat}, {"a.jpg", "\xFF\xD8"}, {"x.md", "x"}});
    const Imported both = import_text(zip);
    EXPECT_EQ(contents(both), Texts{"text"});
    EXPECT_EQ(both.report.files, 1U);
    ASSERT_EQ(both.report.problems.size(), 2U);
    EXPECT_EQ(both.report.problems[0].file, "note.md");
    EXPECT_EQ(both.report.problems[1].file, "x.md");
    EXPECT_NE(both.report.problems[0].reason.find("'markdown'"), std::string::npos);
    EXPECT_NE(both.report.problems[0].remedy.find("by itself"), std::string::npos);
    const Imported notes = import_text(zip, {.format = "markdown"});
    EXPECT_EQ(contents(notes), (Texts{"note", "x"}));
    EXPECT_EQ(notes.report.problem_count, 0U);
}

TEST(ZipReader, ReadsEachChatByItsOwnOrderOfDates) {
    const std::string day_first = "31.12.23, 21:45 - Ida: text\n", month_first = "12/30/23, 9:45 PM - Bo: text\n",
                      doubtful = "3/4/24, 9:45 PM - Edda: text\n";
    const Imported sure = import_text(make_zip({{"a.txt", day_first}, {"b.txt", month_first}}));
    EXPECT_EQ(time_of(sure.messages.at(0)), "2023-12-31T21:45:00.000Z");
    EXPECT_EQ(time_of(sure.messages.at(1)), "2023-12-30T21:45:00.000Z");
    EXPECT_EQ(sure.report.date_order, "D/M/Y");
    EXPECT_TRUE(sure.report.date_order_certain);
    const Imported unsure = import_text(make_zip({{"a.txt", day_first}, {"b.txt", doubtful}, {"c.txt", day_first}}));
    EXPECT_EQ(unsure.report.date_order, "M/D/Y");
    EXPECT_FALSE(unsure.report.date_order_certain);
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
