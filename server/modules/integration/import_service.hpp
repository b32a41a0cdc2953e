// Imports over their ports.
#pragma once

#include <memory>
#include <vector>

#include "jobs/job_kind.hpp"
#include "modules/integration/integration.hpp"
#include "modules/user/user.hpp"
#include "ports/clock.hpp"
#include "ports/database.hpp"
#include "ports/object_store.hpp"
#include "ports/random.hpp"

namespace engram::integration {

struct ImportParts {
    ports::Database& database;
    ports::ObjectStore& objects;
    ports::Queue& queue;
    memory::MemoryService& memories;
    user::UserService& users;
    ports::Clock& clock;
    ports::Random& random;
};

// The parts must outlive the service.
std::unique_ptr<ImportService> make_import_service(const ImportParts& parts);

// The service must outlive the kinds.
std::vector<jobs::JobKind> job_kinds(ImportService& imports);

}  // namespace engram::integration
