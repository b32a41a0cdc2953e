#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace engram::base {
namespace {

namespace json = boost::json;
using json::error_code;
using View = json::string_view;

// The keys of the objects that are open, to find one that stands twice. Boost.JSON would keep the last silently.
class OpenKeys {
public:
    void append(View part) { text_.append(part.data(), part.size()); }

    void end_key() {
        keys_.push_back({begin_, text_.size() - begin_});
        begin_ = text_.size();
    }

    // Forgets the last `count` keys; the one that was there twice, if any, goes to `duplicate`.
    bool close_object(std::size_t count, std::string& duplicate) {
        if (count == 0) return true;
        const auto first = keys_.end() - static_cast<std::ptrdiff_t>(count);
        const std::size_t begin = first->offset;
        const bool good = count <= 24 ? distinct_few(first, duplicate) : distinct_many(first, duplicate);
        keys_.erase(first, keys_.end());
        text_.resize(begin);
        begin_ = begin;
        return good;
    }

private:
    struct Key {
        std::size_t offset, length;
    };
    using Iterator = std::vector<Key>::iterator;

    std::string_view view(const Key& key) const { return std::string_view(text_).substr(key.offset, key.length); }

    bool distinct_few(Iterator first, std::string& duplicate) const {
        for (auto left = first; left != keys_.end(); ++left)
            for (auto right = left + 1; right != keys_.end(); ++right)
                if (left->length == right->length && view(*left) == view(*right)) {
                    duplicate = view(*left);
                    return false;
                }
        return true;
    }

    bool distinct_many(Iterator first, std::string& duplicate) const {
        std::vector<std::string_view> sorted;
        for (auto key = first; key != keys_.end(); ++key) sorted.push_back(view(*key));
        std::sort(sorted.begin(), sorted.end());
        const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
        if (twice == sorted.end()) return true;
        duplicate = *twice;
        return false;
    }

    std::string text_;
    std::vector<Key> keys_;
    std::size_t begin_ = 0;
};

// Builds the value and refuses what Boost.JSON 1.81 lets pass. `refusal` says why where an event returned false.
struct StrictHandler {
    static constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = kUnbounded;
    static constexpr std::size_t max_object_size = kUnbounded;
    static constexpr std::size_t max_string_size = kUnbounded;
    static constexpr std::size_t max_key_size = kUnbounded;

    explicit StrictHandler(unsigned char* scratch, std::size_t bytes) : stack(json::storage_ptr(), scratch, bytes) {}

    bool refuse(error_code& code, std::string why) {
        refusal = std::move(why);
        code = json::error::exception;
        return false;
    }

    // Before the value is built: a text of two bytes a value must not become many times its size.
    bool count_value(error_code& code) {
        if (values_left-- > 0) return true;
        too_many = true;
        return refuse(code, "too many values");
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& code) { return count_value(code); }
    bool on_array_begin(error_code& code) { return count_value(code); }

    bool on_array_end(std::size_t count, error_code&) {
        stack.push_array(count);
        return true;
    }

    bool on_object_end(std::size_t count, error_code& code) {
        std::string duplicate;
        if (!keys.close_object(count, duplicate))
            return refuse(code, "this object has the key \"" + duplicate + "\" twice");
        stack.push_object(count);
        return true;
    }

    bool has_nul(View part, error_code& code) {
        if (part.find('\0') == View::npos) return false;
        refuse(code, "NUL is not allowed in a text");
        return true;
    }

    bool on_string_part(View part, std::size_t, error_code& code) {
        if (has_nul(part, code)) return false;
        stack.push_chars(part);
        return true;
    }

    bool on_string(View part, std::size_t, error_code& code) {
        if (has_nul(part, code) || !count_value(code)) return false;
        stack.push_string(part);
        return true;
    }

    bool on_key_part(View part, std::size_t, error_code& code) {
        if (has_nul(part, code)) return false;
        keys.append(part);
        stack.push_chars(part);
        return true;
    }

    bool on_key(View part, std::size_t, error_code& code) {
        if (has_nul(part, code)) return false;
        keys.append(part);
        keys.end_key();
        stack.push_key(part);
        return true;
    }

    bool on_number_part(View, error_code&) { return true; }

    bool on_int64(std::int64_t value, View, error_code& code) {
        if (!count_value(code)) return false;
        stack.push_int64(value);
        return true;
    }

    bool on_uint64(std::uint64_t value, View, error_code& code) {
        if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return refuse_huge(code);
        if (!count_value(code)) return false;
        stack.push_int64(static_cast<std::int64_t>(value));
        return true;
    }

    // Read again from the text: the parser's own doubles are not always the nearest ones.
    bool on_double(double rough, View digits, error_code& code) {
        if (digits.find_first_of(".eE") == View::npos) return refuse_huge(code);
        double value = 0;
        const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (result.ec != std::errc()) value = std::abs(rough) < 1 ? 0 : std::numeric_limits<double>::infinity();
        if (!std::isfinite(value)) return refuse(code, "this number is larger than a double can hold");
        if (!count_value(code)) return false;
        stack.push_double(value);
        return true;
    }

    bool refuse_huge(error_code& code) { return refuse(code, "this whole number does not fit into 64 bits"); }

    bool on_bool(bool value, error_code& code) {
        if (!count_value(code)) return false;
        stack.push_bool(value);
        return true;
    }

    bool on_null(error_code& code) {
        if (!count_value(code)) return false;
        stack.push_null();
        return true;
    }

    bool on_comment_part(View, error_code&) { return true; }
    bool on_comment(View, error_code&) { return true; }

    json::value_stack stack;
    OpenKeys keys;
    std::string refusal;
    std::size_t values_left = 0;
    bool too_many = false;
};

std::string reason(const error_code& code, const StrictHandler& handler) {
    if (!handler.refusal.empty()) return handler.refusal;
    if (code == json::error::incomplete) return "the text ends in the middle of a value";
    if (code == json::error::too_deep) return "arrays and objects lie too deep inside each other";
    if (code == json::error::exponent_overflow) return "this number is larger than a double can hold";
    if (code == json::error::extra_data) return "something follows the value";
    return code.message();
}

[[noreturn]] void throw_error(const error_code& code, const StrictHandler& handler, std::size_t at,
                              const JsonLimits& limits) {
    if (handler.too_many) {
        throw Error(Code::kTooLarge,
                    "The JSON holds more than " + std::to_string(limits.values_max) + " values. Send it in parts.");
    }
    throw Error(Code::kMalformed,
                "The JSON is malformed at byte " + std::to_string(at) + ": " + reason(code, handler) + ".");
}

json::value parse_into(std::string_view text, const JsonLimits& limits, json::storage_ptr storage) {
    unsigned char scratch[2048];
    json::parse_options options;
    options.max_depth = limits.depth_max;
    json::basic_parser<StrictHandler> parser(options, scratch, sizeof scratch);
    StrictHandler& handler = parser.handler();
    handler.stack.reset(std::move(storage));
    handler.values_left = limits.values_max;
    error_code code;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), code);
    if (!code && used < text.size()) code = json::error::extra_data;
    if (code) throw_error(code, handler, used, limits);
    return handler.stack.release();
}

}  // namespace

json::value parse_json(std::string_view text, const JsonLimits& limits) { return parse_into(text, limits, {}); }

JsonDocument::JsonDocument(std::string_view text, const JsonLimits& limits)
    : arena_(buffer_.data(), buffer_.size()), root_(parse_into(text, limits, &arena_)) {}

}  // namespace engram::base
