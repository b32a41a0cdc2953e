// What an operator may choose. A file is overruled by the environment (ENGRAM_*), that by flags.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "modules/user/user.hpp"

namespace engram::app {

struct Config {
    std::string listen = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string data = "engram-data";
    std::string database = "sqlite:";  // in the data folder, or "postgres://login:password@host/database"
    std::string embedder = "onnx:";    // or "openai:URL?model=NAME", or "none": nothing is found by meaning
    std::string embedder_key;          // of the service
    std::string models;                // the folder they lie in; empty: beside the program
    std::string public_url;            // empty: http://localhost:PORT
    std::string metrics_token;
    std::vector<std::string> trusted_proxies;
    user::Registration registration = user::Registration::kInvite;
    bool limits = true;
    bool insecure_http = false;
    base::Severity log_level = base::Severity::kInfo;

    bool is_embedded() const { return !database.starts_with("postgres"); }
    std::string url() const;  // public_url, or what it is when empty
};

// Sets one value by its name in the file: "listen", "port", ... Throws kInvalid naming the setting and what it may be.
void set(Config& config, std::string_view name, std::string_view value);

// Reads a file of TOML, whose keys are those names. Throws kInvalid with the line, kNotFound for a missing file.
void read_file(Config& config, const std::string& path);

// Reads ENGRAM_LISTEN, ENGRAM_PORT, ... by `lookup`, which gives nothing for a variable that is not set.
using Lookup = std::function<std::optional<std::string>(const std::string& name)>;
void read_environment(Config& config, const Lookup& lookup);

// Throws kInvalid where the settings together are not safe: passwords in clear text over a network.
void check(const Config& config);

}  // namespace engram::app
