// Puts a backup's rows into a database.
#pragma once

#include <set>

#include "backup/dump.hpp"
#include "backup/parser.hpp"

namespace engram::backup {

// The database has the schema that the header names, and none of the persons. Rows of persons are written in pieces;
// they are nobody's until the last write, which brings the tables that are nobody's own, all at once. What a load that
// did not get there has left is removed by the next.
class Loader final : public Reader {
public:
    Loader(ports::Database& database, const Persons& persons) : database_(database), persons_(persons) {}

    // Throw kConflict where the database has other tables, or one of the persons already.
    void begin(const Header& header) override;
    void begin(const Section& section, const ports::Table& table) override;
    void row(Values&& values) override;

    // Once the Parser has found the end: nothing is to be seen of it before.
    void finish();

private:
    void flush();
    void remove_shared(ports::Transaction& tx);
    void make_room_for(const base::Uuid& person);
    void ensure_partitions();

    struct Shared {
        const ports::Table* table;
        std::vector<Values> rows;
    };

    ports::Database& database_;
    Persons persons_;
    std::vector<ports::Table> tables_;  // of the database
    std::set<base::Uuid> present_, begun_;
    const ports::Table* table_ = nullptr;  // as the backup has its columns
    std::optional<base::Uuid> owner_;
    bool by_month_ = false;
    std::vector<Values> rows_;
    std::vector<Shared> shared_;
};

}  // namespace engram::backup
