#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "modules/integration/import_format.hpp"
#include "modules/integration/json_stream.hpp"
#include "modules/integration/telegram_message.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;

constexpr std::size_t kChatsMax = 100'000;
constexpr std::size_t kNameMax = 256;
constexpr std::string_view kDeleted = "Deleted account";
constexpr std::string_view kChats = "/chats/list/*", kLeftChats = "/left_chats/list/*";

std::string_view text_of(const json::value& value) {
    return value.is_string() ? std::string_view(value.get_string().data(), value.get_string().size())
                             : std::string_view();
}

// One chat has the whole document, an account has lists of them.
bool is_chat(std::string_view path) { return path.empty() || path == kChats || path == kLeftChats; }

bool is_list(std::string_view path) { return kChats.starts_with(path) || kLeftChats.starts_with(path); }

std::string_view holder_of(std::string_view path) { return path.substr(0, path.rfind('/')); }

bool is_messages(std::string_view path) { return path.ends_with("/messages") && is_chat(holder_of(path)); }

struct Chat {
    std::string name, type, id;
};

// Who stands in the chats: in what other programs have sorted it may follow the messages.
class Survey final : public JsonListener {
public:
    JsonInterest begin(std::string_view path, bool is_array) override {
        if (is_chat(path) && !is_array && count_++ < kChatsMax) chats_.emplace_back();
        return is_list(path) ? JsonInterest::kInside : JsonInterest::kNone;
    }

    void scalar(std::string_view path, const json::value& value) override {
        if (path.empty() || chats_.empty() || !is_chat(holder_of(path)) || count_ > kChatsMax) return;
        Chat& chat = holder_of(path).empty() ? chats_.front() : chats_.back();
        const std::string_view key = path.substr(path.rfind('/') + 1);
        if (key == "name") chat.name = base::cut_code_points(text_of(value), kNameMax);
        if (key == "type") chat.type = text_of(value);
        if (key == "id") chat.id = telegram_number(value);
    }

    const std::vector<Chat>& chats() const { return chats_; }

private:
    std::vector<Chat> chats_;
    std::size_t count_ = 0;
};

class Messages final : public JsonListener {
public:
    Messages(const std::vector<Chat>& chats, const ImportOptions& options, ImportCollector& collector)
        : chats_(chats), zone_(options.zone), collector_(collector) {}

    JsonInterest begin(std::string_view path, bool is_array) override {
        if (is_chat(path) && !is_array) begin_chat();
        if (is_array && is_messages(path)) {
            if (holder_of(path).empty()) use(chats_.front());
            return model_.thread.empty() ? JsonInterest::kNone : JsonInterest::kElements;
        }
        return is_list(path) ? JsonInterest::kInside : JsonInterest::kNone;
    }

    void element(const JsonElement& element) override {
        if (element.repaired)
            collector_.problem(element.number, "The message is not clean UTF-8; what cannot be read was replaced.",
                               "Export the chat again, unchanged.");
        if (element.too_large)
            return collector_.problem(element.number, "The message is too large, more than 1 MiB; it was left out.",
                                      "Copy what matters of it by hand.");
        if (!element.value.is_object())
            return collector_.problem(element.number, "This is no message.", "Export the chat again, unchanged.");
        message(element.value.get_object(), element.number);
    }

private:
    void begin_chat() {
        model_ = {};
        if (chat_ < chats_.size()) return use(chats_[chat_++]);
        if (chat_++ == kChatsMax)
            collector_.problem(0, "There are more than 100,000 chats; the rest of them were left out.",
                               "Export them in parts.");
    }

    void use(const Chat& chat) {
        const std::string name = chat.name.empty() ? std::string(kDeleted) : chat.name;
        id_ = "telegram " + (chat.id.empty() ? name : chat.id);
        model_.source = "telegram";
        model_.thread = id_;
        model_.context = "Telegram: " + (chat.type == "saved_messages" ? "Saved messages" : name);
        last_second_ = std::chrono::sys_seconds::min();
    }

    void message(const json::object& object, std::size_t number) {
        if (telegram_member(object, "type") != "message") {
            ++collector_.report().skipped_system;
            return;
        }
        ImportedMessage message = model_;
        message.line = number;
        const auto time = telegram_time(object, zone_);
        if (!time)
            return collector_.problem(number, "There is no such date; the message was left out.",
                                      "Export the chat again, unchanged.");
        set_time(message, *time);
        message.stated = telegram_stated(object, time->time);
        const std::string_view author = telegram_member(object, "from");
        message.author = author.empty() ? kDeleted : base::cut_code_points(author, kNameMax);
        set_keys(message, object);
        set_metadata(message, object);
        TelegramContent content = telegram_content(object);
        message.content = std::move(content.text);
        message.media = std::move(content.media);
        if (!collector_.message(std::move(message))) ++collector_.report().skipped_media;
    }

    // Exports tell seconds: messages of the same one keep their order by a millisecond each.
    void set_time(ImportedMessage& message, const ImportedTime& told) {
        const auto second = std::chrono::floor<std::chrono::seconds>(told.time);
        last_ = second == last_second_ ? last_ + std::chrono::milliseconds(1) : told.time;
        last_second_ = second;
        message.created_at = last_;
        message.utc_offset_minutes = told.utc_offset_minutes;
    }

    void set_keys(ImportedMessage& message, const json::object& object) const {
        const std::string id = telegram_number(object, "id");
        if (!id.empty()) message.key = id_ + ' ' + id;
        const std::string answered = telegram_number(object, "reply_to_message_id");
        // "channel1234567890": the answered message is in another chat.
        std::string_view peer = telegram_member(object, "reply_to_peer_id");
        peer.remove_prefix(std::min(peer.find_first_of("0123456789"), peer.size()));
        if (!answered.empty())
            message.reply_to = (peer.empty() ? id_ : "telegram " + std::string(peer)) + ' ' + answered;
    }

    static void set_metadata(ImportedMessage& message, const json::object& object) {
        json::object metadata;
        const std::string_view from = base::cut_code_points(telegram_member(object, "forwarded_from"), kNameMax);
        if (!from.empty()) metadata["forwarded_from"] = from;
        if (object.contains("edited")) metadata["edited"] = true;
        message.metadata.text.clear();
        base::append_json(message.metadata.text, metadata);
    }

    const std::vector<Chat>& chats_;
    const base::TimeZone& zone_;
    ImportCollector& collector_;
    ImportedMessage model_;  // what all messages of a chat have alike
    std::string id_;         // of the chat: the front of its messages' keys
    std::size_t chat_ = 0;
    std::chrono::sys_seconds last_second_{};
    base::Time last_{};
};

// Looks for what only Telegram writes.
class Signs final : public JsonListener {
public:
    JsonInterest begin(std::string_view path, bool is_array) override {
        seen_ = seen_ || path == "/chats/list" || path == "/left_chats/list";
        if (is_array && is_messages(path)) return JsonInterest::kElements;
        return is_list(path) ? JsonInterest::kInside : JsonInterest::kNone;
    }

    void scalar(std::string_view path, const json::value& value) override {
        static constexpr std::array<std::string_view, 8> kTypes{
            "saved_messages",     "personal_chat",     "bot_chat",        "private_group",
            "private_supergroup", "public_supergroup", "private_channel", "public_channel"};
        const std::string_view text = text_of(value);
        seen_ = seen_ || (path == "/type" && std::ranges::find(kTypes, text) != kTypes.end());
        seen_ = seen_ || (path == "/about" && text.find("Telegram") != std::string_view::npos);
    }

    void element(const JsonElement& element) override {
        if (!element.value.is_object()) return;
        const json::object& object = element.value.get_object();
        const std::string_view type = telegram_member(object, "type");
        seen_ = seen_ || ((type == "message" || type == "service") && object.contains("date_unixtime"));
    }

    bool seen() const { return seen_; }

private:
    bool seen_ = false;
};

bool fits(const ImportFile&, std::string_view front) {
    Signs signs;
    JsonStream stream(signs);
    stream.feed(front);
    return signs.seen();
}

void read(const ImportFile& file, const ImportOptions& options, ImportCollector& collector) {
    Survey survey;
    read_json_stream(*file.open(), survey);
    if (survey.chats().empty()) return;
    Messages messages(survey.chats(), options, collector);
    read_json_stream(*file.open(), messages);
}

}  // namespace

const ImportFormat kTelegramFormat{"telegram", "a Telegram export (result.json)", fits, read};

}  // namespace engram::integration
