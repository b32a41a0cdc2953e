#include "modules/integration/import_source.hpp"

#include "base/text.hpp"
#include "modules/integration/zip_reader.hpp"

namespace engram::integration {

std::string read_front(const ImportFile& file) {
    std::string front(kFrontBytes, '\0');
    const auto in = file.open();
    in->read(front.data(), static_cast<std::streamsize>(front.size()));
    front.resize(static_cast<std::size_t>(in->gcount()));
    return front;
}

std::string_view stem_of(std::string_view path) {
    path.remove_prefix(path.find_last_of("/\\") + 1);
    const std::size_t dot = path.rfind('.');
    return dot == 0 ? path : path.substr(0, dot);
}

bool is_hidden(std::string_view path) {
    for (std::size_t end = path.find('/'); end != std::string_view::npos; end = path.find('/')) {
        const std::string_view folder = path.substr(0, end);
        if ((folder.starts_with('.') && folder != "." && folder != "..") || folder == "__MACOSX") return true;
        path.remove_prefix(end + 1);
    }
    return path.starts_with("._");
}

std::string extension_of(std::string_view path) {
    path.remove_prefix(path.find_last_of("/\\") + 1);
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string() : base::to_lower_ascii(path.substr(dot + 1));
}

std::vector<ImportFile> import_files(const std::string& name, std::function<std::unique_ptr<std::istream>()> open) {
    const auto in = open();
    if (is_zip(*in)) return zip_files(open);
    in->clear();
    in->seekg(0, std::ios::end);
    const auto bytes = static_cast<std::uint64_t>(std::max<std::streamoff>(in->tellg(), 0));
    return {{.name = name, .bytes = bytes, .modified_at = {}, .open = std::move(open)}};
}

}  // namespace engram::integration
