// What an import reads out of other programs' exports, and what it reports. No storage here: messages go to a sink.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/time_zone.hpp"
#include "modules/integration/integration.hpp"

namespace engram::integration {

using memory::kContentMax;  // a longer message comes as several

// One message of an export. What the export does not tell is absent or empty.
struct ImportedMessage {
    std::size_t line = 0;  // where it begins in its file, from 1; of formats without lines: the which-th it is
    std::string file;      // of an archive
    std::string content;   // well-formed UTF-8 without NUL, 1 to kContentMax code points
    std::string author;
    std::string source;                    // "whatsapp", or what the line says, or "import"
    std::optional<base::Time> created_at;  // of a chat: always, and in the order of the file
    std::optional<base::Time> occurred_at;
    std::optional<std::int64_t> utc_offset_minutes;  // of where it was told
    std::optional<std::string> id, title, context, classification;
    std::vector<std::string> tags;
    base::JsonText metadata;
    bool pinned = false;

    // What tells the same message in another export of the same thing: the chat's and the message's number there.
    // Empty: its source, author, stated minute and content do, and where they are equal, which of the equal ones it is.
    std::string key;
    std::string stated;              // the time as the export tells it, to the minute, in no zone
    std::string thread;              // what all messages of one conversation share; a UUID is its thread_id
    std::string reply_to;            // the key, or the id, of the message that it answers
    std::vector<std::string> media;  // names of the files that belong to it
    std::string whole;               // of engram's own export: the line, with all that was kept of the memory
    std::size_t part = 0;            // of one that was split: which, from 1; 0: it is whole
};

enum class DateOrder { kDayMonthYear, kMonthDayYear, kYearMonthDay };
std::string_view to_string(DateOrder order);  // "D/M/Y", "M/D/Y", "Y/M/D"
std::optional<DateOrder> parse_date_order(std::string_view text);

struct ImportOptions {
    base::TimeZone zone = {};                  // of times that do not tell it (WhatsApp's never do)
    std::optional<DateOrder> date_order = {};  // absent: guessed from the whole file
    std::string format = {};                   // one of import_formats(); empty: found out
    std::string name = {};                     // of the file that was handed over
};

using ImportSink = std::function<void(ImportedMessage&&)>;

// What tells a message from all others, whichever export of the same thing it is read from. Of messages without a key
// the equal ones have the same.
base::Hash fingerprint(const ImportedMessage& message);

}  // namespace engram::integration
