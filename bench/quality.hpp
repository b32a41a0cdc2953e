// How good a ranking is, by questions of which one knows the memories that answer them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace engram::bench {

struct Remembered {
    std::string content;  // in a conversation with the name of who said it in front
    base::Time created_at{};
    std::string author;  // may be empty
    std::vector<std::string> tags;
};

struct Question {
    std::string text;
    std::set<std::size_t> evidence;  // places in Conversation::memories
    std::string kind;                // "paraphrase"; may be empty
};

struct Conversation {
    std::string name;
    base::Time now{};  // when the questions are asked
    std::vector<Remembered> memories;
    std::vector<Question> questions;
};

// {"conversations": [{"name", "now"?, "memories": [{"id", "content", "created_at", "author"?, "tags"?}], "queries":
// [{"query", "relevant": [id], "kind"?}]}]}, as LoCoMo (github.com/snap-research/locomo) is turned into; "collections"
// do as well. Throws base::Error where it cannot be read.
std::vector<Conversation> read_conversations(const std::filesystem::path& file);

// Accounts that have one of each, as people have chats and notes: each of `chats` with each of `notes`. The kind of a
// question tells to which it is put.
std::vector<Conversation> put_together(const std::vector<Conversation>& chats, const std::vector<Conversation>& notes);

// Means over questions, each counting the same.
class Quality {
public:
    static constexpr std::size_t kFound = 100;  // of which the reciprocal rank is taken

    void add(const Question& question, const std::vector<std::size_t>& found);  // best first
    void add(const Quality& other);

    std::size_t questions() const { return questions_; }
    double recall_5() const { return mean(recall_5_); }    // share of the evidence that is among the first 5
    double recall_10() const { return mean(recall_10_); }  // and 10
    double ndcg_10() const { return mean(ndcg_10_); }      // discounted cumulative gain, share of the best possible
    double reciprocal_rank() const { return mean(reciprocal_rank_); }  // of the first evidence

private:
    double mean(double sum) const { return questions_ == 0 ? 0 : sum / static_cast<double>(questions_); }

    std::size_t questions_ = 0;
    double recall_5_ = 0, recall_10_ = 0, ndcg_10_ = 0, reciprocal_rank_ = 0;
};

}  // namespace engram::bench
