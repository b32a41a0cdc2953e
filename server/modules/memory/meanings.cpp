#include "modules/memory/meanings.hpp"

#include <algorithm>

#include "base/fold_text.hpp"
#include "base/text.hpp"
#include "jobs/job_kind.hpp"
#include "modules/memory/memory_store.hpp"
#include "modules/memory/passage_vectors.hpp"

namespace engram::memory {
namespace {

constexpr std::int64_t kChangesAtOnce = 32;
constexpr int kTurnsAtOnce = 8;  // then others have their turn

// Of what the vectors that are there were made of.
std::vector<std::optional<base::Bytes>> hashes_of(ports::Transaction& tx, const base::Uuid& owner,
                                                  std::string_view model, const std::vector<MeaningText>& texts) {
    std::vector<base::Uuid> ids;
    for (const MeaningText& one : texts) ids.push_back(one.memory);
    return store::text_hashes(tx, owner, model, ids);
}

bool are_others(std::int64_t dims, std::int64_t known) { return dims != 0 && known != 0 && dims != known; }

}  // namespace

Meanings::CaughtUp Meanings::catch_up(const base::Uuid& owner, const std::stop_token& stop,
                                      const std::function<void()>& between) {
    const std::lock_guard lock(mutex_of(owner));
    CaughtUp all = CaughtUp::kYes;
    std::vector<std::string> models;
    for (ports::Embedder* embedder : embedders_) {
        all = std::max(all, catch_up(owner, *embedder, stop, between));
        models.push_back(embedder->model());
    }
    if (all == CaughtUp::kYes && !models.empty()) remove_other_models(owner, models);
    return all;
}

// Hardly ever is there another: it is looked for before anything is written.
void Meanings::remove_other_models(const base::Uuid& owner, const std::vector<std::string>& models) {
    std::vector<std::string> others;
    database_.read(owner, [&](ports::Transaction& tx) { others = store::models_but(tx, owner, models); });
    for (const std::string& other : others) forget(owner, other);
}

void Meanings::forget(const base::Uuid& owner, const std::string& model) {
    database_.write(owner, [&](ports::Transaction& tx) { store::remove_model(tx, owner, model); });
}

Meanings::Standing Meanings::standing(ports::Transaction& tx, const base::Uuid& owner,
                                      const ports::Embedder& embedder) {
    Standing now{store::find_state(tx, owner).value_or(PersonState{}).revision,
                 store::model_state(tx, owner, embedder.model())};
    now.outdated = are_others(static_cast<std::int64_t>(embedder.dimensions()), now.state.dims);
    const bool is_of_another_history = now.state.through > now.latest;
    if (is_of_another_history || now.outdated) now.state.through = 0;
    return now;
}

Meanings::CaughtUp Meanings::catch_up(const base::Uuid& owner, ports::Embedder& embedder, const std::stop_token& stop,
                                      const std::function<void()>& between) {
    std::int64_t newest = 0;
    for (int turn = 0; turn < kTurnsAtOnce; ++turn) {
        jobs::end_if_stopped(stop);
        between();
        Standing now;
        database_.read(owner, [&](ports::Transaction& tx) { now = standing(tx, owner, embedder); });
        if (now.state.through == now.latest) {
            looked_at_.forget(owner, embedder.model());
            return CaughtUp::kYes;
        }
        const ports::EmbedderState state = embedder.status().state;
        if (state == ports::EmbedderState::kLoading) return CaughtUp::kSoon;
        if (state != ports::EmbedderState::kReady) return CaughtUp::kLater;
        if (now.outdated) {
            forget(owner, embedder.model());
            continue;
        }
        if (now.latest > newest && now.latest - now.state.through > 2 * kChangesAtOnce)
            embed_some(owner, embedder, now.state,
                       changes_after(owner, embedder, std::max(newest, now.latest - kChangesAtOnce)));
        newest = now.latest;
        embed_some(owner, embedder, now.state, looked_at(owner, embedder));
        embed_next(owner, embedder, now);
    }
    return CaughtUp::kMore;
}

// What the person was shown.
Meanings::Changes Meanings::looked_at(const base::Uuid& owner, const ports::Embedder& embedder) {
    const std::vector<ListPlace> places = looked_at_.take(owner, embedder.model());
    Changes seen;
    if (places.empty()) return seen;
    database_.read(owner, [&](ports::Transaction& tx) {
        seen = {};
        for (const auto& [memory, language] : store::find_at(tx, owner, places))
            seen.texts.push_back({memory.id, memory.revision, meaning_text(memory)});
        seen.hashes = hashes_of(tx, owner, embedder.model(), seen.texts);
    });
    return seen;
}

Meanings::Changes Meanings::changes_after(const base::Uuid& owner, const ports::Embedder& embedder,
                                          std::int64_t after) {
    Changes next;
    database_.read(owner, [&](ports::Transaction& tx) {
        next = {};
        next.rows = store::read_feed(tx, owner, after, kChangesAtOnce);
        for (const store::FeedRow& row : next.rows)
            if (row.memory) next.texts.push_back({row.id, row.revision, meaning_text(*row.memory)});
        next.hashes = hashes_of(tx, owner, embedder.model(), next.texts);
    });
    return next;
}

// Out of turn: they come once more in theirs, when they are the same as before.
void Meanings::embed_some(const base::Uuid& owner, ports::Embedder& embedder, const store::ModelState& state,
                          const Changes& some) {
    MadeVectors made = make_vectors(embedder, some.texts, some.hashes);
    std::erase_if(made.texts, [](const store::NewVectors& one) { return one.unchanged; });
    if (made.texts.empty() || are_others(made.dims, state.dims)) return;
    database_.write(owner,
                    [&](ports::Transaction& tx) { store::put_vectors(tx, owner, embedder.model(), made.texts); });
}

// Where the model has turned into another, all that it made is of no use.
void Meanings::embed_next(const base::Uuid& owner, ports::Embedder& embedder, const Standing& now) {
    const Changes next = changes_after(owner, embedder, now.state.through);
    const MadeVectors made = make_vectors(embedder, next.texts, next.hashes);
    if (are_others(made.dims, now.state.dims)) return forget(owner, embedder.model());
    const store::ModelState reached{.through = next.rows.empty() ? now.latest : next.rows.back().revision,
                                    .dims = made.dims != 0 ? made.dims : now.state.dims,
                                    .refused = now.state.refused != 0 ? now.state.refused : made.refused};
    database_.write(owner, [&](ports::Transaction& tx) {
        store::put_vectors(tx, owner, embedder.model(), made.texts);
        for (const store::FeedRow& row : next.rows)
            if (!row.memory) store::remove_vectors(tx, owner, row.id);
        store::set_model_state(tx, owner, embedder.model(), reached);
    });
}

bool Meanings::try_refused_again(const base::Uuid& owner) {
    const std::lock_guard lock(mutex_of(owner));
    bool any = false;
    for (const ports::Embedder* embedder : embedders_) {
        store::ModelState state;
        database_.read(owner,
                       [&](ports::Transaction& tx) { state = store::model_state(tx, owner, embedder->model()); });
        if (state.refused == 0) continue;
        any = true;
        state.through = std::min(state.through, state.refused - 1);
        state.refused = 0;
        database_.write(owner,
                        [&](ports::Transaction& tx) { store::set_model_state(tx, owner, embedder->model(), state); });
    }
    return any;
}

std::int64_t Meanings::pending(const base::Uuid& owner) {
    std::int64_t most = 0;
    database_.read(owner, [&](ports::Transaction& tx) {
        most = 0;
        for (const ports::Embedder* embedder : embedders_) {
            const Standing now = standing(tx, owner, *embedder);
            if (now.state.through < now.latest)
                most = std::max(most, store::count_changed_after(tx, owner, now.state.through));
        }
    });
    return most;
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

std::size_t Meanings::place_of(const Memory& memory, const ports::IndexPassage& passage) const {
    const auto embedder =
        std::ranges::find_if(embedders_, [&](const ports::Embedder* one) { return one->model() == passage.model; });
    if (embedder == embedders_.end()) return 0;
    const std::string text = meaning_text(memory);
    const std::size_t before = content_begin(memory);
    const std::vector<std::string_view> passages = (*embedder)->passages(text);
    if (passage.number >= passages.size()) return 0;
    const auto begin = static_cast<std::size_t>(passages[passage.number].data() - text.data());
    return begin < before || begin >= before + memory.content->size() ? 0 : begin - before;
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
