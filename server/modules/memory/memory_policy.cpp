#include "modules/memory/memory_policy.hpp"

#include <algorithm>

#include "modules/security/security.hpp"

namespace engram::memory {

int allowed_level(const Actor& actor, std::string_view classification) {
    const auto level = security::level_of_class(classification);
    if (!level)
        throw base::invalid_field("classification", "not_one_of",
                                  "must be one of chronological, general, confidential, secret, ultrasecret");
    if (*level <= std::min(actor.level, kLevelKept)) return *level;
    base::Error error(base::Code::kForbidden,
                      "A memory of the class \"" + std::string(classification) +
                          "\" must be sealed, and this engram cannot seal yet. It was not stored.");
    error.type = "security-level-required";
    throw error;
}

void check_created_at(base::Time time, base::Time now) {
    if (time < base::Time{} || time > now + std::chrono::days(1))
        throw base::invalid_field("created_at", "out_of_range", "must be between 1970 and tomorrow");
}

bool may_read(const Actor& actor, int level) { return level <= actor.level; }

void withhold_from(const Actor& actor, Memory& memory) {
    if (may_read(actor, static_cast<int>(memory.security_level))) return;
    memory.lock = Lock{"confirm", {"step-up"}};
    memory.title.reset();
    memory.content.reset();
    memory.context.reset();
    memory.tags.reset();
    memory.emotional_context.reset();
    memory.metadata = {};
    memory.attachments.clear();
    memory.highlights.value.reset();
}

}  // namespace engram::memory
