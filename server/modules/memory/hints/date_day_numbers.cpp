// The words for the days of a month: "the twenty-first of March", "le premier mai", "el dos de mayo".
#include <array>

#include "modules/memory/hints/hint_words.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

constexpr auto kLines = std::to_array<VocabularyLine>({
    {kEnglish, kDayNumber, 1, "first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth"},
    {kEnglish, kDayNumber, 11, "eleventh | twelfth | thirteenth | fourteenth | fifteenth | sixteenth | seventeenth"},
    {kEnglish, kDayNumber, 18, "eighteenth | nineteenth | twentieth | twenty-first | twenty-second | twenty-third"},
    {kEnglish, kDayNumber, 24, "twenty-fourth | twenty-fifth | twenty-sixth | twenty-seventh | twenty-eighth"},
    {kEnglish, kDayNumber, 29, "twenty-ninth | thirtieth | thirty-first"},

    {kGerman, kDayNumber, 1,
     "erste, ersten, erster, erstes | zweite, zweiten, zweiter, zweites | dritte, dritten, dritter, drittes"},
    {kGerman, kDayNumber, 4, "vierte, vierten, vierter | fünfte, fünften, fünfter | sechste, sechsten, sechster"},
    {kGerman, kDayNumber, 7, "siebte, siebten, siebter | achte, achten, achter | neunte, neunten, neunter"},
    {kGerman, kDayNumber, 10, "zehnte, zehnten, zehnter | elfte, elften, elfter | zwölfte, zwölften, zwölfter"},
    {kGerman, kDayNumber, 13, "dreizehnte, dreizehnten, dreizehnter | vierzehnte, vierzehnten, vierzehnter"},
    {kGerman, kDayNumber, 15, "fünfzehnte, fünfzehnten, fünfzehnter | sechzehnte, sechzehnten, sechzehnter"},
    {kGerman, kDayNumber, 17, "siebzehnte, siebzehnten, siebzehnter | achtzehnte, achtzehnten, achtzehnter"},
    {kGerman, kDayNumber, 19, "neunzehnte, neunzehnten, neunzehnter | zwanzigste, zwanzigsten, zwanzigster"},
    {kGerman, kDayNumber, 21, "einundzwanzigste, einundzwanzigsten | zweiundzwanzigste, zweiundzwanzigsten"},
    {kGerman, kDayNumber, 23, "dreiundzwanzigste, dreiundzwanzigsten | vierundzwanzigste, vierundzwanzigsten"},
    {kGerman, kDayNumber, 25, "fünfundzwanzigste, fünfundzwanzigsten | sechsundzwanzigste, sechsundzwanzigsten"},
    {kGerman, kDayNumber, 27, "siebenundzwanzigste, siebenundzwanzigsten | achtundzwanzigste, achtundzwanzigsten"},
    {kGerman, kDayNumber, 29, "neunundzwanzigste, neunundzwanzigsten | dreißigste, dreißigsten"},
    {kGerman, kDayNumber, 31, "einunddreißigste, einunddreißigsten"},

    {kFrench, kDayNumber, 1,
     "premier, première | deux | trois | quatre | cinq | six | sept | huit | neuf | dix | onze | douze"},
    {kFrench, kDayNumber, 13, "treize | quatorze | quinze | seize | dix-sept | dix-huit | dix-neuf | vingt"},
    {kFrench, kDayNumber, 21, "vingt et un, vingt-et-un | vingt-deux | vingt-trois | vingt-quatre | vingt-cinq"},
    {kFrench, kDayNumber, 26, "vingt-six | vingt-sept | vingt-huit | vingt-neuf | trente | trente et un, trente-et-un"},

    {kSpanish, kDayNumber, 1,
     "primero, primera, ~uno | dos | tres | cuatro | cinco | seis | siete | ocho | nueve | diez | once"},
    {kSpanish, kDayNumber, 12, "doce | trece | catorce | quince | dieciséis | diecisiete | dieciocho | diecinueve"},
    {kSpanish, kDayNumber, 20, "veinte | veintiuno | veintidós | veintitrés | veinticuatro | veinticinco"},
    {kSpanish, kDayNumber, 26, "veintiséis | veintisiete | veintiocho | veintinueve | treinta | treinta y uno"},

    {kItalian, kDayNumber, 1,
     "primo, prima | due | tre | quattro | cinque | sei | sette | otto | nove | dieci | undici"},
    {kItalian, kDayNumber, 12, "dodici | tredici | quattordici | quindici | sedici | diciassette | diciotto"},
    {kItalian, kDayNumber, 19, "diciannove | venti | ventuno | ventidue | ventitré | ventiquattro | venticinque"},
    {kItalian, kDayNumber, 26, "ventisei | ventisette | ventotto | ventinove | trenta | trentuno"},

    {kPortuguese, kDayNumber, 1,
     "primeiro, primeira, ~um | dois | três | quatro | cinco | seis | sete | oito | nove | dez | onze"},
    {kPortuguese, kDayNumber, 12, "doze | treze | catorze, quatorze | quinze | dezesseis, dezasseis"},
    {kPortuguese, kDayNumber, 17, "dezessete, dezassete | dezoito | dezenove, dezanove | vinte | vinte e um"},
    {kPortuguese, kDayNumber, 22, "vinte e dois | vinte e três | vinte e quatro | vinte e cinco | vinte e seis"},
    {kPortuguese, kDayNumber, 27, "vinte e sete | vinte e oito | vinte e nove | trinta | trinta e um"},

    {kDutch, kDayNumber, 1, "eerste | tweede, twee | derde, drie | vierde, vier | vijfde, vijf | zesde, zes"},
    {kDutch, kDayNumber, 7, "zevende, zeven | achtste, acht | negende, negen | tiende, tien | elfde, elf"},
    {kDutch, kDayNumber, 12, "twaalfde, twaalf | dertiende, dertien | veertiende, veertien | vijftiende, vijftien"},
    {kDutch, kDayNumber, 16, "zestiende, zestien | zeventiende, zeventien | achttiende, achttien"},
    {kDutch, kDayNumber, 19, "negentiende, negentien | twintigste, twintig | eenentwintigste, eenentwintig"},
    {kDutch, kDayNumber, 22, "tweeëntwintigste, tweeëntwintig | drieëntwintigste, drieëntwintig"},
    {kDutch, kDayNumber, 24, "vierentwintigste, vierentwintig | vijfentwintigste, vijfentwintig"},
    {kDutch, kDayNumber, 26, "zesentwintigste, zesentwintig | zevenentwintigste, zevenentwintig"},
    {kDutch, kDayNumber, 28, "achtentwintigste, achtentwintig | negenentwintigste, negenentwintig"},
    {kDutch, kDayNumber, 30, "dertigste, dertig | eenendertigste, eenendertig"},
});

}  // namespace

std::span<const VocabularyLine> day_number_vocabulary() { return kLines; }

}  // namespace engram::memory
