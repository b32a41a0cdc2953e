// For tests: an import that collects what it is given.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "modules/integration/import.hpp"

namespace engram::integration {

struct Imported {
    ImportSummary report;
    std::vector<ImportedMessage> messages;
};

inline Imported import_from(const std::vector<ImportFile>& files, const ImportOptions& options) {
    Imported result;
    result.report =
        parse_import(files, options, [&](ImportedMessage&& message) { result.messages.push_back(std::move(message)); });
    return result;
}

// Of testdata/.
inline Imported import_file(const std::string& name, const ImportOptions& options = {}) {
    const std::string path = std::string(ENGRAM_TESTDATA "/") + name;
    const auto open = [path] { return std::make_unique<std::ifstream>(path, std::ios::binary); };
    return import_from(import_files(name, open), options);
}

inline Imported import_text(const std::string& text, const ImportOptions& options = {},
                            const std::string& name = "upload") {
    return import_from(import_files(name, [text] { return std::make_unique<std::istringstream>(text); }), options);
}

using Texts = std::vector<std::string>;

inline Texts contents(const Imported& imported) {
    Texts result;
    for (const auto& message : imported.messages) result.push_back(message.content);
    return result;
}

inline std::string time_of(const ImportedMessage& message) {
    return message.created_at ? base::format_rfc3339(*message.created_at) : "absent";
}

}  // namespace engram::integration
