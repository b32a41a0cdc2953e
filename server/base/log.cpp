#include "base/log.hpp"

#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace engram::base {
namespace {

std::atomic<Severity> threshold{Severity::kInfo};

constexpr std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::kDebug:
            return "debug";
        case Severity::kInfo:
            return "info";
        case Severity::kWarning:
            return "warning";
        case Severity::kError:
            return "error";
        case Severity::kOff:
            return "off";
    }
    __builtin_unreachable();
}

template <class T>
void append_number(std::string& out, T value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

void append_field(std::string& out, const LogField& field) {
    out += ',';
    append_json_string(out, field.name);
    out += ':';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        append_json_string(out, is_utf8(*text) ? *text : "(not UTF-8)");
    } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        append_number(out, *number);
    } else {
        append_number(out, std::get<double>(field.value));
    }
}

}  // namespace

void set_log_threshold(Severity value) { threshold.store(value, std::memory_order_relaxed); }
bool log_enabled(Severity severity) { return severity >= threshold.load(std::memory_order_relaxed); }

void log(Severity severity, std::string_view message, std::initializer_list<LogField> fields) {
    if (!log_enabled(severity)) return;
    std::string line = "{\"time\":\"";
    append_rfc3339(line, std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
    (((line += "\",\"level\":\"") += name_of(severity)) += "\",\"message\":");
    append_json_string(line, message);
    for (const LogField& field : fields) append_field(line, field);
    line += "}\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

std::string describe(const std::exception& error) {
    const auto* known = dynamic_cast<const Error*>(&error);
    if (known == nullptr || known->detail().empty()) return error.what();
    return known->safe() + " (" + known->detail() + ")";
}

}  // namespace engram::base
