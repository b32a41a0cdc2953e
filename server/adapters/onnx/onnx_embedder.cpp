#include "adapters/onnx/onnx_embedder.hpp"

#include <malloc.h>

#include <utility>

#include "adapters/onnx/onnx_model.hpp"
#include "adapters/onnx/passages.hpp"
#include "adapters/onnx/wordpiece.hpp"
#include "base/thread.hpp"
#include "ports/background_model.hpp"
#include "ports/turns.hpp"

namespace engram::onnx {
namespace {

using ports::EmbedPurpose;

constexpr std::size_t kTokensMax = 256;  // the time for a token grows with their number: 512 cost three times as much

// The model was trained with these in front.
std::string with_prefix(const std::string& text, EmbedPurpose purpose) {
    return (purpose == EmbedPurpose::kQuery ? "query: " : "passage: ") + text;
}

std::string check_and_read(const OnnxFiles& files) {
    check_pinned(files.runtime);
    check_pinned(files.model);
    return read_pinned(files.tokenizer);
}

// The files are checked before the library is opened.
struct Loaded {
    explicit Loaded(const OnnxFiles& files)
        : vocabulary(check_and_read(files)), model(files.runtime.path, files.model.path) {
        embed("", EmbedPurpose::kQuery);  // a model that cannot work is noticed here
    }

    std::vector<float> embed(const std::string& text, EmbedPurpose purpose) const {
        return model.embed(encode(vocabulary, with_prefix(text, purpose), kTokensMax));
    }

    const Vocabulary vocabulary;
    const OnnxModel model;
};

std::unique_ptr<const Loaded> load(const OnnxFiles& files) {
    auto loaded = std::make_unique<const Loaded>(files);
    ::malloc_trim(0);  // what only loading needed
    return loaded;
}

class OnnxEmbedder final : public ports::Embedder {
public:
    OnnxEmbedder(OnnxFiles files, const ports::Clock& clock)
        : files_(std::move(files)),
          name_(files_.model_name + ":" + files_.model.sha256.substr(0, 8)),
          loaded_(clock, [this] { return load(files_); }) {}

    const std::string& model() const override { return name_; }
    ports::EmbedderStatus status() override { return loaded_.status(); }

    std::vector<Vector> embed(std::span<const std::string> texts, EmbedPurpose purpose) override {
        const Loaded& loaded = loaded_.get();
        std::vector<Vector> vectors;
        vectors.reserve(texts.size());
        for (const std::string& text : texts) {
            const ports::Turns::Turn turn(turns_, purpose);
            vectors.push_back(loaded.embed(text, purpose));
        }
        return vectors;
    }

    std::string_view language() const override { return files_.language; }

    bool is_word(std::string_view word) override {
        constexpr std::size_t kAlone = 3;  // between the tokens of beginning and end
        const Loaded* loaded = loaded_.find();
        if (loaded == nullptr) return false;
        const auto ids = encode(loaded->vocabulary, word, kAlone + 1);
        return ids.size() == kAlone && ids[1] != loaded->vocabulary.unknown_id();
    }

    std::vector<std::string_view> passages(std::string_view text) const override { return cut_passages(text); }

private:
    const OnnxFiles files_;
    const std::string name_;
    ports::Turns turns_{base::core_count()};
    ports::BackgroundModel<Loaded> loaded_;
};

}  // namespace

std::unique_ptr<ports::Embedder> make_onnx_embedder(OnnxFiles files, const ports::Clock& clock) {
    return std::make_unique<OnnxEmbedder>(std::move(files), clock);
}

}  // namespace engram::onnx
