#include <iostream>

#include "app/commands.hpp"
#include "app/local_api.hpp"
#include "base/text.hpp"

namespace engram::app {

void rebuild_markdown(const Config& config) {
    const auto api = LocalApi::open_existing(config, "");
    const boost::json::value rebuilt = api->call(http::Method::kPost, "/admin/markdown/rebuild");
    std::cout << "Wrote " << base::counted(static_cast<std::size_t>(rebuilt.at("files").as_int64()), "file") << " in "
              << config.data << "/markdown.\n";
}

}  // namespace engram::app
