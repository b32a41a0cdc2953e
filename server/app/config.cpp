#include "app/config.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.hpp"

namespace engram::app {
namespace {

using Set = void (*)(Config& config, std::string_view value);

struct Setting {
    std::string_view name;
    Set set;
};

[[noreturn]] void refuse(std::string_view setting, const std::string& wanted) {
    throw base::invalid_field(std::string(setting), "not_one_of", "must be " + wanted);
}

bool on_or_off(std::string_view setting, std::string_view value) {
    if (value == "on" || value == "true" || value == "1") return true;
    if (value == "off" || value == "false" || value == "0") return false;
    refuse(setting, "on or off");
}

void set_port(Config& config, std::string_view value) {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), config.port);
    if (error != std::errc{} || end != value.data() + value.size()) refuse("port", "a number from 0 to 65535");
}

void set_database(Config& config, std::string_view value) {
    if (value != "sqlite:" && !value.starts_with("postgres://") && !value.starts_with("postgresql://"))
        refuse("database", "sqlite: or postgres://LOGIN:PASSWORD@HOST:PORT/DATABASE");
    config.database = value;
}

void set_embedder(Config& config, std::string_view value) {
    if (value != "onnx:" && value != "none" && !value.starts_with("openai:http"))
        refuse("embedder", "onnx:, none or openai:URL?model=NAME");
    config.embedder = value;
}

void set_registration(Config& config, std::string_view value) {
    if (value == "open")
        config.registration = user::Registration::kOpen;
    else if (value == "invite")
        config.registration = user::Registration::kInvite;
    else if (value == "closed")
        config.registration = user::Registration::kClosed;
    else
        refuse("registration", "open, invite or closed");
}

void set_log_level(Config& config, std::string_view value) {
    if (value == "debug")
        config.log_level = base::Severity::kDebug;
    else if (value == "info")
        config.log_level = base::Severity::kInfo;
    else if (value == "warning")
        config.log_level = base::Severity::kWarning;
    else if (value == "error")
        config.log_level = base::Severity::kError;
    else if (value == "off")
        config.log_level = base::Severity::kOff;
    else
        refuse("log_level", "debug, info, warning, error or off");
}

// Addresses with commas or spaces between them.
void set_trusted_proxies(Config& config, std::string_view value) {
    config.trusted_proxies.clear();
    while (!value.empty()) {
        const std::size_t end = std::min(value.find_first_of(", "), value.size());
        if (end > 0) config.trusted_proxies.emplace_back(value.substr(0, end));
        value.remove_prefix(std::min(end + 1, value.size()));
    }
}

constexpr std::array kSettings = {
    Setting{"listen", [](Config& config, std::string_view value) { config.listen = value; }},
    Setting{"port", set_port},
    Setting{"data", [](Config& config, std::string_view value) { config.data = value; }},
    Setting{"database", set_database},
    Setting{"embedder", set_embedder},
    Setting{"embedder_key", [](Config& config, std::string_view value) { config.embedder_key = value; }},
    Setting{"models", [](Config& config, std::string_view value) { config.models = value; }},
    Setting{"public_url", [](Config& config, std::string_view value) { config.public_url = value; }},
    Setting{"metrics_token", [](Config& config, std::string_view value) { config.metrics_token = value; }},
    Setting{"trusted_proxies", set_trusted_proxies},
    Setting{"registration", set_registration},
    Setting{"limits", [](Config& config, std::string_view value) { config.limits = on_or_off("limits", value); }},
    Setting{"insecure_http",
            [](Config& config, std::string_view value) { config.insecure_http = on_or_off("insecure_http", value); }},
    Setting{"log_level", set_log_level},
};

std::string variable_of(std::string_view setting) {
    std::string name = "ENGRAM_" + std::string(setting);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
    return name;
}

bool is_loopback(std::string_view address) {
    return address == "localhost" || address == "::1" || address.starts_with("127.");
}

}  // namespace

std::string Config::url() const { return public_url.empty() ? "http://localhost:" + std::to_string(port) : public_url; }

void set(Config& config, std::string_view name, std::string_view value) {
    for (const Setting& setting : kSettings)
        if (setting.name == name) return setting.set(config, value);
    std::string known;
    for (const Setting& setting : kSettings) (known += known.empty() ? "" : ", ") += setting.name;
    throw base::invalid_field(std::string(name), "unknown", "is no setting; there are: " + known);
}

void read_environment(Config& config, const Lookup& lookup) {
    for (const Setting& setting : kSettings)
        if (const auto value = lookup(variable_of(setting.name))) setting.set(config, *value);
}

void check(const Config& config) {
    if (is_loopback(config.listen) || config.insecure_http) return;
    throw base::invalid_field(
        "listen", "insecure",
        "names an address that other machines reach, and passwords and memories would cross the network unencrypted; "
        "browsers also keep the microphone, push and passkeys from such pages. Put a proxy with TLS in front and "
        "listen "
        "on 127.0.0.1, or say --insecure-http where you know that the network is safe");
}

}  // namespace engram::app
