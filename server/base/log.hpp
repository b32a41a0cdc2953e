// Structured logs: one JSON object a line on standard error. Never content: ids, counts, codes, durations.
#pragma once

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace engram::base {

enum class Severity { kDebug, kInfo, kWarning, kError, kOff };

struct LogField {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double> value;

    LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
    LogField(std::string_view field, const std::string& text) : name(field), value(std::string_view(text)) {}
    LogField(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
    LogField(std::string_view field, double number) : name(field), value(number) {}
    template <class T>
        requires std::is_integral_v<T>
    LogField(std::string_view field, T number) : name(field), value(static_cast<std::int64_t>(number)) {}
};

// Writes one line with a single write(2); lines of different threads do not mix. Any thread.
void log(Severity severity, std::string_view message, std::initializer_list<LogField> fields = {});

// What is below is not written. Default kInfo. Any thread.
void set_log_threshold(Severity value);
bool log_enabled(Severity severity);

// The safe text and the detail of an Error, else what().
std::string describe(const std::exception& error);

}  // namespace engram::base
