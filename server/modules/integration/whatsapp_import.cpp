#include <algorithm>
#include <set>
#include <utility>

#include "modules/integration/import_format.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/integration/line_reader.hpp"
#include "modules/integration/whatsapp_dates.hpp"
#include "modules/integration/whatsapp_line.hpp"
#include "modules/integration/whatsapp_words.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kMessageBytesMax = 256 << 10;  // of one message before its front parts are handed over
constexpr std::size_t kPeopleMax = 1'000;
constexpr std::size_t kLinesLookedAt = 100;

// What only the whole chat tells.
struct Survey {
    DateOrderGuess dates;
    std::set<std::string, std::less<>> people;
};

Survey survey(std::istream& in) {
    Survey seen;
    LineReader lines(in);
    for (std::string line; lines.next(line);) {
        const auto head = parse_whatsapp_head(line);
        if (!head) continue;
        seen.dates.see(*head);
        const std::string_view author = split_author(head->rest).author;
        if (!author.empty() && seen.people.size() < kPeopleMax && !seen.people.contains(author))
            seen.people.emplace(author);
    }
    return seen;
}

// A chat is known again by its title, in an export without one by who talks.
std::string thread_of(std::string_view title, const Survey& seen) {
    std::string thread = "whatsapp ";
    if (!title.empty()) return thread += title;
    for (const std::string& person : seen.people) (thread += '\0') += person;
    return thread;
}

// Puts lines together to messages.
class Chat {
public:
    Chat(const ImportOptions& options, DateOrder order, ImportCollector& collector)
        : zone_(options.zone), order_(order), collector_(collector) {}

    void belongs_to(std::string_view title, std::string thread) {
        model_.source = "whatsapp";
        model_.thread = std::move(thread);
        if (!title.empty()) model_.context = "WhatsApp: " + std::string(title);
    }

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
        take_edited_mark();
        // A picture without a word says its name until it is there itself.
        if (trim_marks(message_->content).empty() && !message_->media.empty()) message_->content = message_->media[0];
        if (!collector_.message(*std::exchange(message_, std::nullopt))) ++collector_.report().skipped_media;
    }

private:
    void take_edited_mark() {
        const std::string text(without_edited_mark(message_->content));
        if (text.size() == message_->content.size()) return;
        message_->content = text;
        message_->metadata.text = R"({"edited":true})";
    }

    void begin(const WhatsappHead& head, std::size_t number) {
        skipping_ = true;  // what follows a skipped line belongs to it
        const auto time = to_local(head, order_);
        if (!time) return report_date(number);
        const WhatsappSpeech speech = split_author(head.rest);
        const WhatsappKind kind = speech.author.empty() ? WhatsappKind::kSystem : judge_text(speech.text);
        collector_.report().skipped_system += kind == WhatsappKind::kSystem ? 1 : 0;
        collector_.report().skipped_deleted += kind == WhatsappKind::kDeleted ? 1 : 0;
        if (kind == WhatsappKind::kSystem || kind == WhatsappKind::kDeleted) return;
        skipping_ = false;
        message_ = model_;
        message_->line = number;
        message_->author = speech.author;
        set_time(*time);
        const WhatsappMedia media = split_media(speech.text);
        if (!media.name.empty()) message_->media.emplace_back(media.name);
        message_->content = kind == WhatsappKind::kText && media.name.empty() ? speech.text : media.text;
    }

    // Exports tell minutes, at best seconds: messages of the same one keep their order by a millisecond each.
    void set_time(base::LocalTime stated) {
        const base::Time time = stated == stated_ ? last_ + std::chrono::milliseconds(1) : zone_.to_utc(stated);
        stated_ = stated;
        last_ = time;
        message_->created_at = time;
        message_->utc_offset_minutes = zone_.offset_at(time).count();
        const auto minute = std::chrono::floor<std::chrono::minutes>(stated).time_since_epoch();
        message_->stated = std::to_string(minute.count());
    }

    void more(const std::string& text) {
        message_->content += '\n';
        message_->content += text;
        if (message_->content.size() < kMessageBytesMax) return;
        collector_.message(*message_);
        message_->content.clear();
        message_->media.clear();
    }

    void report_date(std::size_t number) {
        collector_.problem(
            number, "There is no such date, read as " + std::string(to_string(order_)) + "; the message was left out.",
            "Mend the line, or name the order of dates where many lines are like it.");
    }

    const base::TimeZone& zone_;
    DateOrder order_;
    ImportCollector& collector_;
    ImportedMessage model_;  // what all messages have alike
    std::optional<ImportedMessage> message_;
    bool skipping_ = false;
    base::LocalTime stated_{base::LocalTime::min()};
    base::Time last_{};
};

// By the first lines: a chat soon has the head of a message.
bool fits(const ImportFile& file, std::string_view front) {
    if (extension_of(file.name) == "md") return false;
    for (std::size_t lines = 0; lines < kLinesLookedAt && !front.empty(); ++lines) {
        const std::size_t end = std::min(front.find('\n'), front.size());
        if (parse_whatsapp_head(front.substr(0, end))) return true;
        front.remove_prefix(std::min(end + 1, front.size()));
    }
    return false;
}

void read(const ImportFile& file, const ImportOptions& options, ImportCollector& collector) {
    const Survey seen = survey(*file.open());
    const DateOrder order = options.date_order.value_or(seen.dates.order());
    collector.date_order(order, options.date_order.has_value() || seen.dates.certain());
    std::string_view title = chat_title(stem_of(file.name));
    if (title.empty()) title = chat_title(stem_of(options.name));
    Chat chat(options, order, collector);
    chat.belongs_to(title, thread_of(title, seen));
    const auto in = file.open();
    LineReader lines(*in);
    for (std::string line; lines.next(line);) {
        collector.clean(line, lines.number(), lines.cut());
        chat.line(line, lines.number());
    }
    chat.finish();
}

}  // namespace

const ImportFormat kWhatsappFormat{"whatsapp", "a WhatsApp chat (.txt)", fits, read};

}  // namespace engram::integration
