// Any bytes as a query: nothing throws, nothing is longer than what was typed, filters that are told read the same when
// they are typed, plain words stay plain, and hints are pieces of them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "modules/memory/query_language.hpp"

namespace {

using namespace engram;

void require(bool holds) {
    if (!holds) std::abort();
}

memory::Wall wall() { return {base::Time(std::chrono::days(19'812)), base::TimeZone()}; }

void check_filters(const memory::ParsedQuery& query) {
    std::string told;
    for (const std::string& filter : query.filters) {
        for (const char c : filter)
            if (c == '"' || static_cast<unsigned char>(c) >= 0x80) return;  // a value may have quotes of its own
        told += filter + " ";
    }
    if (told.size() > memory::kQueryMax) return;
    const memory::ParsedQuery again = memory::parse_query(told, wall);
    require(again.filter.marks == query.filter.marks && again.filter.without == query.filter.without);
    require(again.filter.from == query.filter.from && again.filter.to == query.filter.to);
}

void check_hints(const memory::ParsedQuery& query) {
    std::size_t last = 0;
    for (const memory::QueryHint& hint : query.hints) {
        require(last <= hint.begin && hint.begin < hint.end && hint.end <= query.text.size());
        require(query.text.compare(hint.begin, hint.end - hint.begin, hint.text) == 0 && !hint.means.empty());
        require(!hint.date || hint.date->days.from < hint.date->days.to);
        require(!hint.from || !hint.to || *hint.from < *hint.to);
        last = hint.end;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    memory::ParsedQuery query = memory::parse_query(text, wall);
    memory::find_hints(query, wall);
    std::size_t length = query.text.size();
    for (const auto* texts : {&query.phrases, &query.excluded})
        for (const std::string& each : *texts) {
            require(!each.empty());
            length += each.size();
        }
    for (const memory::Dropped& dropped : query.not_understood) {
        require(!dropped.text.empty() && !dropped.reason.empty());
        length += dropped.text.size();
    }
    require(length <= size);
    require(!query.open_end || !query.text.empty());
    check_filters(query);
    check_hints(query);
    return 0;
}
