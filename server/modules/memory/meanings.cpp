#include "modules/memory/meanings.hpp"

#include <algorithm>

#include "base/fold_text.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "jobs/job_kind.hpp"
#include "modules/memory/feed_store.hpp"
#include "modules/memory/memory_filter.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/vector_store.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kChangesAtOnce = 32;
constexpr int kTurnsAtOnce = 8;         // then others have their turn
constexpr std::size_t kAskedMax = 512;  // queries that are remembered

struct Text {
    base::Uuid memory;
    std::int64_t revision = 0;
    std::string text;
};

// The vectors of every passage of the texts, by one call for all.
std::vector<std::vector<std::vector<float>>> embed(ports::Embedder& embedder, const std::vector<const Text*>& texts) {
    std::vector<std::string> passages;
    std::vector<std::size_t> counts;
    for (const Text* one : texts) {
        const auto cut = embedder.passages(one->text);
        counts.push_back(cut.size());
        passages.insert(passages.end(), cut.begin(), cut.end());
    }
    std::vector<std::vector<float>> vectors = embedder.embed(passages, ports::EmbedPurpose::kPassage);
    std::vector<std::vector<std::vector<float>>> made;
    auto next = vectors.begin();
    for (const std::size_t count : counts) {
        const auto end = next + static_cast<std::ptrdiff_t>(count);
        made.emplace_back(std::make_move_iterator(next), std::make_move_iterator(end));
        next = end;
    }
    return made;
}

base::Bytes hash_of(const std::string& text) {
    const base::Hash hash = base::hash_text(text);
    return {hash.begin(), hash.end()};
}

// What the texts mean now; `hashes`: of what their memories' vectors were made of, which is not computed again.
std::vector<store::NewVectors> embed_changed(ports::Embedder& embedder, const std::vector<Text>& texts,
                                             const std::vector<std::optional<base::Bytes>>& hashes) {
    std::vector<store::NewVectors> made;
    std::vector<const Text*> changed;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        made.push_back({texts[i].memory, texts[i].revision, hash_of(texts[i].text), {}, true});
        if (hashes[i] == made.back().text_hash) continue;
        made.back().unchanged = false;
        changed.push_back(&texts[i]);
        places.push_back(i);
    }
    auto vectors = embed(embedder, changed);
    for (std::size_t i = 0; i < vectors.size(); ++i) made[places[i]].passages = std::move(vectors[i]);
    return made;
}

}  // namespace

std::string meaning_text(const Memory& memory) {
    std::string text = author_name(memory.metadata);
    if (!text.empty()) text += ": ";
    if (memory.title) (text += *memory.title) += "\n";
    text += *memory.content;
    if (memory.context) (text += '\n') += *memory.context;
    for (const std::string& tag : *memory.tags) (text += " #") += tag;
    return text;
}

Meanings::CaughtUp Meanings::catch_up(const base::Uuid& owner, const std::stop_token& stop) {
    const std::lock_guard lock(mutex_of(owner));
    CaughtUp all = CaughtUp::kYes;
    std::vector<std::string> models;
    for (ports::Embedder* embedder : embedders_) {
        all = std::max(all, catch_up(owner, *embedder, stop));
        models.push_back(embedder->model());
    }
    if (all == CaughtUp::kYes && !models.empty()) remove_other_models(owner, models);
    return all;
}

// Hardly ever is there another: it is looked for before anything is written.
void Meanings::remove_other_models(const base::Uuid& owner, const std::vector<std::string>& models) {
    std::vector<std::string> others;
    database_.read(owner, [&](ports::Transaction& tx) { others = store::models_but(tx, owner, models); });
    if (others.empty()) return;
    database_.write(owner, [&](ports::Transaction& tx) {
        for (const std::string& other : others) store::remove_model(tx, owner, other);
    });
}

Meanings::CaughtUp Meanings::catch_up(const base::Uuid& owner, ports::Embedder& embedder, const std::stop_token& stop) {
    std::int64_t newest = 0;
    for (int turn = 0; turn < kTurnsAtOnce; ++turn) {
        jobs::end_if_stopped(stop);
        std::int64_t latest = 0, through = 0;
        database_.read(owner, [&](ports::Transaction& tx) {
            latest = store::find_state(tx, owner).value_or(PersonState{}).revision;
            through = store::vectors_through(tx, owner, embedder.model());
        });
        if (through == latest) {
            looked_at_.forget(owner, embedder.model());
            return CaughtUp::kYes;
        }
        if (through > latest) through = 0;  // another history
        const ports::EmbedderState state = embedder.status().state;
        if (state == ports::EmbedderState::kLoading) return CaughtUp::kSoon;
        if (state != ports::EmbedderState::kReady) return CaughtUp::kLater;
        if (latest > newest && latest - through > 2 * kChangesAtOnce)
            embed_changes(owner, embedder, std::max(newest, latest - kChangesAtOnce), -1);
        newest = latest;
        embed_looked_at(owner, embedder);
        embed_changes(owner, embedder, through, latest);
    }
    return CaughtUp::kMore;
}

void Meanings::embed_looked_at(const base::Uuid& owner, ports::Embedder& embedder) {
    const std::vector<ListPlace> places = looked_at_.take(owner, embedder.model());
    if (places.empty()) return;
    std::vector<Text> texts;
    std::vector<base::Uuid> ids;
    std::vector<std::optional<base::Bytes>> hashes;
    database_.read(owner, [&](ports::Transaction& tx) {
        texts.clear();
        ids.clear();
        for (const auto& [memory, language] : store::find_at(tx, owner, places))
            texts.push_back({memory.id, memory.revision, meaning_text(memory)}), ids.push_back(memory.id);
        hashes = store::text_hashes(tx, owner, embedder.model(), ids);
    });
    std::vector<store::NewVectors> made = embed_changed(embedder, texts, hashes);
    std::erase_if(made, [](const store::NewVectors& one) { return one.unchanged; });
    if (made.empty()) return;
    database_.write(owner, [&](ports::Transaction& tx) { store::put_vectors(tx, owner, embedder.model(), made); });
}

// Of the next changes after a revision; all are done up to the last of them where `latest` is not negative.
void Meanings::embed_changes(const base::Uuid& owner, ports::Embedder& embedder, std::int64_t after,
                             std::int64_t latest) {
    std::vector<store::FeedRow> rows;
    std::vector<Text> texts;
    std::vector<base::Uuid> ids;
    std::vector<std::optional<base::Bytes>> hashes;
    database_.read(owner, [&](ports::Transaction& tx) {
        rows = store::read_feed(tx, owner, after, kChangesAtOnce);
        texts.clear();
        ids.clear();
        for (const store::FeedRow& row : rows)
            if (row.memory) texts.push_back({row.id, row.revision, meaning_text(*row.memory)}), ids.push_back(row.id);
        hashes = store::text_hashes(tx, owner, embedder.model(), ids);
    });
    const std::vector<store::NewVectors> made = embed_changed(embedder, texts, hashes);
    const std::int64_t through = rows.empty() ? latest : rows.back().revision;
    database_.write(owner, [&](ports::Transaction& tx) {
        store::put_vectors(tx, owner, embedder.model(), made);
        for (const store::FeedRow& row : rows)
            if (!row.memory) store::remove_vectors(tx, owner, row.id);
        if (latest >= 0) store::set_vectors_through(tx, owner, embedder.model(), through);
    });
}

std::int64_t Meanings::pending(const base::Uuid& owner) {
    std::int64_t most = 0;
    database_.read(owner, [&](ports::Transaction& tx) {
        most = 0;
        const std::int64_t revision = store::find_state(tx, owner).value_or(PersonState{}).revision;
        for (const ports::Embedder* embedder : embedders_) {
            const std::int64_t through = store::vectors_through(tx, owner, embedder->model());
            if (through < revision) most = std::max(most, store::count_changed_after(tx, owner, through));
        }
    });
    return most;
}

std::vector<ports::IndexMeaning::Asked> Meanings::ask(const std::string& query) {
    {
        const std::lock_guard lock(asked_mutex_);
        if (const auto known = asked_by_query_.find(query); known != asked_by_query_.end()) {
            asked_.splice(asked_.begin(), asked_, known->second);
            return known->second->vectors;
        }
    }
    Asked made{query, {}};
    for (ports::Embedder* embedder : embedders_) {
        if (embedder->status().state != ports::EmbedderState::kReady) continue;
        try {
            auto vectors = embedder->embed(std::span(&query, 1), ports::EmbedPurpose::kQuery);
            made.vectors.push_back({embedder->model(), std::move(vectors.front()), std::string(embedder->language())});
        } catch (const base::Error& error) {
            base::log(base::Severity::kWarning, "a query is answered by its words alone",
                      {{"model", embedder->model()}, {"error", base::describe(error)}});
        }
    }
    if (made.vectors.size() < embedders_.size()) return made.vectors;
    remember(made);
    return made.vectors;
}

void Meanings::remember(const Asked& made) {
    const std::lock_guard lock(asked_mutex_);
    if (asked_by_query_.contains(made.query)) return;  // another has asked meanwhile
    asked_.push_front(made);
    asked_by_query_[asked_.front().query] = asked_.begin();
    if (asked_.size() <= kAskedMax) return;
    asked_by_query_.erase(asked_.back().query);
    asked_.pop_back();
}

std::vector<std::string> Meanings::right_words(const std::string& query) {
    constexpr std::string_view kBetween = " \t\r\n.,;:!?\"'()[]-/";
    const std::string folded = base::fold_text(query);
    std::vector<std::string> right;
    for (const std::string_view word : base::split_at_any(folded, kBetween))
        if (std::ranges::any_of(embedders_, [&](ports::Embedder* one) { return one->is_word(word); }))
            right.emplace_back(word);
    return right;
}

void Meanings::feed(const base::Uuid& owner, std::int64_t after, const ports::IndexMeaning::Apply& apply) {
    for (std::vector<ports::IndexVectors> page(1); !page.empty();) {
        database_.read(owner, [&](ports::Transaction& tx) { page = store::read_vectors(tx, owner, after); });
        for (ports::IndexVectors& vectors : page) {
            after = vectors.revision;
            apply(std::move(vectors));
        }
    }
}

}  // namespace engram::memory
