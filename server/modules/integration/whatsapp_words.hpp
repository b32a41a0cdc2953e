// What WhatsApp itself wrote into a chat, in the languages it was seen in. Pure functions.
#pragma once

#include <string_view>

namespace engram::integration {

// "Anna: text" taken apart, at the first colon that stands in no quotes: a name may have some, a notice may name a
// group with a colon in its own. `author` is empty for a system line.
struct WhatsappSpeech {
    std::string_view author, text;
};
WhatsappSpeech split_author(std::string_view rest);

enum class WhatsappKind { kText, kMedia, kDeleted, kSystem };

// What the first line of a message is: a text, a place, a poll; in place of a picture or voice; in place of a deleted
// message; a notice.
WhatsappKind judge_text(std::string_view first_line);

// The name of the file that a first line stands for ("IMG-1.jpg (file attached)", "<attached: IMG-1.jpg>"), and what
// the line says beside it. Empty where it names none.
struct WhatsappMedia {
    std::string_view name, text;
};
WhatsappMedia split_media(std::string_view first_line);

// Of "WhatsApp Chat with Anna.txt", in the languages it was seen in, "Anna"; empty for every other name.
std::string_view chat_title(std::string_view file_name);

// Without the mark of an edited message at its end.
std::string_view without_edited_mark(std::string_view text);

}  // namespace engram::integration
