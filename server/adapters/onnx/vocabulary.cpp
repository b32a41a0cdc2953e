#include "adapters/onnx/vocabulary.hpp"

#include <algorithm>
#include <boost/json/object.hpp>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::onnx {
namespace {

constexpr std::string_view kGoesOn = "##";
constexpr std::size_t kWordsMax = 1'000'000;

base::Error invalid(const std::string& what) {
    return {base::Code::kInvalid, "This tokenizer.json is of a kind that engram does not read: " + what + "."};
}

const boost::json::value& member(const boost::json::value& value, std::string_view name) {
    const auto* object = value.if_object();
    const auto* found = object == nullptr ? nullptr : object->if_contains(name);
    if (found == nullptr) throw invalid(std::string(name) + " is missing");
    return *found;
}

void expect(const boost::json::value& value, std::string_view name, const boost::json::value& expected) {
    if (member(value, name) == expected) return;
    std::string text;
    base::append_json(text, expected);
    throw invalid(std::string(name) + " is not " + text);
}

// What wordpiece.cpp and bert_characters.cpp do, no more and no less.
void check_kind(const boost::json::value& root) {
    const auto& normalizer = member(root, "normalizer");
    expect(normalizer, "type", "BertNormalizer");
    expect(normalizer, "clean_text", true);
    expect(normalizer, "handle_chinese_chars", true);
    expect(normalizer, "lowercase", true);
    if (member(normalizer, "strip_accents") == false) throw invalid("strip_accents is false");
    expect(member(root, "pre_tokenizer"), "type", "BertPreTokenizer");
    const auto& model = member(root, "model");
    expect(model, "type", "WordPiece");
    expect(model, "unk_token", "[UNK]");
    expect(model, "continuing_subword_prefix", boost::json::string(kGoesOn));
    expect(model, "max_input_chars_per_word", 100);
}

std::size_t bytes_of(const boost::json::object& words) {
    std::size_t bytes = 0;
    for (const auto& word : words) bytes += word.key().size();
    return bytes;
}

}  // namespace

void Vocabulary::Table::add(Entry entry) {
    bytes_max = std::max(bytes_max, entry.text.size());
    entries.push_back(entry);
}

const Vocabulary::Entry* Vocabulary::Table::find(std::string_view text) const {
    const auto found = std::ranges::lower_bound(entries, text, {}, &Entry::text);
    return found != entries.end() && found->text == text ? &*found : nullptr;
}

Vocabulary::Vocabulary(std::string_view tokenizer_json) {
    const boost::json::value root = base::parse_json(tokenizer_json);
    check_kind(root);
    const auto* words = member(member(root, "model"), "vocab").if_object();
    if (words == nullptr || words->size() > kWordsMax) throw invalid("vocab is no object of words");
    texts_.reserve(bytes_of(*words));  // so that no view into it moves
    for (const auto& word : *words) {
        const auto* id = word.value().if_int64();
        if (id == nullptr || *id < 0 || *id >= static_cast<std::int64_t>(words->size()))
            throw invalid("a word of vocab has no number below the count of words");
        const std::string_view key = word.key();
        const std::size_t at = texts_.size();
        texts_ += key;
        const std::string_view text(texts_.data() + at, key.size());
        if (text.starts_with(kGoesOn) && text.size() > kGoesOn.size())
            goes_on_.add({text.substr(kGoesOn.size()), *id});
        else
            begins_.add({text, *id});
    }
    std::ranges::sort(begins_.entries, {}, &Entry::text);
    std::ranges::sort(goes_on_.entries, {}, &Entry::text);
    begin_id_ = id_of("[CLS]");
    end_id_ = id_of("[SEP]");
    unknown_id_ = id_of("[UNK]");
}

std::int64_t Vocabulary::id_of(std::string_view word) const {
    const Entry* found = begins_.find(word);
    if (found == nullptr) throw invalid("vocab has no " + std::string(word));
    return found->id;
}

std::optional<Vocabulary::Piece> Vocabulary::longest_front(std::string_view text, bool begins_word) const {
    const Table& table = begins_word ? begins_ : goes_on_;
    for (std::size_t bytes = std::min(text.size(), table.bytes_max); bytes > 0; --bytes)
        if (const Entry* found = table.find(text.substr(0, bytes))) return Piece{found->id, bytes};
    return std::nullopt;
}

}  // namespace engram::onnx
