#include "ports/migration_plan.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "base/error.hpp"

namespace engram::ports {
namespace {

std::string text_of_step(const StepName& step) { return step.first + " " + std::to_string(step.second); }

void require_counted_up(std::span<const Migration> migrations) {
    std::map<std::string, int> last;
    for (const Migration& migration : migrations)
        if (migration.number != ++last[migration.module])
            throw base::Error(base::Code::kInternal, "The steps of the schema are out of order.",
                              text_of_step({migration.module, migration.number}) + " follows " +
                                  std::to_string(last[migration.module] - 1));
}

}  // namespace

std::string checksum_of(std::string_view sql) { return base::to_hex(base::hash_text(sql)); }

std::vector<const Migration*> pending_steps(std::span<const Migration> migrations, const AppliedSteps& applied,
                                            TextOf text_of) {
    require_counted_up(migrations);
    AppliedSteps unknown = applied;
    std::vector<const Migration*> pending;
    for (const Migration& migration : migrations) {
        const StepName step{migration.module, migration.number};
        const auto found = unknown.extract(step);
        if (found.empty())
            pending.push_back(&migration);
        else if (found.mapped() != checksum_of(text_of(migration)))
            throw base::Error(base::Code::kConflict, "The schema step " + text_of_step(step) +
                                                         " of this database was made by another text than this "
                                                         "program has. Use the program that made the database.");
    }
    if (!unknown.empty())
        throw base::Error(base::Code::kConflict, "This database is newer than this program (schema step " +
                                                     text_of_step(unknown.begin()->first) + "). Use a newer program.");
    return pending;
}

std::vector<Migration> steps_named(std::span<const Migration> migrations, std::span<const AppliedStep> steps) {
    std::vector<Migration> named;
    for (const Migration& migration : migrations)
        if (std::ranges::find(steps, AppliedStep{migration.module, migration.number}) != steps.end())
            named.push_back(migration);
    for (const AppliedStep& step : steps)
        if (std::ranges::none_of(
                named, [&](const Migration& known) { return AppliedStep{known.module, known.number} == step; }))
            throw base::Error(base::Code::kConflict, "A newer program made this (schema step " +
                                                         text_of_step({step.module, step.number}) +
                                                         "). Use a newer program.");
    return named;
}

}  // namespace engram::ports
