#include "bench/quality.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string_view>
#include <unordered_map>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::bench {

namespace {

constexpr std::size_t kGains = 10;

std::string_view text_of(const boost::json::value& object, const char* name) { return object.at(name).as_string(); }

Conversation conversation_of(const boost::json::value& read) {
    Conversation made{.name = std::string(text_of(read, "name"))};
    std::unordered_map<std::string_view, std::size_t> places;
    for (const auto& memory : read.at("memories").as_array()) {
        const auto time = base::parse_rfc3339(text_of(memory, "created_at"));
        if (!time) throw base::Error(base::Code::kMalformed, "A memory of '" + made.name + "' has no time.");
        places.emplace(text_of(memory, "id"), made.memories.size());
        Remembered& one = made.memories.emplace_back(std::string(text_of(memory, "content")), *time);
        if (const auto* author = memory.as_object().if_contains("author")) one.author = author->as_string();
        if (const auto* tags = memory.as_object().if_contains("tags"))
            for (const auto& tag : tags->as_array()) one.tags.emplace_back(tag.as_string());
        made.now = std::max(made.now, *time);
    }
    if (const auto* now = read.as_object().if_contains("now"))
        made.now = base::parse_rfc3339(now->as_string()).value_or(made.now);
    for (const auto& query : read.at("queries").as_array()) {
        Question question{std::string(text_of(query, "query")), {}, {}};
        if (const auto* kind = query.as_object().if_contains("kind")) question.kind = kind->as_string();
        for (const auto& id : query.at("relevant").as_array())
            if (const auto place = places.find(id.as_string()); place != places.end())
                question.evidence.insert(place->second);
        if (!question.evidence.empty()) made.questions.push_back(std::move(question));
    }
    return made;
}

// What `more` has, behind what is there.
void append(Conversation& made, const Conversation& more, const char* kind) {
    const std::size_t before = made.memories.size();
    made.memories.insert(made.memories.end(), more.memories.begin(), more.memories.end());
    made.now = std::max(made.now, more.now);
    for (const Question& question : more.questions) {
        Question& moved = made.questions.emplace_back(Question{question.text, {}, kind});
        for (const std::size_t place : question.evidence) moved.evidence.insert(before + place);
    }
}

double gain_at(std::size_t place) { return 1 / std::log2(static_cast<double>(place) + 2); }

}  // namespace

std::vector<Conversation> read_conversations(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!(text << in.rdbuf())) throw base::Error(base::Code::kNotFound, "'" + file.string() + "' cannot be read.");
    const boost::json::value read = base::parse_json(text.str(), {.values_max = 10'000'000});
    std::vector<Conversation> conversations;
    const char* name = read.as_object().contains("collections") ? "collections" : "conversations";
    for (const auto& one : read.at(name).as_array()) conversations.push_back(conversation_of(one));
    return conversations;
}

std::vector<Conversation> put_together(const std::vector<Conversation>& chats, const std::vector<Conversation>& notes) {
    std::vector<Conversation> all;
    for (const Conversation& note : notes) {
        for (const Conversation& chat : chats) {
            Conversation& made = all.emplace_back(Conversation{.name = note.name + " + " + chat.name});
            append(made, note, "to the notes");
            append(made, chat, "to the chat");
        }
    }
    return all;
}

void Quality::add(const Question& question, const std::vector<std::size_t>& found) {
    double gains = 0, best_gains = 0, first = 0;
    std::size_t in_5 = 0, in_10 = 0;
    for (std::size_t place = 0; place < std::min(found.size(), kFound); ++place) {
        if (!question.evidence.contains(found[place])) continue;
        if (first == 0) first = 1 / static_cast<double>(place + 1);
        if (place < 5) ++in_5;
        if (place >= kGains) continue;
        ++in_10;
        gains += gain_at(place);
    }
    for (std::size_t place = 0; place < std::min(question.evidence.size(), kGains); ++place)
        best_gains += gain_at(place);
    const auto evidence = static_cast<double>(question.evidence.size());
    ++questions_;
    recall_5_ += static_cast<double>(in_5) / evidence;
    recall_10_ += static_cast<double>(in_10) / evidence;
    ndcg_10_ += gains / best_gains;
    reciprocal_rank_ += first;
}

void Quality::add(const Quality& other) {
    questions_ += other.questions_;
    recall_5_ += other.recall_5_;
    recall_10_ += other.recall_10_;
    ndcg_10_ += other.ndcg_10_;
    reciprocal_rank_ += other.reciprocal_rank_;
}

}  // namespace engram::bench
