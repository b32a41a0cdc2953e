#include "modules/integration/whatsapp_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "base/text.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kAuthorMax = 100;         // code points; WhatsApp allows 25, an address book more
constexpr std::size_t kNoticeBytesMax = 1'000;  // where the quotes of a notice are looked for: two names of a group
constexpr std::string_view kLeftToRight = "\xE2\x80\x8E";

constexpr std::array<std::string_view, 10> kMedia{
    "<Media omitted>",   "<Medien ausgeschlossen>", "<Multimedia omitido>", "<Médias omis>",
    "<Mídia oculta>",    "<Media omessi>",          "<Media weggelaten>",   "<Arquivo de mídia oculto>",
    "<Без медиафайлов>", "<Medya dahil edilmedi>"};

// "IMG-20231231-WA0001.jpg (file attached)"
constexpr std::array<std::string_view, 9> kAttached{"(file attached)",      "(Datei angehängt)", "(archivo adjunto)",
                                                    "(fichier joint)",      "(file allegato)",   "(arquivo anexado)",
                                                    "(bestand bijgevoegd)", "(файл добавлен)",   "(dosya ekli)"};

// "image omitted", after a mark of direction
constexpr std::array<std::string_view, 12> kOmitted{"omitted", "weggelassen", "omitido", "omitida",
                                                    "omis",    "omise",       "absente", "omesso",
                                                    "omessa",  "oculto",      "oculta",  "weggelaten"};

constexpr std::array<std::string_view, 25> kDeleted{"This message was deleted",
                                                    "You deleted this message",
                                                    "This message was deleted by admin",
                                                    "Diese Nachricht wurde gelöscht",
                                                    "Du hast diese Nachricht gelöscht",
                                                    "Se eliminó este mensaje",
                                                    "Eliminaste este mensaje",
                                                    "Ce message a été supprimé",
                                                    "Vous avez supprimé ce message",
                                                    "Questo messaggio è stato eliminato",
                                                    "Hai eliminato questo messaggio",
                                                    "Mensagem apagada",
                                                    "Você apagou esta mensagem",
                                                    "Dit bericht is verwijderd",
                                                    "Je hebt dit bericht verwijderd",
                                                    "U hebt dit bericht verwijderd",
                                                    "Ta wiadomość została usunięta",
                                                    "Usunięto tę wiadomość",
                                                    "Данное сообщение удалено",
                                                    "Это сообщение удалено",
                                                    "Вы удалили данное сообщение",
                                                    "Вы удалили это сообщение",
                                                    "Вы удалили сообщение",
                                                    "Bu mesaj silindi",
                                                    "Bu mesajı sildiniz"};

constexpr std::array<std::string_view, 13> kEdited{
    "<This message was edited>",  "<Diese Nachricht wurde bearbeitet>",    "<Se editó este mensaje>",
    "<Ce message a été modifié>", "<Questo messaggio è stato modificato>", "<Mensagem editada>",
    "<Dit bericht is bewerkt>",   "<Ta wiadomość została edytowana>",      "<Wiadomość została edytowana>",
    "<Сообщение изменено>",       "<Данное сообщение изменено>",           "<Это сообщение изменено>",
    "<Bu mesaj düzenlendi>"};

// "<attached: 00000012-PHOTO-2024-01-01-07-01-00.jpg>"
constexpr std::array<std::string_view, 9> kAttachedBefore{
    "<attached: ", "<Anhang: ",  "<adjunto: ", "<allegato: ",    "<pièce jointe : ",
    "<anexado: ",  "<bijlage: ", "<bifogad: ", "<添付ファイル: "};

// How the file of a chat is called, before the name of the chat.
constexpr std::array<std::string_view, 11> kTitles{
    "WhatsApp Chat with ",     "WhatsApp Chat - ",          "WhatsApp-Chat mit ", "WhatsApp Chat mit ",
    "Chat de WhatsApp con ",   "Discussion WhatsApp avec ", "Chat WhatsApp con ", "Conversa do WhatsApp com ",
    "Conversa do WhatsApp - ", "WhatsApp-chat met ",        "WhatsApp-chatt med "};

// Notices that name a group, in quotes, as people named it: with a colon, perhaps.
constexpr std::array<std::string_view, 26> kNotices{
    " changed the subject ",  " changed the group name ", " created group ",
    " created the group ",    " hat den Betreff ",        " hast den Betreff ",
    " hat den Gruppennamen ", " hast den Gruppennamen ",  " hat die Gruppe ",
    " hast die Gruppe ",      " cambió el asunto ",       " cambió el nombre del grupo ",
    " creó el grupo ",        " a changé le sujet ",      " a changé le nom du groupe ",
    " a créé le groupe ",     " ha cambiato l'oggetto ",  " ha cambiato il nome del gruppo ",
    " ha creato il gruppo ",  " mudou o assunto ",        " mudou o nome do grupo ",
    " criou o grupo ",        " heeft het onderwerp ",    " hebt het onderwerp ",
    " heeft de groep ",       " hebt de groep "};

struct Quotes {
    std::string_view open, close;
};

constexpr std::array<Quotes, 9> kQuotes{
    {{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"„", "”"}, {"”", "”"}, {"«", "»"}, {"»", "«"}, {"「", "」"}, {"『", "』"}}};

bool is_word_ascii(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool ends_with_one_of(std::string_view text, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.ends_with(word); });
}

std::string_view without_point(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    return text;
}

// Where the quotes that open at `begin` end; 0: none do there. What stands right behind a word (6" Subs) opens none.
std::size_t end_of_quotes(std::string_view text, std::size_t begin) {
    if (begin > 0 && is_word_ascii(text[begin - 1])) return 0;
    for (const auto& [open, close] : kQuotes) {
        if (!text.substr(begin).starts_with(open)) continue;
        const std::size_t end = text.find(close, begin + open.size());
        if (end != std::string_view::npos) return end + close.size();
    }
    return 0;
}

// The first colon outside of quotes that a space follows, or nothing.
std::size_t find_colon(std::string_view text) {
    const std::string_view front = text.substr(0, kNoticeBytesMax);
    for (std::size_t i = 0; i < front.size();) {
        if (front[i] == ':' && (i + 1 == text.size() || text[i + 1] == ' ')) return i;
        i = std::max(i + 1, end_of_quotes(front, i));
    }
    return std::string_view::npos;
}

// Quotes of a group's name may have quotes within them; then the words before them tell.
bool is_notice(std::string_view front) {
    return std::any_of(kNotices.begin(), kNotices.end(), [&](std::string_view words) {
        const std::size_t at = front.find(words);
        if (at == std::string_view::npos) return false;
        const std::string_view rest = front.substr(at + words.size());
        return std::any_of(kQuotes.begin(), kQuotes.end(),
                           [&](const Quotes& quotes) { return rest.find(quotes.open) != std::string_view::npos; });
    });
}

// What a person sent beside words: "Location: https://maps.google.com/?q=", "POLL:" above the question and the options.
bool is_sent(std::string_view text) { return text.ends_with(':') || text.find(": https://") != std::string_view::npos; }

// "<Diese Nachricht wurde bearbeitet.>" as well as without the point.
bool is_edited_mark(std::string_view mark) {
    return std::any_of(kEdited.begin(), kEdited.end(), [&](std::string_view word) {
        const std::string_view body = word.substr(0, word.size() - 1);
        return mark.starts_with(body) && (mark.substr(body.size()) == ">" || mark.substr(body.size()) == ".>");
    });
}

}  // namespace

WhatsappSpeech split_author(std::string_view rest) {
    const std::size_t colon = find_colon(rest);
    if (colon == std::string_view::npos) return {{}, rest};
    const std::string_view author = trim_marks(rest.substr(0, colon));
    if (author.empty() || is_notice(author) || base::count_code_points(author) > kAuthorMax) return {{}, rest};
    return {author, rest.substr(std::min(colon + 2, rest.size()))};
}

WhatsappKind judge_text(std::string_view first_line) {
    const std::string_view text = trim_marks(first_line);
    const bool marked = base::trim(first_line).starts_with(kLeftToRight);
    if (text.empty() || is_one_of(text, kMedia) || ends_with_one_of(text, kAttached)) return WhatsappKind::kMedia;
    if (is_one_of(without_point(text), kDeleted)) return WhatsappKind::kDeleted;
    if (!marked || is_sent(text)) return WhatsappKind::kText;
    if (ends_with_one_of(text, kOmitted) || (text.starts_with('<') && text.ends_with('>'))) return WhatsappKind::kMedia;
    return WhatsappKind::kSystem;
}

WhatsappMedia split_media(std::string_view first_line) {
    const std::string_view text = trim_marks(first_line);
    for (const std::string_view word : kAttached)
        if (text.ends_with(word)) return {trim_marks(text.substr(0, text.size() - word.size())), {}};
    for (const std::string_view word : kAttachedBefore) {
        const std::size_t begin = text.rfind(word);
        if (begin == std::string_view::npos || !text.ends_with('>')) continue;
        const std::string_view name = text.substr(begin + word.size());
        return {trim_marks(name.substr(0, name.size() - 1)), trim_marks(text.substr(0, begin))};
    }
    return {};
}

std::string_view chat_title(std::string_view file_name) {
    for (const std::string_view front : kTitles) {
        if (!file_name.starts_with(front)) continue;
        std::string_view title = file_name.substr(front.size());
        const std::size_t copy = title.rfind(" (");  // "Anna (1)": the second download of it
        const bool numbered = copy != std::string_view::npos && title.ends_with(')') &&
                              title.find_first_not_of("0123456789", copy + 2) == title.size() - 1;
        return base::trim(numbered ? title.substr(0, copy) : title);
    }
    return {};
}

std::string_view without_edited_mark(std::string_view text) {
    const std::string_view trimmed = trim_marks(text);
    const std::size_t begin = trimmed.rfind('<');
    if (begin == std::string_view::npos || !is_edited_mark(trimmed.substr(begin))) return text;
    return trim_marks(trimmed.substr(0, begin));
}

}  // namespace engram::integration
