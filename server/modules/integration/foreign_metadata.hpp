// What another program tells of a memory and engram has no field for: members of its metadata.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "base/json.hpp"

namespace engram::integration {

// Used by one thread.
class ForeignMetadata {
public:
    ForeignMetadata() = default;

    // Adds to what the memory has as its metadata already.
    explicit ForeignMetadata(const boost::json::object& given);

    // False, and nothing is added, where `value` is no scalar, where there is such a member already, and where all of
    // them would be larger than 16 KiB.
    bool add(std::string_view name, const boost::json::value& value);

    base::JsonText text() const;

private:
    boost::json::object members_;
    std::size_t bytes_ = 2;
};

}  // namespace engram::integration
