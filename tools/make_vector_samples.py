#!/usr/bin/env python3
"""Writes texts and the vectors that the reference gives them, a JSON object a line: the embedder's test data.

Usage: make_vector_samples.py build/models/e5-small-v2 > server/adapters/onnx/testdata/vectors.jsonl

Needs the packages `tokenizers` and `onnxruntime` of PyPI; written with 0.23.3 and 1.32.0."""
import json
import os
import pathlib
import sys

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before onnxruntime is imported, or it reports to its maker

import numpy
import onnxruntime
from tokenizers import Tokenizer

TEXTS = (
    ("query", "Where did I leave my bicycle?"),
    ("passage", "I locked my bike behind the station; it wasn't there at 7:45 p.m."),
    ("passage", "Grüße aus München: Äpfel, Öl und überflüssige Straßenbahnhaltestellenschilder."),
    ("passage", "昨日は雨でした。寿司を食べながら、ゲームをしました！"),
    ("passage", "😀👍🏽 שלום hello مرحبا"),
    ("query", ""),
    ("passage", "x"),
    ("passage", "We walked along the river until it was dark. " * 60),
)


def main(arguments: list[str]) -> int:
    folder = pathlib.Path(arguments[0])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.encode_special_tokens = True
    tokenizer.enable_truncation(256)
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    for purpose, text in TEXTS:
        ids = numpy.array([tokenizer.encode(f"{purpose}: {text}").ids], dtype=numpy.int64)
        inputs = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
        mean = session.run(["last_hidden_state"], inputs)[0][0].mean(axis=0)
        vector = [round(float(number), 5) for number in mean / numpy.linalg.norm(mean)]
        print(json.dumps({"purpose": purpose, "text": text, "vector": vector}, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
