#include <iostream>

#include "app/commands.hpp"
#include "app/scratch_folder.hpp"
#include "app/wiring.hpp"

namespace engram::app {
// The document is made of the endpoints as they are mounted, so they are mounted.
void print_openapi() {
    const ScratchFolder folder;
    Config config;
    config.data = folder.path();
    std::cout << App(config).gateway().openapi();
}

}  // namespace engram::app
