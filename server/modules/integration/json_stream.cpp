#include "modules/integration/json_stream.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/error.hpp"
#include "modules/integration/import_text.hpp"

namespace engram::integration {

namespace {

namespace json = boost::json;
using json::error_code;
using View = json::string_view;

constexpr std::size_t kDepthMax = 32;
constexpr std::size_t kBlockBytes = 64 << 10;
constexpr std::size_t kKeyBytesMax = 256;  // of a path; a longer one is nobody's
constexpr std::size_t kScalarBytesMax = 64 << 10;
constexpr std::size_t kNumberBytesMax = 400;
constexpr double kWholeNumberEnd = 9'223'372'036'854'775'808.0;  // where int64 ends
constexpr std::size_t kValueBytes = 32;                          // what a value costs beside its text

// Boost.JSON's events, turned into the listener's. Either it walks through the document, or it builds an element, or it
// passes over what nobody wants; `inner_` counts what is open in the latter two.
class StreamHandler {
public:
    static constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = kUnbounded;
    static constexpr std::size_t max_object_size = kUnbounded;
    static constexpr std::size_t max_string_size = kUnbounded;
    static constexpr std::size_t max_key_size = kUnbounded;

    explicit StreamHandler(JsonListener& listener) : listener_(listener) {}

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(false); }
    bool on_array_begin(error_code&) { return open(true); }
    bool on_comment_part(View, error_code&) { return true; }
    bool on_comment(View, error_code&) { return true; }

    bool on_array_end(std::size_t count, error_code&) {
        if (is_building()) stack_.push_array(count);
        return close();
    }

    bool on_object_end(std::size_t count, error_code&) {
        if (is_building()) stack_.push_object(count);
        return close();
    }

    bool on_key_part(View part, std::size_t, error_code&) { return gather(part, kKeyBytesMax); }

    bool on_key(View part, std::size_t, error_code&) {
        gather(part, kKeyBytesMax);
        mend();
        if (is_building())
            stack_.push_key(text_);
        else if (mode_ == Mode::kWalk)
            key_ = text_;
        text_.clear();
        return true;
    }

    bool on_string_part(View part, std::size_t, error_code&) {
        begin_text();
        return gather(part, kScalarBytesMax);
    }

    bool on_string(View part, std::size_t, error_code&) {
        begin_text();
        gather(part, kScalarBytesMax);
        mend();
        value([this] { stack_.push_string(text_); });
        in_text_ = false;
        text_.clear();
        return true;
    }

    // A number on the border of two blocks comes in parts.
    bool on_number_part(View part, error_code&) {
        if (number_.size() < kNumberBytesMax) number_.append(part.data(), part.size());
        return true;
    }

    bool on_int64(std::int64_t number, View, error_code&) {
        number_.clear();
        value([this, number] { stack_.push_int64(number); });
        return true;
    }

    bool on_uint64(std::uint64_t number, View digits, error_code& code) {
        return on_double(static_cast<double>(number), digits, code);
    }

    // Read again from the text: the parser's own doubles are not always the nearest ones.
    bool on_double(double rough, View digits, error_code& code) {
        on_number_part(digits, code);
        if (number_.size() >= kNumberBytesMax) number_ = "beyond all numbers";
        double number = rough;
        const auto result = std::from_chars(number_.data(), number_.data() + number_.size(), number);
        const bool is_tiny = result.ec == std::errc::result_out_of_range && std::abs(rough) < 1;
        if (is_tiny) number = 0;
        const bool fits = (is_tiny || result.ec == std::errc()) && std::abs(number) < kWholeNumberEnd;
        value([&] { fits ? stack_.push_double(number) : stack_.push_string(number_); });
        number_.clear();
        return true;
    }

    bool on_bool(bool truth, error_code&) {
        value([this, truth] { stack_.push_bool(truth); });
        return true;
    }

    bool on_null(error_code&) {
        value([this] { stack_.push_null(); });
        return true;
    }

private:
    enum class Mode { kWalk, kBuild, kPass };

    struct Frame {
        JsonInterest interest;
        bool is_array;
        std::size_t path_size;  // of what holds it
    };

    bool is_building() const { return mode_ == Mode::kBuild && !too_large_; }
    bool wants_elements() const { return !frames_.empty() && frames_.back().interest == JsonInterest::kElements; }

    std::size_t enter_path() {
        const std::size_t before = path_.size();
        if (!frames_.empty()) (path_ += '/') += frames_.back().is_array ? "*" : key_;
        return before;
    }

    bool open(bool is_array) {
        if (mode_ == Mode::kWalk && wants_elements()) begin_element();
        if (mode_ != Mode::kWalk) {
            ++inner_;
            spend(kValueBytes);
            return true;
        }
        const std::size_t before = enter_path();
        const JsonInterest interest = listener_.begin(path_, is_array);
        if (interest != JsonInterest::kNone) {
            frames_.push_back({interest, is_array, before});
            return true;
        }
        path_.resize(before);
        mode_ = Mode::kPass;
        inner_ = 1;
        return true;
    }

    bool close() {
        if (mode_ == Mode::kWalk) {
            path_.resize(frames_.back().path_size);
            frames_.pop_back();
        } else if (--inner_ == 0) {
            if (mode_ == Mode::kBuild) end_element();
            mode_ = Mode::kWalk;
        }
        return true;
    }

    // A text may be an element by itself, and is then spent as one from its first part on.
    void begin_text() {
        if (std::exchange(in_text_, true) || mode_ != Mode::kWalk || !wants_elements()) return;
        begin_element();
    }

    template <typename Push>
    void value(Push push) {
        if (mode_ == Mode::kPass) return;
        if (mode_ == Mode::kWalk && wants_elements()) begin_element();
        if (mode_ == Mode::kBuild) spend(kValueBytes);
        if (is_building()) push();
        if (mode_ == Mode::kBuild && inner_ == 0) {
            end_element();
            mode_ = Mode::kWalk;
        } else if (mode_ == Mode::kWalk) {
            stack_.reset();
            push();
            const json::value scalar = stack_.release();
            const std::size_t before = enter_path();
            listener_.scalar(path_, scalar);
            path_.resize(before);
        }
    }

    void begin_element() {
        stack_.reset();
        mode_ = Mode::kBuild;
        inner_ = spent_ = 0;
        too_large_ = repaired_ = false;
        ++elements_;
    }

    void end_element() {
        const json::value whole = too_large_ ? json::value() : stack_.release();
        listener_.element(
            {.path = path_, .number = elements_, .value = whole, .too_large = too_large_, .repaired = repaired_});
    }

    // What is too large is let go of at once.
    void spend(std::size_t bytes) {
        if (!is_building()) return;
        spent_ += bytes;
        if (spent_ <= kElementBytesMax) return;
        too_large_ = true;
        stack_.reset();
        text_.clear();
    }

    bool gather(View part, std::size_t bytes_max) {
        if (mode_ == Mode::kBuild) spend(part.size());
        if (is_building()) text_.append(part.data(), part.size());
        if (mode_ == Mode::kWalk) text_.append(part.data(), std::min(part.size(), bytes_max - text_.size()));
        return true;
    }

    void mend() {
        if (repair_text(text_)) repaired_ = true;
    }

    JsonListener& listener_;
    json::value_stack stack_;
    std::vector<Frame> frames_;
    std::string path_, key_, text_, number_;
    Mode mode_ = Mode::kWalk;
    std::size_t inner_ = 0, spent_ = 0, elements_ = 0;
    bool too_large_ = false, repaired_ = false, in_text_ = false;
};

json::parse_options options() {
    json::parse_options all;
    all.max_depth = kDepthMax;
    all.allow_invalid_utf8 = true;  // it is repaired
    return all;
}

std::string reason(const error_code& code) {
    if (code == json::error::incomplete) return "it ends in the middle of a value";
    if (code == json::error::too_deep) return "arrays and objects lie too deep inside each other";
    if (code == json::error::extra_data) return "something follows the value";
    return code.message();
}

}  // namespace

struct JsonStream::Reader {
    explicit Reader(JsonListener& listener) : parser(options(), listener) {}

    bool write(bool more, std::string_view bytes) {
        if (code) return false;
        const std::size_t used = parser.write_some(more, bytes.data(), bytes.size(), code);
        if (!code && used < bytes.size()) code = json::error::extra_data;
        position += used;
        return !code;
    }

    json::basic_parser<StreamHandler> parser;
    std::uint64_t position = 0;
    error_code code;
};

JsonStream::JsonStream(JsonListener& listener) : reader_(std::make_unique<Reader>(listener)) {}
JsonStream::~JsonStream() = default;

bool JsonStream::feed(std::string_view bytes) {
    if (reader_->position > 0) return reader_->write(true, bytes);
    const std::string_view clean = without_byte_order_mark(bytes);
    reader_->position = bytes.size() - clean.size();
    return reader_->write(true, clean);
}

bool JsonStream::finish() { return reader_->write(false, {}); }

std::string JsonStream::problem() const {
    if (!reader_->code) return {};
    return "The JSON is broken at byte " + std::to_string(reader_->position) + ": " + reason(reader_->code) +
           ". Export it again.";
}

void read_json_stream(std::istream& in, JsonListener& listener) {
    JsonStream stream(listener);
    std::string block(kBlockBytes, '\0');
    bool good = true;
    while (good && in) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        good = stream.feed(std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount())));
    }
    if (!good || !stream.finish()) throw base::Error(base::Code::kInvalid, stream.problem());
}

}  // namespace engram::integration
