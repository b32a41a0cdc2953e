#include "modules/integration/import_collector.hpp"

#include <utility>

#include "base/text.hpp"
#include "modules/integration/import_limits.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {
constexpr std::size_t kProblemsMax = 100;
constexpr std::size_t kPeopleMax = 1'000;
}  // namespace

bool ImportCollector::message(ImportedMessage message) {
    const std::string whole = std::move(message.content);
    std::string_view rest = trim_marks(whole);
    if (rest.empty()) return false;
    report_.media += message.media.size();
    while (!rest.empty()) {
        const std::string_view piece = front_piece(rest, kContentMax);
        rest = trim_marks(rest.substr(piece.size()));
        if (!rest.empty() || message.part > 0) ++message.part;
        ImportedMessage part = message;
        part.content = trim_marks(piece);
        if (message.part == 1 && message.thread.empty())
            part.thread = message.thread = "long " + base::to_hex(fingerprint(part));
        if (!part.content.empty()) hand_over(std::move(part));
        message.media.clear();
        if (message.created_at) *message.created_at += std::chrono::milliseconds(1);
    }
    report_.too_long += message.part > 0 ? 1 : 0;
    return true;
}

void ImportCollector::hand_over(ImportedMessage&& message) {
    const std::string cut = fit(message);
    if (!cut.empty()) problem(message.line, "Too long, and cut: " + cut + ".", "Shorten it where it comes from.");
    remember_author(message.author);
    message.file = file_;
    ++report_.count;
    sink_(std::move(message));
}

void ImportCollector::remember_author(const std::string& author) {
    auto& people = report_.people;
    if (author.empty() || people.size() >= kPeopleMax || !authors_.insert(author).second) return;
    people.push_back(author);
}

void ImportCollector::problem(std::size_t line, std::string reason, std::string remedy) {
    if (report_.problem_count++ < kProblemsMax) {
        report_.problems.push_back({file_, line, std::move(reason), std::move(remedy)});
    }
}

void ImportCollector::date_order(DateOrder order, bool certain) {
    if (report_.date_order.empty() || (report_.date_order_certain && !certain)) report_.date_order = to_string(order);
    report_.date_order_certain = report_.date_order_certain && certain;
}

void ImportCollector::clean(std::string& line, std::size_t number, bool cut) {
    if (cut) problem(number, "The line is longer than 1 MiB; the rest of it was left out.", "Break it into several.");
    if (repair_text(line)) {
        problem(number, "The line is not clean UTF-8; what cannot be read was replaced.", "Save the file as UTF-8.");
    }
}

}  // namespace engram::integration
