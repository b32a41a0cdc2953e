// What a module holds of a person: how it goes out, and how it is erased. Each module that holds something implements
// it; app lists them all, so that who exports or erases need not know any.
#pragma once

#include <string_view>

#include "base/id.hpp"

namespace engram::ports {

// Files one after the other. Used by one thread. Throws kUnavailable where nobody reads any more.
class ArchiveWriter {
public:
    virtual ~ArchiveWriter() = default;

    // What is written from here on is the file of that path: "html/2026-11.html".
    virtual void begin(std::string_view path) = 0;
    virtual void write(std::string_view piece) = 0;
};

// Any thread.
class PersonalData {
public:
    virtual ~PersonalData() = default;

    // Everything, for people and for programs.
    virtual void write_to(const base::Uuid& owner, ArchiveWriter& archive) = 0;

    // Everything goes, in steps; may be called again where it was interrupted, and finds nothing then.
    virtual void erase(const base::Uuid& owner) = 0;
};

}  // namespace engram::ports
