#include "modules/memory/list_cursor.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace engram::memory {

std::string write_cursor(const ListPlace& place) {
    base::Bytes bytes;
    const auto time = static_cast<std::uint64_t>(place.created_at.time_since_epoch().count());
    for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(time >> shift));
    bytes.insert(bytes.end(), place.id.bytes.begin(), place.id.bytes.end());
    return base::to_base64url(bytes);
}

ListPlace read_cursor(std::string_view cursor) {
    base::Bytes bytes;
    if (!base::from_base64url(cursor, bytes) || bytes.size() != 24)
        throw base::invalid_field("cursor", "format", "is not a cursor; use the one of the Link header as it is");
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < 8; ++i) time = time << 8 | bytes[i];
    ListPlace place{base::Time(std::chrono::microseconds(static_cast<std::int64_t>(time))), {}};
    std::copy_n(bytes.begin() + 8, 16, place.id.bytes.begin());
    return place;
}

ListPlace newest_place() {
    ListPlace place{base::Time::max(), {}};
    place.id.bytes.fill(0xff);
    return place;
}

}  // namespace engram::memory
