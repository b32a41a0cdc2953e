// What imports hold of a person, for an export and for the end of an account.
#pragma once

#include "ports/database.hpp"
#include "ports/object_store.hpp"
#include "ports/personal_data.hpp"

namespace engram::integration {

// Writes imports.json. What it is made of must outlive it.
class ImportPersonalData final : public ports::PersonalData {
public:
    ImportPersonalData(ports::Database& database, ports::ObjectStore& objects)
        : database_(database), objects_(objects) {}

    void write_to(const base::Uuid& owner, ports::ArchiveWriter& archive) override;
    void erase(const base::Uuid& owner) override;

private:
    ports::Database& database_;
    ports::ObjectStore& objects_;
};

}  // namespace engram::integration
