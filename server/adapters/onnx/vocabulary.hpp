// The words and parts of words that a model of the BERT family knows, each with its number: WordPiece as written in a
// tokenizer.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engram::onnx {

// Never changes: any thread.
class Vocabulary {
public:
    // Throws kMalformed for what is no JSON, kInvalid for a tokenizer of another kind than "uncased BERT": WordPiece
    // with
    // "##", lower case, accents stripped, words of up to 100 characters.
    explicit Vocabulary(std::string_view tokenizer_json);
    Vocabulary(const Vocabulary&) = delete;
    Vocabulary& operator=(const Vocabulary&) = delete;

    struct Piece {
        std::int64_t id;
        std::size_t bytes;  // of the text that it stands for
    };

    // The longest piece that `text` begins with: of the pieces that begin a word, or of those that go on with one.
    std::optional<Piece> longest_front(std::string_view text, bool begins_word) const;

    std::int64_t begin_id() const { return begin_id_; }      // [CLS]
    std::int64_t end_id() const { return end_id_; }          // [SEP]
    std::int64_t unknown_id() const { return unknown_id_; }  // [UNK]

private:
    struct Entry {
        std::string_view text;  // into texts_
        std::int64_t id;
    };
    struct Table {
        std::vector<Entry> entries;  // sorted
        std::size_t bytes_max = 0;
        const Entry* find(std::string_view text) const;
        void add(Entry entry);
    };

    std::int64_t id_of(std::string_view word) const;

    std::string texts_;
    Table begins_, goes_on_;
    std::int64_t begin_id_ = 0, end_id_ = 0, unknown_id_ = 0;
};

}  // namespace engram::onnx
