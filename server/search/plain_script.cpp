#include "search/plain_script.hpp"

#include "search/characters.hpp"

namespace engram::search {
namespace {

constexpr UChar32 kDropped = 0;
constexpr UChar32 kAnusvara = 0x0902;
constexpr UChar32 kVirama = 0x094d;

// Lead bytes of U+0600 to U+06FF and U+08C0 to U+097F.
bool may_hold_such_a_script(std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]), next = static_cast<unsigned char>(text[i + 1]);
        if ((lead >= 0xd8 && lead <= 0xdb) || (lead == 0xe0 && next >= 0xa3 && next <= 0xa5)) return true;
    }
    return false;
}

bool is_arabic_mark(UChar32 c) {
    return (c >= 0x0610 && c <= 0x061a) || c == 0x0640 || (c >= 0x064b && c <= 0x065f) || c == 0x0670 ||
           (c >= 0x06d6 && c <= 0x06dc) || (c >= 0x06df && c <= 0x06e8) || (c >= 0x06ea && c <= 0x06ed) ||
           (c >= 0x08ca && c <= 0x08ff && c != 0x08e2);
}

UChar32 plain_arabic(UChar32 c) {
    if (is_arabic_mark(c)) return kDropped;
    switch (c) {
        case 0x0622:
        case 0x0623:
        case 0x0625:
        case 0x0671:
            return 0x0627;
        case 0x0629:
        case 0x06c0:
        case 0x06c1:
        case 0x06c2:
        case 0x06c3:
            return 0x0647;
        case 0x0649:
        case 0x06cc:
        case 0x06d2:
        case 0x06d3:
            return 0x064a;
        case 0x06a9:
        case 0x06aa:
            return 0x0643;
        default:
            return c;
    }
}

// NFKC leaves the other letters with a nukta in two parts, the nukta by itself.
UChar32 plain_devanagari(UChar32 c) {
    switch (c) {
        case 0x0901:
            return kAnusvara;
        case 0x093c:
            return kDropped;
        case 0x0929:
            return 0x0928;
        case 0x0931:
            return 0x0930;
        case 0x0934:
            return 0x0933;
        default:
            return c;
    }
}

// Whether the nasal is written as anusvara where it comes first in a pair with `next`.
bool is_bound(UChar32 nasal, UChar32 next) {
    switch (nasal) {
        case 0x0919:
            return next >= 0x0915 && next <= 0x0919;
        case 0x091e:
            return next >= 0x091a && next <= 0x091e;
        case 0x0923:
            return next >= 0x091f && next <= 0x0923;
        case 0x0928:
            return true;
        case 0x092e:
            return next >= 0x092a && next <= 0x092e;
        default:
            return false;
    }
}

std::u32string decode(std::string_view text) {
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();) {
        const UChar32 c = plain_devanagari(plain_arabic(next_character(text, text.size(), at)));
        if (c != kDropped) characters.push_back(static_cast<char32_t>(c));
    }
    return characters;
}

}  // namespace

std::string spell_script_plainly(std::string_view lower) {
    if (!may_hold_such_a_script(lower)) return std::string(lower);
    const std::u32string characters = decode(lower);
    std::string out;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto at = [&](std::size_t place) {
            return place < characters.size() ? static_cast<UChar32>(characters[place]) : UChar32{0};
        };
        const bool nasal = at(i + 1) == kVirama && is_bound(at(i), at(i + 2));
        append_utf8(out, nasal ? kAnusvara : at(i));
        i += nasal ? 1 : 0;
    }
    return out;
}

UChar32 shorten_vowel(UChar32 c) {
    switch (c) {
        case kVirama:
            return kDropped;
        case 0x0906:
        case 0x0972:
            return 0x0905;
        case 0x0908:
            return 0x0907;
        case 0x090a:
            return 0x0909;
        case 0x090d:
        case 0x090e:
        case 0x0910:
            return 0x090f;
        case 0x0911:
        case 0x0912:
        case 0x0914:
            return 0x0913;
        case 0x0940:
            return 0x093f;
        case 0x0942:
            return 0x0941;
        case 0x0944:
            return 0x0943;
        case 0x0945:
        case 0x0946:
        case 0x0948:
            return 0x0947;
        case 0x0949:
        case 0x094a:
        case 0x094c:
            return 0x094b;
        case 0x0960:
            return 0x090b;
        case 0x0961:
            return 0x090c;
        case 0x0963:
            return 0x0962;
        default:
            return c;
    }
}

}  // namespace engram::search
