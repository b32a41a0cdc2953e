// A vocabulary of a few words, for tests and fuzz targets.
#pragma once

#include <string_view>

namespace engram::onnx {

inline constexpr std::string_view kSmallVocabulary = R"({
"normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,
  "lowercase":true},
"pre_tokenizer":{"type":"BertPreTokenizer"},
"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
  "vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"walk":3,"##ed":4,"##e":5,"##d":6,"a":7,"##a":8,".":9,"#":10,"##":11,
    "\u6771":12,"\u1112":13,"##\u1161":14,"##\u11ab":15,"wal":16}}})";

}  // namespace engram::onnx
