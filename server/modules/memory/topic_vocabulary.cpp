// The words that ask for a class, a tag or a person; what hint_words.hpp says of a line holds here.
#include <array>

#include "modules/memory/hint_words.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

constexpr auto kLines = std::to_array<VocabularyLine>({
    {kEnglish, kNotes, 0, "notes, note, memories, memory"},
    {kGerman, kNotes, 0, "notizen, notiz, erinnerungen, erinnerung"},
    {kFrench, kNotes, 0, "notes, note, souvenirs, souvenir"},
    {kSpanish, kNotes, 0, "notas, nota, recuerdos, recuerdo"},
    {kItalian, kNotes, 0, "note, nota, ricordi, ricordo"},
    {kPortuguese, kNotes, 0, "notas, nota, memórias, memória"},
    {kDutch, kNotes, 0, "notities, notitie, herinneringen, herinnering"},
    {kEnglish, kClass, 0, "everyday | private, confidential | locked, secret | sealed, ultrasecret"},
    {kGerman, kClass, 0, "alltägliche, alltäglichen | private, privaten, vertrauliche, vertraulichen"},
    {kGerman, kClass, 2, "gesperrte, gesperrten, geheime, geheimen | versiegelte, versiegelten"},
    {kFrench, kClassBehind, 0, "quotidiennes, quotidiens | privées, privés, confidentielles, confidentiels"},
    {kFrench, kClassBehind, 2, "verrouillées, verrouillés, secrètes, secrets | scellées, scellés"},
    {kSpanish, kClassBehind, 0, "cotidianas, cotidianos | privadas, privados, confidenciales"},
    {kSpanish, kClassBehind, 2, "bloqueadas, bloqueados, secretas, secretos | selladas, sellados"},
    {kItalian, kClassBehind, 0, "quotidiane, quotidiani | private, privati, riservate, riservati"},
    {kItalian, kClassBehind, 2, "bloccate, bloccati, segrete, segreti | sigillate, sigillati"},
    {kPortuguese, kClassBehind, 1,
     "privadas, privados, confidenciais | bloqueadas, secretas, secretos | seladas, selados"},
    {kDutch, kClass, 0, "alledaagse | persoonlijke, vertrouwelijke | vergrendelde, geheime | verzegelde"},

    {kEnglish, kTagLead, 0, "tagged, tagged with, tagged as, with tag, with the tag"},
    {kGerman, kTagLead, 0, "getaggt mit, getaggt als, verschlagwortet mit, mit dem schlagwort, mit schlagwort"},
    {kFrench, kTagLead, 0, "avec le tag, avec l'étiquette, étiqueté, étiquetée, étiquetées"},
    {kSpanish, kTagLead, 0, "con la etiqueta, etiquetado con, etiquetada con, etiquetadas con, etiquetados con"},
    {kItalian, kTagLead, 0, "con il tag, con l'etichetta, con etichetta"},
    {kPortuguese, kTagLead, 0, "com a tag, com a etiqueta, com etiqueta"},
    {kDutch, kTagLead, 0, "met de tag, met tag, met label, met het label, getagd met, getagd als"},

    {kEnglish, kNameLead, 0,
     "message from, messages from, mail from, mails from, email from, emails from, letter from"},
    {kEnglish, kNameLead, 0,
     "letters from, text from, texts from, note from, notes from, told by, said by, written by"},
    {kEnglish, kNameLead, 0, "sent by, recommended by, suggested by, according to"},
    {kEnglish, kDid, 0, "did, does"},
    {kEnglish, kSaid, 0, "said, says, say, told, tell, tells, wrote, write, writes, recommended, recommend, suggested"},
    {kEnglish, kSaid, 0, "suggest, promised, promise, mention"},
    {kEnglish, kAsks, 0, "what, that, when, where, how, why, thing, things, and"},
    {kEnglish, kNoName, 0,
     "i, you, he, she, it, we, they, who, what, that, which, this, these, those, someone, somebody"},
    {kEnglish, kNoName, 0,
     "everyone, everybody, anyone, nobody, people, one, as, so, be, been, being, is, was, were, are"},
    {kEnglish, kNoName, 0,
     "not, never, ever, always, just, easier, well, also, once, and, or, but, if, than, how, why"},
    {kEnglish, kNoName, 0,
     "when, where, the, my, your, his, her, our, their, its, me, him, us, them, in, on, by, with"},
    {kEnglish, kNoName, 0, "for, to, of, from, about, at, have, has, had, do, does, did, will, would, can, could, all"},
    {kEnglish, kNoName, 0, "please, to, there, here, then, again, already, only, even, often, still, both, who's"},

    {kGerman, kNameLead, 0, "nachricht von, nachrichten von, mail von, mails von, brief von, briefe von, sms von"},
    {kGerman, kNameLead, 0, "erzählt von, gesagt von, geschrieben von, empfohlen von"},
    {kGerman, kSaid, 0, "sagte, sagt, erzählte, schrieb, meinte, empfahl"},
    {kGerman, kSaidBefore, 0, "sagte, sagt, erzählte, schrieb, meinte, empfahl"},
    {kGerman, kAuxiliary, 0, "hat, hatte"},
    {kGerman, kParticiple, 0, "gesagt, erzählt, geschrieben, gemeint, empfohlen, vorgeschlagen, versprochen"},
    {kGerman, kAsks, 0, "was, dass, wann, wo, wie"},
    {kGerman, kNoName, 0,
     "ich, du, er, sie, es, wir, ihr, man, wer, was, das, der, die, den, dem, mir, mich, dir, dich"},
    {kGerman, kNoName, 0,
     "uns, euch, ihm, ihn, mein, meine, meiner, dein, deine, sein, seine, ein, eine, jemand, niemand"},
    {kGerman, kNoName, 0, "nicht, nie, immer, wie, wo, wann, warum, und, oder, aber, dass, wenn, auch, zu, mal, noch"},

    {kFrench, kNameLead, 0, "message de, messages de, message d', mail de, mails de, lettre de, lettres de, selon"},
    {kFrench, kNameLead, 0, "d'après, dit par, écrit par, recommandé par"},
    {kFrench, kSaid, 0, "a dit, a écrit, a raconté, disait, a recommandé"},
    {kFrench, kSaidBefore, 0, "a dit, a écrit, a raconté, a recommandé"},
    {kFrench, kAsks, 0, "que, quoi, ce que, quand, où"},
    {kFrench, kNoName, 0,
     "je, tu, il, elle, on, nous, vous, ils, elles, qui, que, ce, cela, ça, le, la, les, l, un, une"},
    {kFrench, kNoName, 0,
     "mon, ma, mes, ton, ta, tes, son, sa, ses, notre, votre, leur, me, te, se, lui, moi, toi, y, en"},
    {kFrench, kNoName, 0, "j, m, t, s, c, qu, pas, ne, n, et, ou, mais, si, comme, quand, où, pour, par, sur, dans"},

    {kSpanish, kNameLead, 0, "mensaje de, mensajes de, correo de, correos de, carta de, según, dicho por, escrito por"},
    {kSpanish, kSaid, 0, "dijo, dice, escribió, contó, recomendó"},
    {kSpanish, kSaidBefore, 0, "dijo, dice, escribió, contó, recomendó"},
    {kSpanish, kAsks, 0, "que, qué, cuando, cuándo, como"},
    {kSpanish, kNoName, 0,
     "yo, tú, él, ella, ello, nosotros, ellos, ellas, usted, quien, que, qué, lo, la, los, las, me"},
    {kSpanish, kNoName, 0, "te, se, le, les, nos, el, un, una, mi, mis, tu, su, sus, no, nunca, y, o, pero, si, como"},

    {kItalian, kNameLead, 0, "messaggio di, messaggi di, mail di, lettera di, detto da, scritto da, consigliato da"},
    {kItalian, kSaid, 0, "ha detto, ha scritto, ha raccontato, disse, ha consigliato"},
    {kItalian, kSaidBefore, 0, "ha detto, ha scritto, ha raccontato, disse, ha consigliato"},
    {kItalian, kAsks, 0, "che, cosa, quando, come"},
    {kItalian, kNoName, 0,
     "io, lui, lei, noi, voi, loro, chi, che, cosa, mi, ti, ci, si, vi, lo, la, li, le, il, un, una"},
    {kItalian, kNoName, 0, "mio, mia, suo, sua, non, mai, e, o, ma, se, come, di, da"},

    {kPortuguese, kNameLead, 0,
     "mensagem de, mensagem da, mensagem do, mensagens de, mensagens da, mensagens do, dito por"},
    {kPortuguese, kSaid, 0, "disse, escreveu, contou, recomendou"},
    {kPortuguese, kSaidBefore, 0, "disse, escreveu, contou, recomendou"},
    {kPortuguese, kNoName, 0,
     "eu, ele, ela, nós, eles, elas, você, quem, que, o, a, os, as, um, uma, meu, minha, seu, sua"},
    {kPortuguese, kNoName, 0, "me, te, se, lhe, não, nunca, e, ou, mas, como"},

    {kDutch, kNameLead, 0, "bericht van, berichten van, mail van, mails van, brief van, volgens, verteld door"},
    {kDutch, kSaid, 0, "zei, zegt, schreef, vertelde"},
    {kDutch, kSaidBefore, 0, "zei, zegt, schreef, vertelde"},
    {kDutch, kAsks, 0, "wat, dat, wanneer"},
    {kDutch, kNoName, 0, "ik, jij, je, hij, zij, ze, wij, we, jullie, wie, wat, dat, dit, het, de, een, mij, me, mijn"},
    {kDutch, kNoName, 0, "jouw, zijn, haar, hun, niet, nooit, en, of, maar, als, ook"},
});

}  // namespace

std::span<const VocabularyLine> topic_vocabulary() { return kLines; }

}  // namespace engram::memory
