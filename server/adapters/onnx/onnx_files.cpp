#include "adapters/onnx/onnx_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/error.hpp"

namespace engram::onnx {
namespace {

constexpr std::size_t kPiece = 256 << 10;

base::Error unavailable(const PinnedFile& file, const std::string& what, const std::string& detail) {
    return {base::Code::kUnavailable,
            "The embedding model cannot be loaded: " + file.path.filename().string() + " " + what +
                ". Run 'make setup' on the server; it is tried again by itself.",
            file.path.string() + ": " + detail};
}

base::Error unreadable(const PinnedFile& file) {
    const int error = errno;
    return unavailable(file, error == ENOENT ? "is missing" : "cannot be read", std::strerror(error));
}

class Descriptor {
public:
    explicit Descriptor(const PinnedFile& file) : number_(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (number_ < 0) throw unreadable(file);
    }
    ~Descriptor() { ::close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }

private:
    int number_;
};

void read_pieces(const PinnedFile& file, const std::function<void(std::string_view)>& take) {
    const Descriptor descriptor(file);
    std::vector<char> piece(kPiece);
    base::Sha256 hash;
    for (;;) {
        const ssize_t got = ::read(descriptor.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw unreadable(file);
        if (got == 0) break;
        const std::string_view bytes(piece.data(), static_cast<std::size_t>(got));
        hash.update(bytes);
        take(bytes);
    }
    const std::string found = base::to_hex(hash.finish());
    if (found != file.sha256) throw unavailable(file, "is not the file that it should be", "SHA-256 is " + found);
}

}  // namespace

OnnxFiles e5_small_v2_files(const std::filesystem::path& folder) {
    const auto runtime = folder / "onnxruntime", model = folder / "e5-small-v2";
    return {
        .runtime = {runtime / "libonnxruntime.so.1",
                    "1461ef7cc3d9e49982591721683cc3e3a55580aeca9a5254e7aac47b75ee4bab"},
        .model = {model / "model.onnx", "7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded"},
        .tokenizer = {model / "tokenizer.json", "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"},
        .language = "en",
        .model_name = "e5-small-v2-q",
    };
}

std::string read_pinned(const PinnedFile& file) {
    std::string text;
    read_pieces(file, [&](std::string_view bytes) { text += bytes; });
    return text;
}

void check_pinned(const PinnedFile& file) {
    read_pieces(file, [](std::string_view) {});
}

void check_files(const OnnxFiles& files) {
    for (const PinnedFile* file : {&files.runtime, &files.model, &files.tokenizer}) check_pinned(*file);
}

}  // namespace engram::onnx
