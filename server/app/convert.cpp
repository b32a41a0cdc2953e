#include "adapters/disk/folder_lock.hpp"
#include "app/backups.hpp"
#include "app/database_files.hpp"
#include "app/databases.hpp"
#include "backup/loader.hpp"
#include "modules/user/user_store.hpp"

namespace engram::app {
namespace {

using PersonId = std::optional<base::Uuid>;

PersonId find_person(ports::Database& database, const std::optional<std::string>& phone_number) {
    if (!phone_number) return std::nullopt;
    std::optional<user::User> person;
    database.read({}, [&](ports::Transaction& tx) { person = user::store::find_user_by_phone(tx, *phone_number); });
    if (!person) throw base::Error(base::Code::kNotFound, "Nobody here has the phone number " + *phone_number + ".");
    return person->id;
}

backup::Digests digests_of(ports::Database& database, const PersonId& person) {
    return backup::dump(database, {.persons = &persons, .person = person}, [](std::string_view) {});
}

// Row by row, and then both are read again.
Amount copy(ports::Database& from, ports::Database& to, const PersonId& person, const Progress& progress) {
    if (!person && count_persons(to) > 0)
        throw base::Error(base::Code::kConflict, "There is somebody in the other database already. Name an empty one.");
    backup::Loader loader(to, &persons);
    backup::Parser parser(loader);
    LineCounter count(progress);
    backup::dump(from, {.persons = &persons, .person = person}, [&](std::string_view line) {
        parser.line(line);
        count();
    });
    const backup::Contents contents = parser.finish();
    loader.finish();
    if (digests_of(to, person) != contents.digests)
        throw base::Error(base::Code::kInternal, "The other database does not hold what was written to it.");
    if (digests_of(from, person) != contents.digests)
        throw base::Error(base::Code::kConflict,
                          "What was copied has changed meanwhile. Stop every engram that uses this database, and copy "
                          "it once more into an empty one.");
    return amount_of(contents.digests);
}

Amount into_folder(ports::Database& from, const Config& target, const PersonId& person, const RestoreParts& parts) {
    if (count_persons_in_file(database_path(target), parts.clock) != 0)
        throw base::Error(base::Code::kConflict,
                          target.data + " holds an engram already. Name another folder with --data.");
    const std::string beside = new_file_beside(target);
    Amount report;
    {
        const auto to = open_file(beside, parts.clock);
        to->migrate(schema());
        report = copy(from, *to, person, parts.progress);
    }
    put_in_place(beside, target, parts.clock);
    return report;
}

}  // namespace

Amount convert(const Config& source, const Config& target, const std::optional<std::string>& phone_number,
               const RestoreParts& parts) {
    if (source.is_embedded() && target.is_embedded())
        throw base::Error(base::Code::kInvalid,
                          "--to must name a database of another kind: postgres://..., or sqlite: from such a one.");
    const disk::FolderLock lock(source.data);
    const auto from = open_database(source, parts.clock, Access::kAll);
    bring_up_to_date(*from, source, parts.clock);
    const PersonId person = find_person(*from, phone_number);
    if (target.is_embedded()) return into_folder(*from, target, person, parts);
    const auto to = open_database(target, parts.clock);
    bring_up_to_date(*to, target, parts.clock);
    return copy(*from, *to, person, parts.progress);
}

}  // namespace engram::app
