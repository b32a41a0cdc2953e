#include "modules/memory/synonyms.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/memory/memory_row.hpp"

namespace engram::memory {
namespace {

constexpr std::size_t kErrorsMax = 100;

void check_family(const std::vector<std::string>& family, const std::string& place, base::Error& error) {
    if (family.size() < kFamilyWordsMin || family.size() > kFamilyWordsMax)
        error.fields.push_back({place, family.size() < kFamilyWordsMin ? "too_few" : "too_many",
                                "must have 2 to 20 words; it has " + base::grouped(family.size())});
    for (std::size_t i = 0; i < family.size() && error.fields.size() < kErrorsMax; ++i) {
        const std::string word_place = place + "[" + std::to_string(i) + "]";
        const std::size_t length = base::count_code_points(family[i]);
        if (length == 0) error.fields.push_back({word_place, "too_short", "must not be empty"});
        if (length > kFamilyWordMax)
            error.fields.push_back(
                {word_place, "too_long", "must be at most 50 characters long; it has " + base::grouped(length)});
        if (family[i].find_first_of(" \t\r\n") != std::string::npos)
            error.fields.push_back({word_place, "pattern", "must be one word"});
    }
}

}  // namespace

WordFamilies with_common_synonyms(WordFamilies own) {
    WordFamilies all{{"mom", "mother", "mama"},
                     {"dad", "father", "papa"},
                     {"work", "job", "office"},
                     {"home", "house", "residence"}};
    for (std::vector<std::string>& family : own) all.push_back(std::move(family));
    return all;
}

void tidy_up(WordFamilies& families) {
    base::Error error(base::Code::kInvalid, "The synonyms are not valid; nothing was stored.");
    if (families.size() > kFamiliesMax)
        error.fields.push_back({"families", "too_many", "must have at most 200 families"});
    for (std::size_t i = 0; i < families.size() && error.fields.size() < kErrorsMax; ++i) {
        for (std::string& word : families[i]) word = base::trim(word);
        check_family(families[i], "families[" + std::to_string(i) + "]", error);
    }
    if (!error.fields.empty()) throw error;
}

WordFamilies with_more(WordFamilies own, const WordFamilies& more) {
    for (std::vector<std::string> family : more) {
        for (std::string& word : family) word = base::trim(word);
        base::Error error(base::Code::kInvalid, "");
        check_family(family, "", error);
        const bool is_there = std::ranges::find(own, family) != own.end();
        if (error.fields.empty() && !is_there && own.size() < kFamiliesMax) own.push_back(std::move(family));
    }
    return own;
}

std::string json_of(const WordFamilies& families) {
    std::string json = "[";
    for (const std::vector<std::string>& family : families)
        (json += json.size() > 1 ? "," : "") += json_of_texts(family);
    return json += ']';
}

}  // namespace engram::memory
