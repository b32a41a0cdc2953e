#include "search/lexicon.hpp"

#include <algorithm>
#include <bit>

#include "base/text.hpp"
#include "search/similar.hpp"

namespace engram::search {
namespace {

constexpr std::size_t kBlockMax = 256;

std::uint64_t front_of(std::string_view text) {
    std::uint64_t front = 0;
    for (std::size_t i = 0; i < 8; ++i)
        front = front << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    return front;
}

}  // namespace

Lexicon::Lexicon(std::pmr::memory_resource* memory) : texts_(memory), shapes_(memory), blocks_(memory) {}

Spelling Lexicon::intern(std::string_view folded) {
    const Spelling spelling = texts_.intern(folded);
    if (spelling < shapes_.size()) return spelling;
    shapes_.push_back({letter_bits(folded), static_cast<std::uint32_t>(base::count_code_points(folded))});
    insert_key(folded, spelling);
    return spelling;
}

void Lexicon::insert_key(std::string_view folded, Spelling spelling) {
    const std::uint64_t front = front_of(folded);
    if (blocks_.empty()) blocks_.emplace_back();
    const std::size_t at = block_for(front, folded);
    Block& block = blocks_[at];
    const auto place =
        std::partition_point(block.begin(), block.end(), [&](const Key& key) { return is_before(key, front, folded); });
    block.insert(place, {front, spelling});
    if (block.size() < kBlockMax) return;
    const auto middle = block.begin() + kBlockMax / 2;
    Block upper(middle, block.end(), block.get_allocator());
    block.erase(middle, block.end());
    blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(upper));
}

bool Lexicon::is_before(const Key& key, std::uint64_t front, std::string_view text) const {
    return key.front != front ? key.front < front : this->text(key.spelling) < text;
}

// The last block that begins before the text, else the first.
std::size_t Lexicon::block_for(std::uint64_t front, std::string_view text) const {
    const auto after = std::partition_point(blocks_.begin(), blocks_.end(), [&](const Block& block) {
        return !block.empty() && is_before(block.front(), front, text);
    });
    return after == blocks_.begin() ? 0 : static_cast<std::size_t>(after - blocks_.begin() - 1);
}

void Lexicon::tell_beginning_with(std::string_view beginning, const Tell& tell) const {
    const std::uint64_t front = front_of(beginning);
    for (std::size_t at = block_for(front, beginning); at < blocks_.size(); ++at) {
        const Block& block = blocks_[at];
        auto key = std::partition_point(block.begin(), block.end(),
                                        [&](const Key& one) { return is_before(one, front, beginning); });
        for (; key != block.end(); ++key)
            if (!text(key->spelling).starts_with(beginning) || !tell(key->spelling)) return;
    }
}

// A word whose letters or length differ too much is ruled out by a look at its row; few are left to be compared.
void Lexicon::tell_similar(std::string_view folded, int distance_max, const TellDistance& tell) const {
    const std::uint64_t letters = letter_bits(folded);
    const auto length = static_cast<int>(base::count_code_points(folded));
    Characters wanted, held;
    read_characters(folded, wanted);
    for (Spelling spelling = 0; spelling < shapes_.size(); ++spelling) {
        const Shape& shape = shapes_[spelling];
        if (std::popcount(shape.letters ^ letters) > 2 * distance_max) continue;
        if (std::abs(static_cast<int>(shape.length) - length) > distance_max) continue;
        read_characters(text(spelling), held);
        const int distance = edit_distance(wanted, held, distance_max);
        if (distance > 0 && distance <= distance_max) tell(spelling, distance);
    }
}

}  // namespace engram::search
