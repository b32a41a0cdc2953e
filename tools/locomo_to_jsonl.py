#!/usr/bin/env python3
"""Turns conversations of the LoCoMo kind into engram JSON lines on standard output, which `engram import` reads.

Usage: locomo_to_jsonl.py FILE     FILE: {"conversations": [{"name", "memories": [{"id", "content", "created_at"}]}]}

Who speaks stands at the front of each content and stays there; conversation and turn are kept as metadata."""
import json
import pathlib
import sys


def convert(document: dict) -> list[dict]:
    """One memory per turn, in the order of the file."""
    memories = []
    for conversation in document["conversations"]:
        name = str(conversation.get("name", ""))
        for turn in conversation["memories"]:
            memory = {"content": turn["content"], "created_at": turn["created_at"], "source": "locomo",
                      "metadata": {"conversation": name, "turn": turn["id"]}}
            memories.append(memory)
    return memories


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    for memory in convert(json.loads(pathlib.Path(arguments[0]).read_text(encoding="utf-8"))):
        print(json.dumps(memory, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
