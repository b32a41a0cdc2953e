#include <algorithm>
#include <array>

#include "modules/integration/import_format.hpp"
#include "modules/integration/json_stream.hpp"
#include "modules/integration/memory_object.hpp"

namespace engram::integration {

namespace {

// The document itself, or what it has under one of these names.
constexpr std::array<std::string_view, 6> kArrays{"", "/memories", "/items", "/messages", "/notes", "/data"};

JsonInterest interest_in(std::string_view path, bool is_array) {
    if (is_array && std::ranges::find(kArrays, path) != kArrays.end()) return JsonInterest::kElements;
    return path.empty() ? JsonInterest::kInside : JsonInterest::kNone;
}

// Whether there is an array of what can be memories.
class Signs final : public JsonListener {
public:
    JsonInterest begin(std::string_view path, bool is_array) override {
        const JsonInterest interest = interest_in(path, is_array);
        any_array_ = any_array_ || interest == JsonInterest::kElements;
        return interest;
    }

    void element(const JsonElement& element) override {
        any_element_ = true;
        any_memory_ = any_memory_ || has_memory_content(element.value);
    }

    // An array whose first element goes beyond the front, or that is empty, gets the benefit of the doubt.
    bool seen() const { return any_memory_ || (any_array_ && !any_element_); }

private:
    bool any_array_ = false, any_element_ = false, any_memory_ = false;
};

class Memories final : public JsonListener {
public:
    Memories(const ImportOptions& options, ImportCollector& collector)
        : objects_(ForeignFields::kKeep, options, collector), collector_(collector) {}

    JsonInterest begin(std::string_view path, bool is_array) override {
        const JsonInterest interest = interest_in(path, is_array);
        any_array_ = any_array_ || interest == JsonInterest::kElements;
        return interest;
    }

    void element(const JsonElement& element) override {
        if (element.repaired)
            collector_.problem(element.number, "It is not clean UTF-8; what cannot be read was replaced.",
                               "Save the file as UTF-8.");
        if (element.too_large)
            return collector_.problem(element.number, "It is too large, more than 1 MiB; it was left out.",
                                      "Break it into several.");
        objects_.read(element.value, element.number);
    }

    void finish() {
        if (any_array_) return;
        collector_.problem(0, "There is no array of memories.",
                           "Put them into an array, by itself or under the name 'memories'.");
    }

private:
    MemoryObjects objects_;
    ImportCollector& collector_;
    bool any_array_ = false;
};

bool fits(const ImportFile&, std::string_view front) {
    Signs signs;
    JsonStream stream(signs);
    return stream.feed(front) && signs.seen();
}

void read(const ImportFile& file, const ImportOptions& options, ImportCollector& collector) {
    Memories memories(options, collector);
    read_json_stream(*file.open(), memories);
    memories.finish();
}

}  // namespace

const ImportFormat kJsonFormat{"json", "JSON (an array of objects with a text)", fits, read};

}  // namespace engram::integration
