// Writes to a ledger with many threads until it is killed, and tells each acknowledged entry through a pipe:
// crash_writer DATABASE DESCRIPTOR. Started by sqlite_crash_test.
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "adapters/sqlite/sqlite_database.hpp"
#include "adapters/sqlite/test_ledger.hpp"
#include "adapters/system/system_clock.hpp"
#include "base/thread.hpp"

int main(int count, char** arguments) {
    using namespace engram;
    if (count != 3) return 2;
    const int out = std::atoi(arguments[2]);
    const system::SystemClock clock;
    const auto database = sqlite::open_sqlite({.path = arguments[1], .checkpoint_pages = 100}, clock);
    sqlite::migrate_ledger(*database);
    const sqlite::LastEntries last = sqlite::last_entries(*database);
    std::vector<base::Thread> threads;
    for (std::size_t writer = 0; writer < sqlite::kLedgerWriters; ++writer)
        threads.emplace_back("writer", [&, writer](const std::stop_token&) {
            for (std::int64_t number = last[writer] + 1;; ++number) {
                sqlite::append_entry(*database, writer, number);
                const std::int64_t told[2] = {static_cast<std::int64_t>(writer), number};
                if (::write(out, told, sizeof told) != sizeof told) return;
            }
        });
}
