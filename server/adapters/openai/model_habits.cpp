#include "adapters/openai/model_habits.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace engram::openai {
namespace {

constexpr std::string_view kTask =
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ";
constexpr std::string_view kSentence = "Represent this sentence for searching relevant passages: ";

struct Habit {
    std::string_view mark, with;  // both are in the name, in lower case, each at the front of a word
    Prefixes prefixes;
};

// By the cards that the models are published with; the first that fits counts.
constexpr std::array<Habit, 8> kHabits{{
    {"nomic-embed", "", {"search_query: ", "search_document: "}},
    {"embeddinggemma", "", {"task: search result | query: ", "title: none | text: "}},
    {"e5", "instruct", {kTask, ""}},
    {"e5", "mistral", {kTask, ""}},
    {"e5", "", {"query: ", "passage: "}},
    {"qwen3-embedding", "", {kTask, ""}},
    {"mxbai-embed", "", {kSentence, ""}},
    {"bge", "en", {kSentence, ""}},
}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// "e5" in "intfloat/e5-small", not in "code5".
bool has_word(std::string_view name, std::string_view word) {
    for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1))
        if (at == 0 || !is_letter(name[at - 1])) return true;
    return false;
}

}  // namespace

Prefixes known_prefixes(std::string_view model) {
    const std::string name = base::to_lower_ascii(model);
    const auto found = std::ranges::find_if(
        kHabits, [&](const Habit& habit) { return has_word(name, habit.mark) && has_word(name, habit.with); });
    return found != kHabits.end() ? found->prefixes : Prefixes{};
}

}  // namespace engram::openai
