// What every import format does alike: splitting, counting, the list of people, the list of problems.
#pragma once

#include <string>
#include <unordered_set>

#include "modules/integration/imported_message.hpp"

namespace engram::integration {

// Between a format and the sink. Used by one thread; both references must outlive it.
class ImportCollector {
public:
    ImportCollector(ImportSummary& report, const ImportSink& sink) : report_(report), sink_(sink) {}

    // What comes now is of that file of an archive; empty: there is but one.
    void begin_file(std::string name) { file_ = std::move(name); }

    // Hands the message over, a long one in parts a millisecond apart. Nothing where its content is blank: false.
    bool message(ImportedMessage message);

    void problem(std::size_t line, std::string reason, std::string remedy);

    // How the dates of a file are read. Of several files the report has the first order, or the first that is in doubt.
    void date_order(DateOrder order, bool certain);

    // Repairs a line as it was read, and reports it where that was needed.
    void clean(std::string& line, std::size_t number, bool cut);

    ImportSummary& report() { return report_; }

private:
    void hand_over(ImportedMessage&& message);
    void remember_author(const std::string& author);

    ImportSummary& report_;
    const ImportSink& sink_;
    std::string file_;
    std::unordered_set<std::string> authors_;
};

}  // namespace engram::integration
