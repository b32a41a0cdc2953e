// Where a term stands: one 32-bit posting per entry, the impact of BM25 quantised into a byte.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace engram::search {

using Doc = std::uint32_t;  // an entry's place in the columns, counted up from 0
inline constexpr Doc kDocsMax = 1u << 24;

// Term frequency (3 bits) and entry length (5 bits), both in steps that grow. Frequencies to 5 and lengths to 8 are
// exact; together with the average length of the moment it gives the BM25 impact by one look-up.
using ImpactCode = std::uint8_t;
ImpactCode impact_code(std::uint32_t frequency, std::uint32_t length);

// The entry above, the code below: postings in order of value are in order of entry.
using Posting = std::uint32_t;
inline Posting make_posting(Doc doc, ImpactCode code) { return (doc << 8) | code; }
inline Doc doc_of(Posting posting) { return posting >> 8; }
inline ImpactCode code_of(Posting posting) { return static_cast<ImpactCode>(posting); }

// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). What people tell a friend is
// short: a word that comes again, and a long text, say less than in documents. Tuned by bench_quality.
inline constexpr float kSaturation = 0.9F;   // k1
inline constexpr float kLengthShare = 0.2F;  // b

// f (k1 + 1) / (f + k1 (1 - b + b length / average)) for every code.
using ImpactTable = std::array<float, 256>;
ImpactTable make_impacts(double average_length);

// ln(1 + (N - n + 0.5) / (n + 0.5)): always above 0.
float inverse_frequency(std::uint64_t entries, std::uint64_t with_word);

}  // namespace engram::search
