#!/usr/bin/env python3
"""Writes texts and what the reference tokenizer makes of them, a JSON object a line: the tokenizer's test data.

Usage: make_token_samples.py build/models/e5-small-v2/tokenizer.json > server/adapters/onnx/testdata/tokens.jsonl

Needs the package `tokenizers` of PyPI; written with 0.23.3. The same arguments give the same bytes."""
import json
import pathlib
import random
import sys

from tokenizers import Tokenizer

SEED = 20
PER_BLOCK = 4

# first and last code point
BLOCKS = (
    (0x20, 0x7e), (0x80, 0xff), (0x100, 0x24f), (0x250, 0x36f), (0x370, 0x3ff), (0x400, 0x52f), (0x530, 0x5ff),
    (0x600, 0x6ff), (0x700, 0x7bf), (0x8a0, 0x8ff), (0x900, 0x97f), (0x980, 0x9ff), (0xa00, 0xa7f), (0xa80, 0xbff),
    (0xc00, 0xdff), (0xe00, 0xe7f), (0xe80, 0xfff), (0x1000, 0x109f), (0x10a0, 0x11ff), (0x1200, 0x139f),
    (0x13a0, 0x16ff), (0x1700, 0x18af), (0x1900, 0x1cff), (0x1d00, 0x1dff), (0x1e00, 0x1fff), (0x2000, 0x206f),
    (0x2070, 0x20ff), (0x2100, 0x23ff), (0x2400, 0x27bf), (0x2800, 0x2bff), (0x2c00, 0x2e7f), (0x2e80, 0x303f),
    (0x3040, 0x30ff), (0x3100, 0x33ff), (0x3400, 0x4dbf), (0x4e00, 0x9fff), (0xa000, 0xa4ff), (0xa500, 0xabff),
    (0xac00, 0xd7ff), (0xe000, 0xf8ff), (0xf900, 0xfaff), (0xfb00, 0xfdff), (0xfe00, 0xffff), (0x10000, 0x10fff),
    (0x11000, 0x12fff), (0x13000, 0x1afff), (0x1b000, 0x1cfff), (0x1d000, 0x1dfff), (0x1e000, 0x1f0ff),
    (0x1f100, 0x1f2ff), (0x1f300, 0x1f6ff), (0x1f700, 0x1faff), (0x20000, 0x2a6df), (0x2a700, 0x2fa1f),
    (0xe0000, 0xe01ef),
)

SENTENCES = (
    "I locked my bike behind the station; it wasn't there at 7:45 p.m.",
    "Don't forget: mum's birthday is on the 3rd of May (she'll be 61)!",
    "The e-mail address is jane.doe+notes@example.org, the PIN isn't 1234.",
    "https://example.org/a/b?c=d&e=f#g – see §4, p. 12–14, €1,299.50 / $1.40 / £3",
    "Grüße aus München: Äpfel, Öl und überflüssige Straßenbahnhaltestellenschilder.",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "L'été dernier, nous sommes allés à Saint-Étienne ; il a plu. Où étais-tu ? Ça va…",
    "¿Dónde está mi pasaporte? ¡Lo dejé en el coche de mi tía, mañana lo recojo!",
    "Amanhã não há reunião; a avó fez pão de ló às três.",
    "Perché non c'è più caffè? È finito lunedì, però l'università è aperta.",
    "De fiets van mijn zoon staat bij café 't Hoekje, naast de ‘s-Gravenlandse weg.",
    "Æbleskiver på Ærø, smørrebrød og rødgrød med fløde. Åse kommer kl. 8.",
    "Hän käy töissä Jyväskylässä, mutta yöllä hän nukkuu järven rannalla.",
    "Árvíztűrő tükörfúrógép – az őszi esküvő után írjunk a nagynéninek.",
    "Zażółć gęślą jaźń, potem zadzwoń do Łukasza w Gdańsku.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "İstanbul'da yağmur yağıyor; ışığı kapat, çünkü Iğdır'a gidiyoruz.",
    "Tiếng Việt có rất nhiều dấu: phở bò, bánh mì, đường Nguyễn Huệ.",
    "Завтра в 9 утра встреча с врачом, ёлку купим позже.",
    "Їжак приїхав до Києва, а ґудзик загубився.",
    "Утре ще вали сняг в София, вземи чадър.",
    "Αύριο θα πάμε στη θάλασσα· ο Γιώργος έφερε ψωμί. ΟΔΟΣ, ὕδωρ",
    "שלום, איפה השארתי את המפתחות? בָּרוּךְ הַבָּא",
    "أين وضعتُ جواز السفر؟ اللُّغَةُ العَرَبِيَّة، ٣٤٥ كيلومترًا.",
    "کتاب‌ها روی میز است؛ فردا می‌بینمت.",
    "मैं कल दिल्ली जा रहा हूँ। माँ को फ़ोन करना मत भूलना!",
    "আমি আগামীকাল ঢাকায় যাব।",
    "நாளை சென்னையில் மழை பெய்யும்.",
    "వేసవి సెలవుల్లో మేము హైదరాబాద్ వెళ్ళాం.",
    "พรุ่งนี้ฉันจะไปหาหมอฟันตอนบ่ายสองโมง",
    "ນີ້ແມ່ນພາສາລາວ",
    "မနက်ဖြန် ရန်ကုန်သွားမယ်",
    "ភាសាខ្មែរមានអក្សរច្រើន",
    "明天上午九点在东京站见面,别忘了带护照。",
    "臺灣的颱風讓班機取消了，我們後天再飛。",
    "昨日は雨でした。寿司を食べながら、ゲームをしました！ｶﾀｶﾅも",
    "내일 아침 아홉 시에 서울역에서 만나요. 여권 잊지 마세요!",
    "დილა მშვიდობისა, თბილისი ლამაზია.",
    "Վաղը Երևանում կլինի արև։",
    "ነገ ወደ አዲስ አበባ እሄዳለሁ።",
    "Kesho tutaenda sokoni kununua ndizi na samaki.",
    "Ọjọ́ dára, ẹ kú àárọ̀; Àbíkẹ́ ń bọ̀ lọ́la.",
    "Ka pai te rā, ko Māui tōku ingoa.",
    "Hāʻena, Kauaʻi: ʻukulele a me ka lei",
    "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ",
    "Jó 😀👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇯🇵 ❤️ ☕️ 🤣🫠 1️⃣ end",
    "(╯°□°）╯︵ ┻━┻ ¯\\_(ツ)_/¯ ^_^ :-) <3 >:(",
    "x²+y²=r², ∑∞ₙ₌₁ 1/n² = π²/6, ½ ⅓ №5 ™ ℃ Ω Å ﬁnd ﬂow ㎏ Ⅻ",
    "𝓗𝓮𝓵𝓵𝓸 𝐖𝐨𝐫𝐥𝐝 𝟙𝟚𝟛 Ｆｕｌｌｗｉｄｔｈ ｔｅｘｔ：（１２３）",
    "e\u0301tude vs étude, a\u0308\u0323\u0302 n\u0303, \u0301lone, i\u0307 İ I ı",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "zero\u200bwidth soft\u00adhyphen no\u00a0break thin\u2009space line\u2028sep next\u0085line \ufeffbom"
    " word\u2060join",
    "tab\there, new\nline, return\r\nboth, form\ffeed, vertical\vtab, bell\x07, escape\x1b[0m, delete\x7f",
    "[CLS] [SEP] [MASK] [PAD] [UNK] ##ing ## # [sep]",
    "snake_case camelCase kebab-case path/to/file.txt C:\\Users\\x && a || b; if (x >= 10) { y -= 1; }",
    "0 1 12 123 1234 12345678 3.14159 1e-9 0xDEADBEEF 550e8400-e29b-41d4-a716-446655440000",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa qzxjkvwpqzxjkvwp antidisestablishmentarianism",
)

EDGES = (
    "", " ", "\n\n", "a", "é", "中", "😀", ".", "\u0301", "\u200d", "\ufffd", "a\ufffdb",
    "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "가" * 33, "가" * 34, "가" * 51, "a" * 5000, "中" * 300,
    "a." * 300, "word " * 400, "é" * 2000 + " end", "\u0301" * 1000 + "x", "x" + "\u0301\u0323" * 500, " " * 1000 + "x",
)


def words(rng: random.Random, first: int, last: int) -> str:
    """A text of characters of a block, with spaces and some ASCII between."""
    text = ""
    while len(text) < rng.randint(3, 60):
        code = rng.randint(first, last)
        if 0xd800 <= code <= 0xdfff:
            continue
        text += chr(code) + rng.choice(("", "", "", " ", "a", "the ", ", "))
    return text


def mixed(rng: random.Random) -> str:
    """Sentences cut and joined anywhere, with odd characters in them."""
    text = ""
    for _ in range(rng.randint(2, 5)):
        sentence = rng.choice(SENTENCES)
        begin = rng.randrange(len(sentence))
        text += sentence[begin:begin + rng.randint(1, 30)] + words(rng, *rng.choice(BLOCKS))[:rng.randint(0, 3)]
    return text


def texts() -> list[str]:
    rng = random.Random(SEED)
    drawn = [words(rng, *block) for block in BLOCKS for _ in range(PER_BLOCK)]
    return [*EDGES, *SENTENCES, *(s.upper() for s in SENTENCES), *drawn, *(mixed(rng) for _ in range(100))]


def main(arguments: list[str]) -> int:
    tokenizer = Tokenizer.from_str(pathlib.Path(arguments[0]).read_text(encoding="utf-8"))
    tokenizer.encode_special_tokens = True  # "[SEP]" that a person writes is text
    tokenizer.enable_truncation(256)
    for text in texts():
        ids = tokenizer.encode(text).ids
        print(json.dumps({"text": text, "ids": ids}, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
