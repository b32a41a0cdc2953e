#include "modules/integration/whatsapp_import.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "modules/integration/import_text.hpp"
#include "modules/integration/line_reader.hpp"
#include "modules/integration/whatsapp_dates.hpp"
#include "modules/integration/whatsapp_line.hpp"
#include "modules/integration/whatsapp_words.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kMessageBytesMax = 256 << 10;  // of one message before its front parts are handed over

DateOrderGuess guess_order(std::istream& in) {
    DateOrderGuess guess;
    LineReader lines(in);
    for (std::string line; lines.next(line);) {
        if (const auto head = parse_whatsapp_head(line)) guess.see(*head);
    }
    return guess;
}

// Puts lines together to messages.
class Chat {
public:
    Chat(DateOrder order, int utc_offset_minutes, ImportCollector& collector)
        : order_(order), utc_offset_minutes_(utc_offset_minutes), collector_(collector) {}

    void line(const std::string& text, std::size_t number) {
        if (const auto head = parse_whatsapp_head(text)) {
            finish();
            begin(*head, number);
        } else if (message_) {
            more(text);
        } else if (!skipping_ && !trim_marks(text).empty()) {
            collector_.problem(number, "The line belongs to no message.", "Export the chat again, unchanged.");
        }
    }

    void finish() {
        if (!message_) return;
        message_->content = without_edited_mark(message_->content);
        collector_.message(std::move(*message_));
        message_.reset();
    }

private:
    void begin(const WhatsappHead& head, std::size_t number) {
        skipping_ = true;  // what follows a skipped line belongs to it
        const auto time = to_time(head, order_, utc_offset_minutes_);
        if (!time) return report_date(number);
        const WhatsappSpeech speech = split_author(head.rest);
        const WhatsappKind kind = speech.author.empty() ? WhatsappKind::kSystem : judge_text(speech.text);
        count(kind);
        if (kind == WhatsappKind::kSystem || kind == WhatsappKind::kDeleted) return;
        skipping_ = false;
        message_.emplace();
        message_->line = number;
        message_->author = speech.author;
        message_->source = "whatsapp";
        message_->created_at = in_order(*time);
        if (kind == WhatsappKind::kText) message_->content = speech.text;  // of media a caption may follow
    }

    void more(const std::string& text) {
        message_->content += '\n';
        message_->content += text;
        if (message_->content.size() < kMessageBytesMax) return;
        collector_.message(*message_);
        message_->content.clear();
    }

    void count(WhatsappKind kind) {
        collector_.report().skipped_system += kind == WhatsappKind::kSystem ? 1 : 0;
        collector_.report().skipped_deleted += kind == WhatsappKind::kDeleted ? 1 : 0;
        collector_.report().skipped_media += kind == WhatsappKind::kMedia ? 1 : 0;
    }

    void report_date(std::size_t number) {
        collector_.problem(number, "There is no such date, read as " + std::string(to_string(order_)) + ".",
                           "Name the order of dates; the message was left out.");
    }

    // Exports tell minutes, at best seconds: messages of the same one keep their order by a millisecond each.
    base::Time in_order(base::Time stated) {
        const bool same = stated == stated_;
        stated_ = stated;
        return last_ = same ? last_ + std::chrono::milliseconds(1) : stated;
    }

    DateOrder order_;
    int utc_offset_minutes_;
    ImportCollector& collector_;
    std::optional<ImportedMessage> message_;
    bool skipping_ = false;
    base::Time stated_{}, last_{};
};

}  // namespace

void import_whatsapp(std::istream& in, const ImportOptions& options, ImportCollector& collector) {
    const auto start = in.tellg();
    const DateOrderGuess guess = guess_order(in);
    in.clear();
    in.seekg(start);
    const DateOrder order = options.date_order.value_or(guess.order());
    collector.report().date_order = to_string(order);
    collector.report().date_order_certain = options.date_order.has_value() || guess.certain();
    Chat chat(order, options.utc_offset_minutes, collector);
    LineReader lines(in);
    for (std::string line; lines.next(line);) {
        collector.clean(line, lines.number(), lines.cut());
        chat.line(line, lines.number());
    }
    chat.finish();
}

}  // namespace engram::integration
