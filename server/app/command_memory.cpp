#include <iostream>
#include <iterator>

#include "app/answers.hpp"
#include "app/commands.hpp"
#include "app/local_api.hpp"
#include "app/terminal.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace engram::app {
namespace {

// The excerpt of one result, the words that were looked for in bold.
std::string excerpt(const boost::json::value& memory) {
    std::string text;
    for (const auto& highlight : memory.at("highlights").as_array())
        for (const auto& part : highlight.at("parts").as_array()) {
            const std::string piece(part.at("text").as_string());
            text += part.at("hit").as_bool() ? bold(piece) : piece;
        }
    for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
    return text;
}

// "Anna: " where an import knows who said it.
std::string speaker(const boost::json::value& memory) {
    const auto& metadata = memory.at("metadata").as_object();
    const auto* author = metadata.if_contains("author");
    return author && author->is_string() ? std::string(author->as_string()) + ": " : std::string();
}

}  // namespace

void remember(const Config& config, const CommonOptions& common, const std::string& text) {
    const auto api = LocalApi::open_existing(config, common.user);
    std::string content = text;
    if (text == "-") content.assign(std::istreambuf_iterator<char>(std::cin), {});
    const boost::json::object body{{"content", base::trim(content)}, {"source", "cli"}};
    const boost::json::value memory = api->call(http::Method::kPost, "/memories/", body);
    if (common.json)
        print_json(memory);
    else
        std::cout << "Remembered. " << dim(std::string(memory.at("id").as_string())) << "\n";
}

std::size_t recall(const Config& config, const CommonOptions& common, const RecallOptions& options) {
    const auto api = LocalApi::open_existing(config, common.user);
    const boost::json::object body{{"query", options.query}, {"limit", options.limit}};
    const boost::json::value answer = api->call(http::Method::kPost, "/memories/search?envelope=true", body);
    const auto& results = answer.at("results").as_array();
    if (common.json) {
        print_json(answer.at("results"));
        return results.size();
    }
    for (const auto& memory : results) {
        const std::string day(std::string_view(memory.at("created_at").as_string()).substr(0, 10));
        std::cout << dim(day) << "  " << speaker(memory) << excerpt(memory) << "\n";
    }
    if (results.empty()) std::cerr << "Nothing found. Fewer or other words may help.\n";
    const auto total = answer.at("total").as_int64();
    if (total > std::ssize(results) && !results.empty())
        std::cerr << dim("The best " + std::to_string(results.size()) + " of " + std::to_string(total) +
                         "; --limit shows more.")
                  << "\n";
    return results.size();
}

}  // namespace engram::app
