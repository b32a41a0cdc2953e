#include "modules/integration/import_text.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace engram::integration {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool in_third_byte(std::string_view text, std::string_view front, unsigned char low, unsigned char high) {
    if (text.size() < 3 || !text.starts_with(front)) return false;
    const auto third = static_cast<unsigned char>(text[2]);
    return third >= low && third <= high;
}

// Where the last `border` within `text` ends, unless that leaves a piece of less than half.
std::size_t last_border(std::string_view text, std::string_view border) {
    const std::size_t found = text.rfind(border);
    return found == std::string_view::npos || found < text.size() / 2 ? 0 : found + border.size();
}

// The length of the well-formed sequence at the front; 0 where there is none.
std::size_t sequence_length(std::string_view text) {
    for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length) {
        if (base::is_utf8(text.substr(0, length))) return length;
    }
    return 0;
}

}  // namespace

std::string_view front_piece(std::string_view text, std::size_t code_points_max) {
    const std::string_view piece = base::cut_code_points(text, code_points_max);
    if (piece.size() == text.size()) return piece;
    for (const std::string_view border : {"\n\n", "\n", ". ", " "}) {
        if (const std::size_t end = last_border(piece, border)) return piece.substr(0, end);
    }
    return piece;
}

std::size_t mark_length(std::string_view text) {
    return in_third_byte(text, "\xE2\x80", 0x8E, 0x8F) || in_third_byte(text, "\xE2\x80", 0xAA, 0xAE) ||
                   in_third_byte(text, "\xE2\x81", 0xA6, 0xA9) || text.starts_with(kByteOrderMark)
               ? 3
               : 0;
}

std::size_t space_length(std::string_view text) {
    if (text.starts_with(' ') || text.starts_with('\t')) return 1;
    if (text.starts_with("\xC2\xA0")) return 2;
    return in_third_byte(text, "\xE2\x80", 0x80, 0x8A) || in_third_byte(text, "\xE2\x80", 0xAF, 0xAF) ? 3 : 0;
}

std::string_view trim_marks(std::string_view text) {
    for (;;) {
        const std::string_view before = text;
        text = base::trim(text);
        text.remove_prefix(std::max(mark_length(text), space_length(text)));
        for (const std::size_t length : {2U, 3U}) {
            if (text.size() < length) continue;
            const std::string_view tail = text.substr(text.size() - length);
            if (std::max(mark_length(tail), space_length(tail)) == length) text.remove_suffix(length);
        }
        if (text.size() == before.size()) return text;
    }
}

std::string_view without_byte_order_mark(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    return text;
}

bool is_utf16(std::string_view bytes) { return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"); }

bool repair_text(std::string& text) {
    if (text.find('\0') == std::string::npos && base::is_utf8(text)) return false;
    std::string repaired;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t length = sequence_length(rest);
        if (length == 0) repaired += kReplacement;
        if (length > 0 && rest[0] != '\0') repaired += rest.substr(0, length);
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    text = std::move(repaired);
    return true;
}

}  // namespace engram::integration
