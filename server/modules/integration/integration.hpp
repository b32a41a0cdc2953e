// The door of integration: ways in and out. Now: reading other programs' exports. No storage here: messages go to a
// sink.
#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"

namespace engram::integration {

inline constexpr std::size_t kContentMax = 10'000;  // code points; a longer message comes as several

// One message of an export. What the export does not tell is absent or empty.
struct ImportedMessage {
    std::size_t line = 0;  // where it begins in the file, from 1
    std::string content;   // well-formed UTF-8 without NUL, 1 to kContentMax code points
    std::string author;
    std::string source;                    // "whatsapp", or what the line says, or "import"
    std::optional<base::Time> created_at;  // of a chat: always, and in the order of the file
    std::optional<base::Time> occurred_at;
    std::optional<std::string> id, title, context, classification;
    std::vector<std::string> tags;
    base::JsonText metadata;
    bool pinned = false;
};

enum class DateOrder { kDayMonthYear, kMonthDayYear, kYearMonthDay };
std::string_view to_string(DateOrder order);  // "D/M/Y", "M/D/Y", "Y/M/D"

struct ImportOptions {
    int utc_offset_minutes = 0;                // of times that do not tell it (WhatsApp's never do)
    std::optional<DateOrder> date_order = {};  // absent: guessed from the whole file
};

struct ImportProblem {
    std::size_t line = 0;
    std::string reason, remedy;
};

struct ImportReport {
    std::string format;               // "whatsapp" or "engram-jsonl"
    std::vector<std::string> people;  // authors in order of appearance, the first 1,000
    std::string date_order;           // as to_string; empty where dates are not ambiguous by their form
    bool date_order_certain = true;   // false: no day above 12 and no order of lines told it
    int utc_offset_minutes = 0;
    std::size_t count = 0;                // messages handed to the sink, the parts of long ones counted singly
    std::size_t skipped_system = 0;       // "Anna joined", "end-to-end encrypted"
    std::size_t skipped_media = 0;        // pictures and voice that a text export leaves out
    std::size_t skipped_deleted = 0;      // "This message was deleted"
    std::size_t too_long = 0;             // messages that were split
    std::size_t problem_count = 0;        // all of them; `problems` has the first 100
    std::vector<ImportProblem> problems;  // the rest of the file was read all the same
};

using ImportSink = std::function<void(ImportedMessage&&)>;

// Reads a WhatsApp chat (.txt of Android or iOS) or engram JSON lines, told apart by content, line by line in bounded
// memory. `in` must be seekable: a chat is read twice, first for its order of dates. Messages of the same stated minute
// are a millisecond apart, so that their order stays. Throws kUnsupportedType for a file that is neither, saying what
// it seems to be. What the sink throws passes through.
ImportReport parse_import(std::istream& in, const ImportOptions& options, const ImportSink& sink);

}  // namespace engram::integration
