// The one file that includes toml++.
#include <toml++/toml.h>
#include <filesystem>
#include <sstream>

#include "app/config.hpp"
#include "base/error.hpp"

namespace engram::app {
namespace {

// Any plain value as the text that a flag would have.
std::string text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    std::ostringstream out;
    node.visit([&](const auto& value) {
        if constexpr (toml::is_value<decltype(value)>) out << value;
    });
    return out.str();
}

}  // namespace

void read_file(Config& config, const std::string& path) {
    if (!std::filesystem::exists(path))
        throw base::Error(base::Code::kNotFound, "There is no configuration file at " + path + ".");
    try {
        const toml::table table = toml::parse_file(path);
        for (const auto& [key, node] : table) set(config, key.str(), text_of(node));
    } catch (const toml::parse_error& error) {
        std::ostringstream where;
        where << path << ", line " << error.source().begin.line << ": " << error.description();
        throw base::Error(base::Code::kInvalid, where.str());
    }
}

}  // namespace engram::app
