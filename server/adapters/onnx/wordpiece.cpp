#include "adapters/onnx/wordpiece.hpp"

#include <string>
#include <utility>

#include "adapters/onnx/bert_characters.hpp"

namespace engram::onnx {
namespace {

constexpr std::size_t kWordCharactersMax = 100;  // a longer word is [UNK]

class Encoder {
public:
    Encoder(const Vocabulary& vocabulary, std::size_t tokens_max)
        : vocabulary_(vocabulary), tokens_max_(tokens_max - 1), ids_{vocabulary.begin_id()} {}

    void add(CodePoint c) {
        switch (kind_of(c)) {
            case CharacterKind::kMark:
            case CharacterKind::kControl:
                return;
            case CharacterKind::kSpace:
                return end_word();
            case CharacterKind::kIdeograph:
                end_word();
                add_parts(c);
                return end_word();
            case CharacterKind::kPart:
            case CharacterKind::kPunctuation:
                return add_parts(c);
        }
    }

    bool full() const { return ids_.size() >= tokens_max_; }

    std::vector<std::int64_t> finish() {
        end_word();
        if (ids_.size() > tokens_max_) ids_.resize(tokens_max_);
        ids_.push_back(vocabulary_.end_id());
        return std::move(ids_);
    }

private:
    void add_parts(CodePoint c) {
        if (c < 0x80) return add_part(c);
        parts_.clear();
        append_apart(c, parts_);
        for (const char32_t part : parts_) add_part(static_cast<CodePoint>(part));
    }

    // A part may be of another kind than what it was part of.
    void add_part(CodePoint part) {
        const CharacterKind kind = kind_of(part);
        if (kind == CharacterKind::kMark) return;
        if (kind == CharacterKind::kSpace) return end_word();
        if (kind == CharacterKind::kPunctuation) end_word();
        if (++characters_ <= kWordCharactersMax) append_utf8(word_, to_lower(part));
        if (kind == CharacterKind::kPunctuation) end_word();
    }

    void end_word() {
        if (characters_ > 0) add_word();
        word_.clear();
        characters_ = 0;
    }

    void add_word() {
        const std::size_t before = ids_.size();
        std::string_view rest = characters_ <= kWordCharactersMax ? std::string_view(word_) : std::string_view{};
        bool known = !rest.empty();
        while (known && !rest.empty()) {
            const auto piece = vocabulary_.longest_front(rest, rest.size() == word_.size());
            known = piece.has_value();
            if (!known) break;
            ids_.push_back(piece->id);
            rest.remove_prefix(piece->bytes);
        }
        if (known) return;
        ids_.resize(before);
        ids_.push_back(vocabulary_.unknown_id());
    }

    const Vocabulary& vocabulary_;
    const std::size_t tokens_max_;  // without [SEP]
    std::vector<std::int64_t> ids_;
    std::string word_;
    std::size_t characters_ = 0;  // of the word, those included that it does not keep any more
    std::u32string parts_;
};

}  // namespace

std::vector<std::int64_t> encode(const Vocabulary& vocabulary, std::string_view text, std::size_t tokens_max) {
    Encoder encoder(vocabulary, tokens_max);
    for (std::size_t at = 0; at < text.size() && !encoder.full();) encoder.add(next_character(text, at));
    return encoder.finish();
}

}  // namespace engram::onnx
