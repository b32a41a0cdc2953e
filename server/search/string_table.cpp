#include "search/string_table.hpp"

#include <functional>

namespace engram::search {

namespace {
constexpr std::size_t kSlotsMin = 16;
}

StringTable::StringTable(std::pmr::memory_resource* memory) : pool_(memory), ends_(memory), slots_(memory) {}

std::string_view StringTable::text(std::uint32_t number) const {
    const std::uint32_t begin = number == 0 ? 0 : ends_[number - 1];
    return {pool_.data() + begin, ends_[number] - begin};
}

// The slot that holds `text`, or the free one where it would go.
std::size_t StringTable::slot_of(std::string_view wanted) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(wanted)&mask;
    while (slots_[slot] != 0 && text(slots_[slot] - 1) != wanted) slot = (slot + 1) & mask;
    return slot;
}

std::optional<std::uint32_t> StringTable::find(std::string_view wanted) const {
    if (slots_.empty()) return std::nullopt;
    const std::uint32_t held = slots_[slot_of(wanted)];
    return held == 0 ? std::nullopt : std::optional(held - 1);
}

std::uint32_t StringTable::intern(std::string_view wanted) {
    if ((size() + 1) * 3 > slots_.size() * 2) grow();
    const std::size_t slot = slot_of(wanted);
    if (slots_[slot] != 0) return slots_[slot] - 1;
    pool_.insert(pool_.end(), wanted.begin(), wanted.end());
    ends_.push_back(static_cast<std::uint32_t>(pool_.size()));
    slots_[slot] = static_cast<std::uint32_t>(size());
    return static_cast<std::uint32_t>(size() - 1);
}

void StringTable::grow() {
    const std::size_t wider = slots_.empty() ? kSlotsMin : slots_.size() * 2;
    slots_.assign(wider, 0);
    for (std::uint32_t number = 0; number < size(); ++number) slots_[slot_of(text(number))] = number + 1;
}

}  // namespace engram::search
