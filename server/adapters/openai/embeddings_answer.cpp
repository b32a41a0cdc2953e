#include "adapters/openai/embeddings_answer.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace engram::openai {
namespace {

namespace json = boost::json;
using Vector = std::vector<float>;

[[noreturn]] void refuse(std::string what) { throw base::Error(base::Code::kMalformed, std::move(what)); }

// The parser's own words would quote the answer.
json::value parse(std::string_view body) {
    constexpr base::JsonLimits kLimits{.depth_max = 8};
    try {
        return base::parse_json(body, kLimits);
    } catch (const base::Error& error) {
        if (base::trim(body).starts_with('<')) refuse("a web page: its URL may lack /v1");
        refuse(error.code() == base::Code::kTooLarge ? "too many values" : "something that is no JSON");
    }
}

// The value of each digit of base64; -1: none.
constexpr auto kDigits = [] {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array<std::int8_t, 256> digits{};
    digits.fill(-1);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    return digits;
}();

Vector from_base64(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    Vector vector;
    std::uint64_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::int8_t digit = kDigits[static_cast<unsigned char>(c)];
        if (digit < 0) refuse("a vector that is no base64");
        bits = bits << 6 | static_cast<std::uint64_t>(digit);
        count += 6;
        if (count < 32) continue;
        count -= 32;
        const auto big_endian = static_cast<std::uint32_t>(bits >> count);
        vector.push_back(std::bit_cast<float>(__builtin_bswap32(big_endian)));
    }
    return vector;
}

float number(const json::value& value) {
    if (const double* real = value.if_double()) return static_cast<float>(*real);
    if (const std::int64_t* whole = value.if_int64()) return static_cast<float>(*whole);
    refuse("a vector with a value that is no number");
}

Vector values_of(const json::value& value) {
    if (const json::string* text = value.if_string()) return from_base64({text->data(), text->size()});
    const json::array* values = value.if_array();
    if (values == nullptr) refuse("an item without a vector");
    Vector vector;
    vector.reserve(values->size());
    for (const json::value& item : *values) vector.push_back(number(item));
    return vector;
}

void normalise(Vector& vector) {
    double sum = 0;
    for (const float value : vector) sum += static_cast<double>(value) * value;
    if (!std::isfinite(sum)) refuse("a vector with a value that is no number");
    const double length = std::sqrt(sum);
    if (length < 1e-30) refuse("a vector of zeros");
    for (float& value : vector) value = static_cast<float>(value / length);
}

// The text an item belongs to; some services leave out what is in order.
std::size_t place_of(const json::object& item, std::size_t position, std::size_t texts) {
    const json::value* index = item.if_contains("index");
    if (index == nullptr) return position;
    const std::int64_t* number = index->if_int64();
    if (number == nullptr || *number < 0 || static_cast<std::uint64_t>(*number) >= texts)
        refuse("a vector of a text that was not sent");
    return static_cast<std::size_t>(*number);
}

const json::array& list_of(const json::value& root) {
    const json::object* object = root.if_object();
    if (object != nullptr && object->if_contains("error") != nullptr) refuse("an error in place of vectors");
    const json::value* data = object != nullptr ? object->if_contains("data") : nullptr;
    if (data == nullptr || !data->is_array()) refuse("JSON that is no list of vectors");
    return data->get_array();
}

}  // namespace

std::vector<Vector> read_embeddings(std::string_view body, std::size_t texts, std::size_t dimensions) {
    const json::value root = parse(body);
    const json::array& list = list_of(root);
    if (list.size() != texts) refuse(base::counted(list.size(), "vector") + " for " + base::counted(texts, "text"));
    std::vector<Vector> vectors(texts);
    for (std::size_t i = 0; i < texts; ++i) {
        const json::object* item = list[i].if_object();
        const json::value* embedding = item != nullptr ? item->if_contains("embedding") : nullptr;
        if (embedding == nullptr) refuse("an item without a vector");
        Vector& vector = vectors[place_of(*item, i, texts)];
        if (!vector.empty()) refuse("two vectors of one text");
        vector = values_of(*embedding);
        if (vector.empty()) refuse("an empty vector");
        if (dimensions == 0) dimensions = vector.size();
        if (vector.size() != dimensions)
            refuse("a vector of " + base::counted(vector.size(), "dimension") + " instead of " +
                   base::grouped(dimensions));
        normalise(vector);
    }
    return vectors;
}

}  // namespace engram::openai
