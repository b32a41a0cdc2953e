// Everything that engram holds of a person, in one zip archive: readable without engram, and importable again.
#pragma once

#include <string>
#include <vector>

#include "modules/integration/zip_writer.hpp"
#include "ports/clock.hpp"
#include "ports/personal_data.hpp"

namespace engram::integration {

// What it is made of must outlive it. Any thread.
class Exporter {
public:
    // `parts`: what every module holds, in the order in which it goes into the archive.
    Exporter(const ports::Clock& clock, std::vector<ports::PersonalData*> parts, std::string made_by)
        : clock_(clock), parts_(std::move(parts)), made_by_(std::move(made_by)) {}

    // Throws kUnavailable where the sink is gone, else as the parts do.
    void write(const base::Uuid& owner, const ZipSink& sink) const;

    // "engram-2026-11-28.zip"
    std::string file_name() const;

private:
    const ports::Clock& clock_;
    const std::vector<ports::PersonalData*> parts_;
    const std::string made_by_;
};

}  // namespace engram::integration
