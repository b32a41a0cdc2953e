#include "search/characters.hpp"

#include <array>

namespace engram::search {

void append_utf8(std::string& out, UChar32 c) {
    std::array<std::uint8_t, 4> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, c);
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

bool is_apostrophe(UChar32 c) {
    switch (c) {
        case '\'':
        case '`':
        case 0x00b4:
        case 0x02bb:
        case 0x02bc:
        case 0x2018:
        case 0x2019:
        case 0x201b:
        case 0x2032:
        case 0xff07:
            return true;
        default:
            return false;
    }
}

}  // namespace engram::search
