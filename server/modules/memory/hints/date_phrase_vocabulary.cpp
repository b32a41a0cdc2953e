// Whole phrases of days: "a fortnight", "this time", "the other day", and those that have a word of days and name none.
#include <array>

#include "modules/memory/hints/hint_words.hpp"

namespace engram::memory {
namespace {

using enum HintRole;

constexpr int kWeek = 1, kMonths = 3, kYears = 5;  // of CalendarUnit

constexpr auto kLines = std::to_array<VocabularyLine>({
    {kEnglish, kLength, unit_then(kWeek, 2), "fortnight, a fortnight"},
    {kEnglish, kLength, unit_then(kMonths, 6), "half a year, half year"},
    {kEnglish, kLength, unit_then(kMonths, 18), "a year and a half, one and a half years"},
    {kEnglish, kLength, unit_then(kYears, 10), "decade, a decade"},
    {kGerman, kLength, unit_then(kWeek, 2), "vierzehn tagen, vierzehn tage, 14 tagen, 14 tage"},
    {kGerman, kLength, unit_then(kMonths, 6), "halben jahr, einem halben jahr"},
    {kGerman, kLength, unit_then(kMonths, 18),
     "anderthalb jahren, anderthalb jahre, eineinhalb jahren, eineinhalb jahre"},
    {kGerman, kLength, unit_then(kYears, 10), "jahrzehnt, einem jahrzehnt"},
    {kFrench, kLength, unit_then(kWeek, 2), "quinze jours, 15 jours, quinzaine, une quinzaine, une quinzaine de jours"},
    {kFrench, kLength, unit_then(kMonths, 6), "une demi-année"},
    {kFrench, kLength, unit_then(kMonths, 18), "un an et demi"},
    {kSpanish, kLength, unit_then(kWeek, 2), "quince días, 15 días, quincena, una quincena"},
    {kSpanish, kLength, unit_then(kMonths, 18), "un año y medio, año y medio"},
    {kItalian, kLength, unit_then(kWeek, 2), "quindici giorni, 15 giorni, una quindicina di giorni"},
    {kItalian, kLength, unit_then(kMonths, 18), "un anno e mezzo"},
    {kPortuguese, kLength, unit_then(kWeek, 2), "quinze dias, 15 dias, quinzena, uma quinzena"},
    {kPortuguese, kLength, unit_then(kMonths, 18), "um ano e meio"},
    {kDutch, kLength, unit_then(kWeek, 2), "veertien dagen, 14 dagen"},
    {kDutch, kLength, unit_then(kMonths, 18), "anderhalf jaar"},

    {kEnglish, kThisTime, 0, "this time, around this time, about this time, at this time, this time of year"},
    {kGerman, kThisTime, 0, "um diese zeit, um die zeit, zu dieser zeit"},
    {kFrench, kThisTime, 0, "à la même époque, à cette époque, à la même période, à cette période"},
    {kSpanish, kThisTime, 0, "por estas fechas, en estas fechas, por esta época, en esta época"},
    {kItalian, kThisTime, 0, "in questo periodo, di questi tempi, nello stesso periodo"},
    {kPortuguese, kThisTime, 0, "nesta época, por esta altura, nesta altura, nessa época"},
    {kDutch, kThisTime, 0, "om deze tijd, rond deze tijd, in deze tijd"},

    {kEnglish, kSoFar, 0, "earlier, earlier in | later, later in"},
    {kGerman, kSoFar, 0, "früher, früher in | später, später in"},
    {kFrench, kSoFar, 0, "plus tôt | plus tard"},
    {kSpanish, kSoFar, 0, "antes, más temprano | más tarde, más adelante"},
    {kItalian, kSoFar, 0, "prima, all'inizio di | più tardi, più avanti"},
    {kPortuguese, kSoFar, 0, "mais cedo | mais tarde"},
    {kDutch, kSoFar, 0, "eerder | later"},

    {kEnglish, kRecent, 30, "~recently, ~lately"},
    {kEnglish, kRecent, 14, "the other day"},
    {kEnglish, kFirstPerson, 0, "i, me, my, mine, we, us, our, ours"},
    {kGerman, kRecent, 30, "~kürzlich, ~kuerzlich, ~vor kurzem, ~in letzter zeit, ~in der letzten zeit"},
    {kGerman, kRecent, 14, "neulich, letztens, dieser tage"},
    {kGerman, kFirstPerson, 0, "ich, mich, mir, mein, meine, meinen, meinem, meiner, wir, uns, unser, unsere"},
    {kFrench, kRecent, 30, "~récemment, ~dernièrement, ~ces derniers temps, ~il y a peu, ~il y a peu de temps"},
    {kFrench, kRecent, 14, "l'autre jour"},
    {kFrench, kFirstPerson, 0, "je, j, me, m, moi, mon, ma, mes, nous, notre, nos"},
    {kSpanish, kRecent, 30, "recientemente, últimamente, hace poco, hace poco tiempo"},
    {kSpanish, kRecent, 14, "el otro día"},
    {kItalian, kRecent, 30, "recentemente, ultimamente, di recente, poco tempo fa"},
    {kItalian, kRecent, 14, "l'altro giorno"},
    {kPortuguese, kRecent, 30, "recentemente, ultimamente, há pouco tempo"},
    {kPortuguese, kRecent, 14, "outro dia, no outro dia"},
    {kDutch, kRecent, 30, "~onlangs, ~recentelijk, ~pas geleden, ~de laatste tijd"},
    {kDutch, kRecent, 14, "laatst"},
    {kDutch, kFirstPerson, 0, "ik, mij, me, mijn, wij, we, ons, onze"},

    {kFrench, kBeside, -1, "veille de, veille du, veille d' | | lendemain de, lendemain du, lendemain d'"},
    {kSpanish, kBeside, -1, "víspera de, víspera del"},
    {kPortuguese, kBeside, -1, "véspera de, véspera do, véspera da"},
    {kItalian, kBeside, -1, "vigilia di"},

    {kEnglish, kEvent, 0,
     "dinner, lunch, brunch, breakfast, party, roast, feast, meal, drinks, holiday, holidays, break"},
    {kEnglish, kEvent, 0,
     "present, presents, gift, gifts, list, lists, wishlist, card, cards, shopping, market, markets"},
    {kEnglish, kEvent, 0, "plans, menu, baking, cookies, bonus, guests"},
    {kFrench, kEvent, 0, "cadeau, cadeaux, liste, listes, carte, cartes, courses, marché, marchés, biscuits, menu"},
    {kFrench, kEvent, 0, "repas, dîner, déjeuner, fête, fêtes, vacances, week-end, voyage, concert, messe, photos"},
    {kSpanish, kEvent, 0, "regalo, regalos, lista, tarjeta, tarjetas, compras, mercado, mercadillo, menú, galletas"},
    {kSpanish, kEvent, 0, "cena, comida, fiesta, fiestas, vacaciones, viaje, concierto, misa, fotos"},
    {kItalian, kEvent, 0, "regalo, regali, lista, biglietti, spesa, acquisti, mercato, mercatino, mercatini, biscotti"},
    {kItalian, kEvent, 0, "cena, pranzo, cenone, festa, feste, vacanze, viaggio, concerto, messa, foto, menu"},
    {kPortuguese, kEvent, 0, "presente, presentes, prenda, prendas, lista, cartão, cartões, compras, mercado, menu"},
    {kPortuguese, kEvent, 0, "ceia, jantar, almoço, festa, festas, férias, viagem, concerto, missa, fotos"},

    {kGerman, kHoliday, 0, "weihnachtsgeschenk, weihnachtsgeschenke, weihnachtsgeschenken, weihnachtsliste"},
    {kGerman, kHoliday, 0, "weihnachtskarte, weihnachtskarten, weihnachtseinkäufe, weihnachtseinkauf, weihnachtsmarkt"},
    {kGerman, kHoliday, 0, "weihnachtsessen, weihnachtsmenü, weihnachtsfeier, weihnachtsferien, weihnachtsurlaub"},
    {kGerman, kHoliday, 0,
     "weihnachtsgebäck, weihnachtsplätzchen, weihnachtsguetzli, weihnachtskonzert, weihnachtszeit"},
    {kGerman, kHoliday, 2, "silvesterparty, silvesterabend, silvesterfeier, silvesteressen, silvestermenü"},
    {kGerman, kHoliday, 6, "osterferien, osterurlaub, osterausflug, osteressen, ostergeschenke, ostermenü"},
    {kDutch, kHoliday, 0, "kerstcadeau, kerstcadeaus, kerstlijst, kerstkaarten, kerstkaart, kerstinkopen, kerstmarkt"},
    {kDutch, kHoliday, 0, "kerstdiner, kerstmenu, kerstfeest, kerstvakantie, kerstborrel, kersttijd"},
    {kDutch, kHoliday, 6, "paasvakantie, paasbrunch, paasweekend"},
    {kDutch, kHoliday, 9, "sinterklaascadeau, sinterklaascadeaus"},

    {kEnglish, kEvent, 0,
     "vacation, trip, visit, concert, service, mass, walk, weekend, season, period, celebration, photo, photos"},

    {kAnyLanguage, kCounted, 0, "euro, euros, eur, chf, franken, francs, dollar, dollars, usd, pounds, gbp, kcal"},
    {kAnyLanguage, kCounted, 0, "gram, grams, gramm, kg, ml, km, meter, meters, watt, watts, pieces"},

    {kEnglish, kNoDays, 0, "sunday school, sunday best, sunday times, friday night lights, saturday night fever"},
    {kEnglish, kNoDays, 0, "saturday night live, monday night football, palm sunday, casual friday, casual fridays"},
    {kEnglish, kNoDays, 0, "manic monday, freaky friday, april fool, april fools, april fool's, easter island"},
    {kEnglish, kNoDays, 0, "christmas island, new year's resolution, new year's resolutions, today show, may bug"},
    {kGerman, kNoDays, 0, "silvester stallone"},
    {kFrench, kNoDays, 0, "vendredi saint"},
    {kSpanish, kNoDays, 0, "viernes santo, domingo de ramos"},
    {kItalian, kNoDays, 0, "venerdì santo"},
    {kPortuguese, kNoDays, 0, "sexta-feira santa, domingo de ramos"},
});

}  // namespace

std::span<const VocabularyLine> date_phrase_vocabulary() { return kLines; }

}  // namespace engram::memory
