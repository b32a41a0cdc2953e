#include "modules/integration/import_personal.hpp"

#include <limits>

#include "http/json_write.hpp"
#include "modules/integration/import_store.hpp"

namespace engram::integration {

namespace {

using ports::Transaction;

constexpr std::int64_t kErasedAtOnce = 256;

}  // namespace

void ImportPersonalData::write_to(const base::Uuid& owner, ports::ArchiveWriter& archive) {
    std::vector<Import> imports;
    database_.read(
        owner, [&](Transaction& tx) { imports = store::list(tx, owner, std::numeric_limits<std::int64_t>::max()); });
    if (imports.empty()) return;
    std::string text;
    http::write_json(text, imports);
    archive.begin("imports.json");
    archive.write(text += '\n');
}

void ImportPersonalData::erase(const base::Uuid& owner) {
    for (std::int64_t erased = 1; erased > 0;)
        database_.write(owner, [&](Transaction& tx) { erased = store::erase_some(tx, owner, kErasedAtOnce); });
    remove_uploads(objects_, owner);
}

}  // namespace engram::integration
