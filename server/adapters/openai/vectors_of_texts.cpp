#include "adapters/openai/vectors_of_texts.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "adapters/openai/embeddings_answer.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "ports/passages.hpp"
#include "ports/text_pieces.hpp"

namespace engram::openai {
namespace {

using enum Posted::Outcome;
using std::chrono::milliseconds;

constexpr double kShortestCut = 64;    // tokens: what is refused of that length is refused however short
constexpr std::size_t kOthersMax = 3;  // in a row, then the service has another version of the model

CallRules suspecting(const Patience& patience) {
    CallRules rules = patience.rules;
    rules.suspect = true;
    return rules;
}

}  // namespace

std::string_view beginning(std::string_view text, double tokens_max) {
    double tokens = 0;
    std::size_t end = 0;
    for (const ports::TextPiece& piece : ports::split_pieces(text)) {
        tokens += ports::estimate_tokens(text.substr(piece.begin, piece.end - piece.begin));
        if (tokens > tokens_max) break;
        end = piece.word_end;
    }
    return text.substr(0, end);
}

// Where a request is refused, one of its texts may be the reason: they are sent in halves then. So they are where it
// fails although the service works.
void VectorsOfTexts::append(Texts texts, const Patience& patience, Vectors& out) {
    if (texts.size() == 1) return append_one(texts[0], patience, out);
    if (try_to_append(texts, patience, out)) return;
    append(texts.first(texts.size() / 2), patience, out);
    append(texts.subspan(texts.size() / 2), patience, out);
}

// One that is refused alone is sent by its beginning: it may have more tokens than was estimated.
void VectorsOfTexts::append_one(const std::string& text, const Patience& patience, Vectors& out) {
    const double tokens = ports::estimate_tokens(text);
    if (tokens <= kShortestCut) return append_last(text, patience, out);
    if (try_to_append({&text, 1}, patience, out)) return;
    append_one(std::string(beginning(text, std::max(tokens / 2, kShortestCut))), patience, out);
}

void VectorsOfTexts::append_last(const std::string& text, const Patience& patience, Vectors& out) {
    Posted posted = send({&text, 1}, suspecting(patience), patience, out);
    if (posted.outcome == kGood) return;
    see_that_it_works(patience, posted);
    if (posted.outcome == kSuspected) posted = send({&text, 1}, suspecting(patience), patience, out);
    if (posted.outcome == kGood) return;
    base::log(base::Severity::kWarning, "a text has no vector", {{"model", config_.model}, {"error", posted.reason}});
    out.emplace_back();
}

bool VectorsOfTexts::try_to_append(Texts texts, const Patience& patience, Vectors& out) {
    const Posted posted = send(texts, suspecting(patience), patience, out);
    if (posted.outcome == kSuspected) see_that_it_works(patience, posted);
    return posted.outcome == kGood;
}

// Throws where it does not, either.
void VectorsOfTexts::see_that_it_works(const Patience& patience, const Posted& posted) {
    CallRules rules = patience.rules;
    rules.failed_before = posted.outcome == kSuspected ? 1 : 0;
    rules.attempts_max -= rules.failed_before;
    Vectors unused;
    const std::string blank(kBlank);
    send({&blank, 1}, rules, patience, unused);
}

Posted VectorsOfTexts::send(Texts texts, CallRules rules, const Patience& patience, Vectors& out) {
    constexpr std::size_t kAnswerBytes = 64 << 10, kVectorBytes = 256 << 10;
    rules.total_limit =
        std::min(rules.total_limit, std::chrono::floor<milliseconds>(patience.until - clock_.steady_now()));
    rules.answer_bytes_max = kAnswerBytes + texts.size() * kVectorBytes;
    return service_.post("/embeddings", body_of(texts), rules, [&](std::string_view answer) {
        Vectors vectors = read_embeddings(answer, texts.size(), config_.dimensions);
        keep_dimensions(vectors);
        std::ranges::move(vectors, std::back_inserter(out));
    });
}

std::string VectorsOfTexts::body_of(Texts texts) const {
    std::string body = "{\"model\":";
    base::append_json_string(body, config_.model);
    body += ",\"encoding_format\":\"float\"";
    if (config_.dimensions > 0) (body += ",\"dimensions\":") += std::to_string(config_.dimensions);
    body += ",\"input\":[";
    for (const std::string& text : texts) {
        if (&text != texts.data()) body += ',';
        base::append_json_string(body, text);
    }
    return body += "]}";
}

std::size_t VectorsOfTexts::dimensions() const {
    const std::lock_guard lock(mutex_);
    return dimensions_;
}

// The first answer says how many a vector has, and later ones have as many. Where several in a row have another number
// the service has changed: that holds from then on.
void VectorsOfTexts::keep_dimensions(const Vectors& vectors) {
    const std::size_t seen = vectors.front().size();
    const std::lock_guard lock(mutex_);
    if (dimensions_ == 0) dimensions_ = seen;
    if (seen == dimensions_) {
        others_ = 0;
        return;
    }
    others_ = seen == std::exchange(other_number_, seen) ? others_ + 1 : 1;
    if (others_ < kOthersMax)
        throw base::Error(base::Code::kMalformed, "a vector of " + base::counted(seen, "dimension") + " instead of " +
                                                      base::grouped(dimensions_));
    dimensions_ = seen;
    others_ = 0;
}

}  // namespace engram::openai
