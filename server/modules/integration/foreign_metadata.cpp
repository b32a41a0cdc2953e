#include "modules/integration/foreign_metadata.hpp"

#include "base/text.hpp"
#include "modules/integration/import_text.hpp"
#include "modules/memory/memory.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kNameMax = 100;

std::string serialised(const boost::json::value& value) {
    std::string text;
    base::append_json(text, value);
    return text;
}

}  // namespace

ForeignMetadata::ForeignMetadata(const boost::json::object& given)
    : members_(given), bytes_(serialised(members_).size()) {}

bool ForeignMetadata::add(std::string_view name, const boost::json::value& value) {
    name = base::cut_code_points(trim_marks(name), kNameMax);
    if (name.empty() || value.is_structured() || members_.contains(name)) return false;
    const std::size_t bytes = serialised(boost::json::value(name)).size() + serialised(value).size() + 2;
    if (bytes_ + bytes > memory::kMetadataBytesMax) return false;
    bytes_ += bytes;
    members_.emplace(name, value);
    return true;
}

base::JsonText ForeignMetadata::text() const { return {serialised(members_)}; }

}  // namespace engram::integration
