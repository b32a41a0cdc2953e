// A file of a person's Markdown, and where in it each memory stands, so that a change writes anew its own part alone.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "modules/memory/memory.hpp"

namespace engram::memory {

class MarkdownPage {
public:
    // The whole file of one of kClasses and a month; `memories` are all of it, in order of created_at and id.
    static std::pair<std::string, MarkdownPage> of(std::string_view classification, std::chrono::year_month month,
                                                   std::span<const Memory> memories);

    // Puts `changed`, in order of created_at and id, into `file`: each in its place, or behind all others. False, and
    // nothing is done, where that would not give what of() gives: somebody has changed the file, something belongs
    // between others, an answer there has waited for what comes, or it is another day where it was told.
    bool change(std::string& file, std::span<const Memory> changed);

    bool holds(const base::Uuid& id) const;
    std::size_t size() const { return parts_.size(); }

private:
    struct Part {
        base::Uuid id;
        std::uint32_t end = 0;  // in the file, behind the head
        std::int32_t day = 0;   // where it was told, since 1970
    };
    // What goes into the file in the place of a part.
    struct Piece {
        std::size_t part = 0;
        std::string text;
    };

    bool comes_last(const Memory& memory) const;
    bool place(const Memory& memory, std::vector<Piece>& pieces);
    void append_part(std::string& out, const Memory& memory, std::size_t part, bool is_answer_to_here);
    std::string spliced(const std::string& file, std::span<const Piece> pieces);

    std::string_view classification_;
    std::chrono::year_month month_{};
    std::vector<Part> parts_;
    std::set<base::Uuid> awaited_;  // what answers here refer to, and is not here
    base::Time last_created_{};
    std::size_t hash_ = 0;  // of the file
};

}  // namespace engram::memory
