#include "modules/integration/exported_synonyms.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::integration {
namespace {

constexpr std::string_view kFile = "synonyms.json";
constexpr std::streamsize kBytesMax = 2 << 20;  // 200 families of 20 words of 50 characters are far less

base::Error not_as_exported() {
    return {base::Code::kInvalid,
            "synonyms.json is not as an export of engram has it. Take it out of the archive, or export again."};
}

std::vector<std::string> words_of(const boost::json::value& family) {
    if (!family.is_array()) throw not_as_exported();
    std::vector<std::string> words;
    for (const auto& word : family.get_array()) {
        if (!word.is_string()) throw not_as_exported();
        words.emplace_back(word.get_string());
    }
    return words;
}

boost::json::value parse(std::string_view json) {
    try {
        return base::parse_json(json, {.depth_max = 3, .values_max = 10'000});
    } catch (const base::Error& error) {
        throw base::Error(base::Code::kInvalid, not_as_exported().safe(), error.safe());
    }
}

}  // namespace

memory::WordFamilies parse_synonyms(std::string_view json) {
    const boost::json::value parsed = parse(json);
    const auto* families = parsed.is_object() ? parsed.get_object().if_contains("families") : nullptr;
    if (families == nullptr || !families->is_array()) throw not_as_exported();
    memory::WordFamilies all;
    for (const auto& family : families->get_array()) all.push_back(words_of(family));
    return all;
}

memory::WordFamilies exported_synonyms(const std::vector<ImportFile>& files) {
    const auto file = std::ranges::find(files, kFile, &ImportFile::name);
    if (file == files.end()) return {};
    std::string json(static_cast<std::size_t>(kBytesMax) + 1, '\0');
    const auto in = file->open();
    in->read(json.data(), static_cast<std::streamsize>(json.size()));
    if (in->gcount() > kBytesMax) throw not_as_exported();
    json.resize(static_cast<std::size_t>(in->gcount()));
    return parse_synonyms(json);
}

}  // namespace engram::integration
