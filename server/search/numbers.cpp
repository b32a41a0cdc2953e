#include "search/numbers.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr std::string_view kMarks = ",.'";

// "1,000.50": groups 1, 000, 50 with the marks , and . between.
struct Number {
    std::vector<std::string_view> groups;
    std::string marks;
    std::size_t end = 0;  // of it in the word
};

Number read_number(std::string_view word) {
    Number number;
    std::size_t begin = 0, at = 0;
    while (at < word.size() && is_digit(word[at])) {
        while (at < word.size() && is_digit(word[at])) ++at;
        number.groups.push_back(word.substr(begin, at - begin));
        number.end = at;
        if (at + 1 >= word.size() || kMarks.find(word[at]) == std::string_view::npos || !is_digit(word[at + 1])) break;
        number.marks.push_back(word[at]);
        begin = ++at;
    }
    return number;
}

bool is_byte(std::string_view group) {
    return group.size() <= 3 && (group.size() == 1 || group[0] != '0') && (group.size() < 3 || group <= "255");
}

// The front of groups that one mark parts into thousands.
std::size_t count_thousands(const Number& number) {
    const auto& groups = number.groups;
    if (groups[0].size() > 3 || groups[0][0] == '0') return 1;
    std::size_t count = 1;
    while (count < groups.size() && groups[count].size() == 3 && number.marks[count - 1] == number.marks[0]) ++count;
    return count;
}

bool looks_like_an_address(const Number& number) {
    return number.groups.size() > 2 && std::all_of(number.groups.begin(), number.groups.end(), is_byte) &&
           number.marks.find_first_not_of('.') == std::string::npos;
}

std::string join(const Number& number, std::size_t count) {
    std::string joined;
    for (std::size_t i = 0; i < count; ++i) joined += number.groups[i];
    return joined;
}

}  // namespace

void spell_number_plainly(std::string& word) {
    if (word.empty() || !is_digit(word[0]) || word.find_first_of(kMarks) == std::string::npos) return;
    const Number number = read_number(word);
    const std::size_t count = number.groups.size();
    if (count < 2 || looks_like_an_address(number)) return;
    const std::size_t thousands = count_thousands(number);
    const bool decimals = thousands + 1 == count && number.marks.back() != '\'' &&
                          (thousands == 1 || number.marks.back() != number.marks[0]);
    if (thousands < count && !decimals) return;
    std::string plain = join(number, thousands);
    if (decimals) plain.append(".").append(number.groups.back());
    word.replace(0, number.end, plain);
}

}  // namespace engram::search
