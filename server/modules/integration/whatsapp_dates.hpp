// Is "03/04/24" in March or in April? One date cannot tell, a whole chat nearly always can.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "modules/integration/whatsapp_line.hpp"

namespace engram::integration {

// Is shown every head of a file in order, then asked.
class DateOrderGuess {
public:
    void see(const WhatsappHead& head);

    // By a first number of four digits; else by numbers above 12; else by which order makes the chat run forwards, as
    // exports do; else by habit: a point or a dash, or a clock of 24 hours, goes with D/M, AM and PM with M/D.
    DateOrder order() const;

    // Whether more than habit told.
    bool certain() const;

private:
    std::size_t year_first_ = 0, day_first_ = 0, month_first_ = 0;  // heads that only fit that order
    std::array<std::size_t, 2> backward_{};                         // steps back in time, read as D/M and as M/D
    std::array<std::int64_t, 2> latest_{};
    bool slash_ = false, twelve_hours_ = false;
};

}  // namespace engram::integration
