#include "modules/memory/passage_vectors.hpp"

#include <utility>

#include "base/log.hpp"
#include "modules/memory/memory_filter.hpp"

namespace engram::memory {
namespace {

using Vectors = std::vector<ports::Embedder::Vector>;

// Of every passage of the texts, by one call for all; those of each text together, without what the model refused.
std::vector<Vectors> embed(ports::Embedder& embedder, const std::vector<const MeaningText*>& texts) {
    std::vector<std::string> passages;
    std::vector<std::size_t> counts;
    for (const MeaningText* one : texts) {
        const auto cut = embedder.passages(one->text);
        counts.push_back(cut.size());
        passages.insert(passages.end(), cut.begin(), cut.end());
    }
    Vectors all;
    if (!passages.empty()) all = embedder.embed(passages, ports::EmbedPurpose::kPassage);
    std::vector<Vectors> made;
    auto next = all.begin();
    for (std::size_t count : counts) {
        for (made.emplace_back(); count > 0; --count, ++next)
            if (!next->empty()) made.back().push_back(std::move(*next));
    }
    return made;
}

base::Bytes hash_of(const std::string& text) {
    const base::Hash hash = base::hash_text(text);
    return {hash.begin(), hash.end()};
}

// It is found by its words.
void note_refused(MadeVectors& made, const ports::Embedder& embedder, const MeaningText& text) {
    if (made.refused == 0) made.refused = text.revision;
    base::log(base::Severity::kWarning, "a memory has no meaning",
              {{"model", embedder.model()}, {"memory", base::to_string(text.memory)}});
}

std::string before_content(const Memory& memory) {
    std::string text = author_name(memory.metadata);
    if (!text.empty()) text += ": ";
    if (memory.title) (text += *memory.title) += "\n";
    return text;
}

}  // namespace

std::size_t content_begin(const Memory& memory) { return before_content(memory).size(); }

std::string meaning_text(const Memory& memory) {
    std::string text = before_content(memory) + *memory.content;
    if (memory.context) (text += '\n') += *memory.context;
    for (const std::string& tag : *memory.tags) (text += " #") += tag;
    return text;
}

MadeVectors make_vectors(ports::Embedder& embedder, const std::vector<MeaningText>& texts,
                         const std::vector<std::optional<base::Bytes>>& hashes) {
    MadeVectors made;
    std::vector<const MeaningText*> changed;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        made.texts.push_back({texts[i].memory, texts[i].revision, hash_of(texts[i].text), {}, true});
        if (hashes[i] == made.texts.back().text_hash) continue;
        made.texts.back().unchanged = false;
        changed.push_back(&texts[i]);
        places.push_back(i);
    }
    std::vector<Vectors> vectors = embed(embedder, changed);
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        if (!vectors[i].empty())
            made.dims = std::ssize(vectors[i].front());
        else if (!embedder.passages(changed[i]->text).empty())
            note_refused(made, embedder, *changed[i]);
        made.texts[places[i]].passages = std::move(vectors[i]);
    }
    return made;
}

}  // namespace engram::memory
