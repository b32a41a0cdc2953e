#include "adapters/openai/error_word.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::openai {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyMax = 64 << 10, kWordMax = 48;

std::optional<json::value> parse(std::string_view body) {
    if (body.size() > kBodyMax) return std::nullopt;
    try {
        return base::parse_json(body);
    } catch (const base::Error&) {
        return std::nullopt;  // a web page, a line of text: it says nothing in a word
    }
}

std::string_view word_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains({key.data(), key.size()});
    const json::string* text = value != nullptr ? value->if_string() : nullptr;
    if (text == nullptr || text->empty() || text->size() > kWordMax) return {};
    const bool plain = std::ranges::all_of(*text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    return plain ? std::string_view(text->data(), text->size()) : std::string_view{};
}

}  // namespace

std::string error_word(std::string_view body) {
    const std::optional<json::value> root = parse(body);
    const json::object* object = root ? root->if_object() : nullptr;
    const json::value* error = object != nullptr ? object->if_contains("error") : nullptr;
    if (error == nullptr || !error->is_object()) return {};
    const std::string_view code = word_at(error->get_object(), "code");
    return std::string(code.empty() ? word_at(error->get_object(), "type") : code);
}

}  // namespace engram::openai
