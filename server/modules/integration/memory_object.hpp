// A memory as a JSON object, with the fields that one is created with, or the names that other programs have for them.
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <string_view>

#include "modules/integration/foreign_metadata.hpp"
#include "modules/integration/import_collector.hpp"
#include "modules/integration/memory_field.hpp"

namespace engram::integration {

// Of a field that is not known, or does not fit.
enum class ForeignFields {
    kReport,  // what is not known is a problem, told once for each name; what does not fit leaves the whole object out
    kKeep,    // it goes into metadata as far as 16 KiB go; what does not fit is a problem too
};

// Reads the objects of one file. Used by one thread; collector and options must outlive it.
class MemoryObjects {
public:
    MemoryObjects(ForeignFields foreign, const ImportOptions& options, ImportCollector& collector)
        : foreign_(foreign), options_(options), collector_(collector) {}

    // What cannot be taken in is a problem of the report. `line`: where it begins, or the which-th it is. Of several
    // names of one field engram's own counts, else the one that is most usual; the others are foreign.
    void read(const boost::json::value& root, std::size_t line);

private:
    using Names = std::vector<std::string_view>;

    // False where the whole is to be left out.
    bool read_fields(const boost::json::object& object, ImportedMessage& message);
    void keep_foreign(const boost::json::object& object, const Names& names, ImportedMessage& message);
    void tell_misfit(std::size_t line, std::string_view name, const MemoryField& field);
    void tell_once(std::size_t line, std::string_view name, std::string_view what, std::string remedy);

    ForeignFields foreign_;
    const ImportOptions& options_;
    ImportCollector& collector_;
    std::set<std::string, std::less<>> told_;
};

// Whether it has a text that a memory is made of.
bool has_memory_content(const boost::json::value& root);

}  // namespace engram::integration
