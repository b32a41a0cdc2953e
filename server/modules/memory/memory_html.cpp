#include "modules/memory/memory_html.hpp"

#include "base/json.hpp"
#include "base/time.hpp"

namespace engram::memory {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

// "2026-11-23 05:51" as a clock showed it where it was told.
std::string local_text(const Memory& memory) {
    std::string text =
        base::format_rfc3339(memory.created_at + std::chrono::minutes(memory.utc_offset_minutes.value_or(0)));
    text[10] = ' ';
    return text.substr(0, 16);
}

// Who said it, in a chat that was imported; empty: nobody is named.
std::string author_of(const Memory& memory) {
    if (memory.metadata.text.find("\"author\"") == std::string::npos) return {};
    const boost::json::value metadata = base::parse_json(memory.metadata.text);
    const auto* author = metadata.as_object().if_contains("author");
    return author != nullptr && author->is_string() ? std::string(author->get_string()) : std::string();
}

}  // namespace

std::string html_head(std::string_view title) {
    const std::string name = escaped(title);
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
           name +
           "</title><style>"
           ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;"
           "padding:0 1rem}article{border-top:1px solid #8884;padding:.75rem 0}p{white-space:pre-wrap;margin:.25rem 0;"
           "overflow-wrap:anywhere}small{opacity:.75}h2{font-size:1rem;margin:0}</style></head><body>\n"
           "<p><a href=\"../index.html\">All months</a></p><h1>" +
           name + "</h1>\n";
}

std::string_view html_foot() { return "</body></html>\n"; }

std::string html_of(const Memory& memory) {
    std::string out = "<article id=\"" + to_string(memory.id) + "\">";
    if (memory.title) out += "<h2>" + escaped(*memory.title) + "</h2>";
    out += "<small><time datetime=\"" + base::format_rfc3339(memory.created_at) + "\">" + local_text(memory) +
           "</time> · " + escaped(memory.source);
    if (const std::string author = author_of(memory); !author.empty()) out += " · " + escaped(author);
    if (memory.context) out += " · " + escaped(*memory.context);
    for (const std::string& tag : memory.tags.value_or(std::vector<std::string>{})) out += " · #" + escaped(tag);
    return out + "</small><p dir=\"auto\">" + escaped(memory.content.value_or("")) + "</p></article>\n";
}

}  // namespace engram::memory
