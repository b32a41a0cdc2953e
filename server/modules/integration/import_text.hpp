// Texts of imports: taking long ones apart, and the invisible marks that chat programs put into theirs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace engram::integration {

// The front of `text` (well-formed UTF-8) that has at most `code_points_max` and ends well: between paragraphs, else
// lines, else words, else anywhere. Never empty for a text that is not.
std::string_view front_piece(std::string_view text, std::size_t code_points_max);

// Without spaces, line ends and marks of direction at both ends.
std::string_view trim_marks(std::string_view text);

// How many bytes a mark of direction or zero width (U+200E, U+200F, U+202A-E, U+2066-9, U+FEFF) at the front takes; 0:
// there is none.
std::size_t mark_length(std::string_view text);

// The same of a space of any width, U+0020 included; not of a line end.
std::size_t space_length(std::string_view text);

// Without the mark of UTF-8 at its front.
std::string_view without_byte_order_mark(std::string_view text);

// By its byte order mark.
bool is_utf16(std::string_view bytes);

// Takes out NUL; replaces ill-formed UTF-8 by U+FFFD. True where it had to.
bool repair_text(std::string& text);

}  // namespace engram::integration
