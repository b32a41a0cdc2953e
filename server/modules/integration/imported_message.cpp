#include "modules/integration/imported_message.hpp"

#include <array>

namespace engram::integration {

namespace {

constexpr std::array kOrders{DateOrder::kDayMonthYear, DateOrder::kMonthDayYear, DateOrder::kYearMonthDay};

std::string minute_of(const ImportedMessage& message) {
    if (!message.stated.empty() || !message.created_at) return message.stated;
    return base::format_rfc3339(std::chrono::floor<std::chrono::minutes>(*message.created_at));
}

}  // namespace

std::string_view to_string(DateOrder order) {
    switch (order) {
        case DateOrder::kDayMonthYear:
            return "D/M/Y";
        case DateOrder::kMonthDayYear:
            return "M/D/Y";
        case DateOrder::kYearMonthDay:
            return "Y/M/D";
    }
    return {};
}

std::optional<DateOrder> parse_date_order(std::string_view text) {
    for (const DateOrder order : kOrders)
        if (to_string(order) == text) return order;
    return std::nullopt;
}

base::Hash fingerprint(const ImportedMessage& message) {
    std::string all = message.source + '\0' + std::to_string(message.part) + '\0';
    if (!message.key.empty()) return base::hash_text(all += message.key);
    ((all += message.author) += '\0') += minute_of(message);
    ((all += '\0') += message.id.value_or("")) += '\0';
    return base::hash_text(all += message.content);
}

}  // namespace engram::integration
