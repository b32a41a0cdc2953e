// A text as a row of words, and what each may say about days, people, tags and classes of memories, in one of twelve
// languages. Pure; any bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engram::memory {

// A bit each, as words of different languages are spelled alike: "mars" is French, no English.
using Languages = std::uint16_t;
inline constexpr Languages kEnglish = 1, kGerman = 2, kFrench = 4, kSpanish = 8, kItalian = 16, kPortuguese = 32,
                           kDutch = 64, kTurkish = 128, kPolish = 256, kRussian = 512, kChinese = 1024,
                           kJapanese = 2048, kAnyLanguage = 4095;

// What a word does in a phrase, and what its value means.
enum class HintRole : std::uint8_t {
    kDay,             // yesterday: how many days from today
    kDayPart,         // evening; 1: night, which reaches into the next day
    kNumber,          // seven
    kDayNumber,       // first, of "the first of May": 1 to 31
    kFew,             // a few
    kUnit,            // week: a CalendarUnit
    kLength,          // half a year, a fortnight: as unit_then() says
    kRelative,        // last: how many of them from this one
    kRelativeBehind,  // "dernier": the same, behind its noun
    kRolling,         // past, of "the past week": until today
    kUnitThen,        // "Vorjahr": as unit_then() says
    kThisTime,        // this time, of "this time last year"
    kSoFar,           // earlier (0), later (1), of "earlier this week"
    kRecent,          // the other day: the last so many days; weak: not of others
    kFirstPerson,     // I, our
    kAgo,             // ago, behind the number
    kAgoBefore,       // "vor", "il y a"
    kMonth,           // 1 to 12
    kWeekday,         // 1 (Monday) to 7
    kWeekdays,        // mondays: the same, each week
    kEvery,           // every
    kSeason,          // 0 (spring) to 3
    kHoliday,         // a Holiday
    kIn,              // in, during; 1: on, which is for days: a name of days follows
    kAt,              // "à": the same, but for holidays and seasons alone
    kOf,              // of
    kArticle,         // the
    kSince,           // since
    kBefore,          // before
    kUntil,           // until
    kAfter,           // after
    kFrom,            // from
    kTo,              // to
    kBetween,         // between
    kAnd,             // and
    kOr,              // or
    kBeside,          // "veille de", "lendemain de": -1 the day before, 1 the day after
    kEdge,            // early (0), in the middle of (1), late (2)
    kYearSign,        // "Jahr" beside its number; 1: an ending behind an apostrophe
    kMonthSign,       // "月" behind its number
    kDaySign,         // "日" behind its number
    kDecade,          // "Jahre", "années" beside a decade; 1: an ending behind an apostrophe
    kCode,            // room, version: what follows is no date
    kCounted,         // euros, grams: what is before is no year
    kNoDays,          // "sunday school": has a word of days and names none
    kEvent,           // dinner, presents: with a holiday's name it is of these days, unlike a tree
    kNotFrench,       // a word that says "hier" is not French here
    kNotes,           // notes, memories
    kClass,           // private: a PrivacyWord
    kClassBehind,     // "privadas": the same, behind its noun
    kTagLead,         // tagged with; 1: a capital follows
    kTagWord,         // tag, of "my garden tag"
    kTaggedBehind,    // "getaggt", of "mit Garten getaggt"
    kNameLead,        // message from; 1: a name in a capital follows, 2: no word of days
    kGiven,           // recipe: what people give to others; 1: also a talk with them
    kWith,            // with
    kMine,            // my, a: no name follows, in German whatever its letters are
    kToMe,            // "mir", of "hat mir Anna gesagt"
    kDid,             // did, of "did Anna say"
    kSaid,            // said, behind a name; 1: one in a capital
    kSaidBefore,      // "dijo": before a name
    kAuxiliary,       // "hat", of "was hat Anna gesagt"
    kParticiple,      // "gesagt"
    kAsks,            // what, that: a name may follow, in small letters too
    kNoName,          // I, the, never: looks like one and is none
};

struct HintWord {
    HintRole role;
    int value = 0;
    bool weak = false;  // it has another meaning too: only other words beside it make it one of days
    Languages languages = 0;
    std::size_t tokens = 1;  // how many it is made of
};

// A unit and which one of it, counted from this one: the next value is the next of them.
struct UnitThen {
    int unit = 0, shift = 0;
};
constexpr int unit_then(int unit, int shift) { return unit * 64 + shift + 32; }
constexpr UnitThen unit_then(int value) { return {value / 64, value % 64 - 32}; }

struct HintToken {
    std::size_t begin = 0, end = 0;  // bytes of the text
    std::string folded;
    std::string_view before, behind;  // what parts it from its neighbours, or from the ends of the text
    int number = -1;                  // of at most four digits at its front
    std::size_t digits = 0;           // how many these are
    std::string suffix;               // what follows them: "rd" of "3rd"
    bool capital = false;             // it begins with an ASCII capital
    bool apart = false;               // no phrase goes on from the token before
    std::vector<HintWord> words;      // that begin here, the longest first

    bool is_number() const { return number >= 0 && suffix.empty(); }
    bool has(HintRole role) const;
    bool is_ordinary() const;  // it says nothing of days, and may be a thing
    bool is_plain() const;     // it says nothing at all but what it names
};

// Runs of letters and digits; each Han or kana character alone.
std::vector<HintToken> hint_tokens(std::string_view text);

// A line of the vocabulary: "january, ~jan | february": the value grows by one at each |, and ~ marks a weak word.
struct VocabularyLine {
    Languages languages;
    HintRole role;
    int value;
    std::string_view words;
};
std::span<const VocabularyLine> date_vocabulary();
std::span<const VocabularyLine> day_number_vocabulary();
std::span<const VocabularyLine> date_phrase_vocabulary();
std::span<const VocabularyLine> topic_vocabulary();

}  // namespace engram::memory
