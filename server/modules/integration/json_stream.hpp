// A JSON document of any size, read in bounded memory: what is wanted of it comes as it is met, the rest is passed
// over.
#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

namespace engram::integration {

inline constexpr std::size_t kElementBytesMax = 1 << 20;

enum class JsonInterest {
    kNone,      // in nothing of it
    kInside,    // in its scalars; what it holds is asked about in turn
    kElements,  // of an array: in each of its elements, whole
};

struct JsonElement {
    std::string_view path;            // of its array
    std::size_t number = 0;           // which of all elements that were wanted in the document, from 1
    const boost::json::value& value;  // null where it is too large
    bool too_large = false;           // more than kElementBytesMax, each value in it counted as 32 bytes and its text
    bool repaired = false;            // a text in it was no clean UTF-8
};

// Is told what stands in a document, in its order. A path has the keys from the root on, and `*` for an element of an
// array: "/chats/list/*/name"; that of the root is empty. What it throws passes through.
class JsonListener {
public:
    JsonListener() = default;
    JsonListener(const JsonListener&) = delete;
    JsonListener& operator=(const JsonListener&) = delete;
    virtual ~JsonListener() = default;

    // An object or array begins.
    virtual JsonInterest begin(std::string_view path, bool is_array) = 0;

    // Of a text the first 64 KiB.
    virtual void scalar(std::string_view, const boost::json::value&) {}

    virtual void element(const JsonElement&) {}
};

// Texts come well-formed and without NUL; a number from 2^63 on, which a double would round and base::parse_json
// refuse, as the text of its digits; of two equal keys the last counts; a byte order mark is passed over. Depth is 32
// at most. Memory: a few times kElementBytesMax. Used by one thread; the listener must outlive it.
class JsonStream {
public:
    explicit JsonStream(JsonListener& listener);
    ~JsonStream();
    JsonStream(const JsonStream&) = delete;
    JsonStream& operator=(const JsonStream&) = delete;

    // The next bytes. False where the document is malformed; problem() says where and why.
    bool feed(std::string_view bytes);

    // The end of the bytes. False where the document breaks off.
    bool finish();

    std::string problem() const;

private:
    struct Reader;
    std::unique_ptr<Reader> reader_;
};

// The whole of `in`. Throws kInvalid for a document that breaks off or is malformed, naming the byte.
void read_json_stream(std::istream& in, JsonListener& listener);

}  // namespace engram::integration
