#include "bench/cached_embedder.hpp"

#include <cstdint>
#include <ios>

namespace engram::bench {
namespace {

template <class T>
bool read(std::ifstream& in, T& value) {
    return static_cast<bool>(in.read(reinterpret_cast<char*>(&value), sizeof(T)));
}

template <class T>
void write(std::ofstream& out, const T& value) {
    out.write(reinterpret_cast<const char*>(&value), sizeof(T));
}

std::string key_of(const std::string& model, const std::string& text, ports::EmbedPurpose purpose) {
    return model + (purpose == ports::EmbedPurpose::kQuery ? "\nquery\n" : "\npassage\n") + text;
}

}  // namespace

CachedEmbedder::CachedEmbedder(ports::Embedder& inner, const std::filesystem::path& file) : inner_(inner) {
    std::ifstream in(file, std::ios::binary);
    std::uint32_t key_size = 0, dims = 0;
    while (read(in, key_size) && read(in, dims)) {
        std::string key(key_size, '\0');
        Vector vector(dims);
        in.read(key.data(), static_cast<std::streamsize>(key_size));
        in.read(reinterpret_cast<char*>(vector.data()), static_cast<std::streamsize>(dims * sizeof(float)));
        if (in) known_.emplace(std::move(key), std::move(vector));
    }
    file_.open(file, std::ios::binary | std::ios::app);
}

std::vector<ports::Embedder::Vector> CachedEmbedder::embed(std::span<const std::string> texts,
                                                           ports::EmbedPurpose purpose) {
    std::vector<Vector> vectors;
    for (const std::string& text : texts) {
        const std::string key = key_of(model(), text, purpose);
        auto found = known_.find(key);
        if (found == known_.end()) {
            found = known_.emplace(key, inner_.embed(std::span(&text, 1), purpose).front()).first;
            write(file_, static_cast<std::uint32_t>(key.size()));
            write(file_, static_cast<std::uint32_t>(found->second.size()));
            file_ << key;
            file_.write(reinterpret_cast<const char*>(found->second.data()),
                        static_cast<std::streamsize>(found->second.size() * sizeof(float)));
            file_.flush();
        }
        vectors.push_back(found->second);
    }
    return vectors;
}

}  // namespace engram::bench
