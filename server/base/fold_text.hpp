// Texts as people type them without care.
#pragma once

#include <string>
#include <string_view>

namespace engram::base {

// Case, accents and widths folded, for comparing names: "Ömer ŞAHİN" and "omer sahin" are one. Any bytes. Rules: NFKC
// case folding of Unicode, without combining accents.
std::string fold_text(std::string_view text);

}  // namespace engram::base
