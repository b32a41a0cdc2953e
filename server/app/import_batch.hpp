// Messages of an export as bodies of POST /memories/batch.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <unordered_map>

#include "base/id.hpp"
#include "modules/integration/integration.hpp"

namespace engram::app {

// Gives each message an id that depends on nothing but the message, so that importing a file again, or a longer export
// of the same chat, stores each message once. Used by one thread, for one file.
class ImportBatch {
public:
    boost::json::object memory_of(const integration::ImportedMessage& message);

private:
    base::Uuid id_of(const integration::ImportedMessage& message);

    std::unordered_map<base::Uuid, std::size_t, base::UuidHash> seen_;  // equal messages: which one is this?
};

}  // namespace engram::app
