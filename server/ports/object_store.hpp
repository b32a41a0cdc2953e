// Large things that are kept as they came: uploads, files, backups. Adapters: adapters/disk.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engram::ports {

// Keys are like paths: names with '/' between them, none with a dot in front: "imports/0192f3c4-…". Any other throws
// kInvalid. Throws kStorageFull or kUnavailable as the engine is. Any thread; one writer of a key at a time.
class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    // Gives the next bytes of what is to be kept; 0 at the end.
    using Read = std::function<std::size_t(std::span<char> out)>;

    // Keeps what `read` gives, in place of what was there; durable when it returns the number of bytes. What `read`
    // throws passes through, and what was there stays.
    virtual std::int64_t put(std::string_view key, const Read& read) = 0;

    // From its front, seekable; the stream throws kUnavailable where its engine fails. Null: there is none of that key.
    // It must not outlive the store.
    virtual std::unique_ptr<std::istream> open(std::string_view key) = 0;

    // Nothing happens where there is none.
    virtual void remove(std::string_view key) = 0;

    // The keys below a folder, in order.
    virtual std::vector<std::string> list(std::string_view folder) = 0;
};

}  // namespace engram::ports
