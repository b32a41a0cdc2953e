// Days as people say them day by day, beside what date_phrases_test.cpp and date_languages_test.cpp have.
#include <gtest/gtest.h>

#include <initializer_list>
#include <span>

#include "modules/memory/hints/date_fixture.hpp"

namespace engram::memory {
namespace {

constexpr DateRow kEnglish[]{
    {"the first of May", "first of May: 2023-05-01 yearly"},
    {"the twenty-first of March", "twenty-first of March: 2024-03-21 yearly"},
    {"second of May", "second of May: 2023-05-02 yearly"},
    {"on the third of June 2023", "on the third of June 2023: 2023-06-03"},
    {"from the first to the third of May", "from the first to the third of May: 2023-05-01..2023-05-03 yearly"},
    {"April the first", "April the first: 2023-04-01 yearly"},
    {"May the fourth", "May the fourth: 2023-05-04 yearly"},
    {"in May 23", "in May 23: 2023-05-01..2023-05-31"},
    {"on May 23", "on May 23: 2023-05-23 yearly"},
    {"summer 22", "summer 22: 2022-06-01..2022-08-31"},
    {"winter 22/23", "winter 22/23: 2022-12-01..2023-02-28"},
    {"Q1 23", "Q1 23: 2023-01-01..2023-03-31"},
    {"in 2023 or 2024", "in 2023: 2023-01-01..2023-12-31; 2024: 2024-01-01..2024-12-31 or"},
    {"in 2019 or 2021 or 2023",
     "in 2019: 2019-01-01..2019-12-31; 2021: 2021-01-01..2021-12-31 or; 2023: 2023-01-01..2023-12-31 or"},
    {"in March or April", "in March: 2024-03-01..2024-03-31 yearly; April: 2023-04-01..2023-04-30 or yearly"},
    {"in March or April 2023", "in March: 2023-03-01..2023-03-31; April 2023: 2023-04-01..2023-04-30 or"},
    {"in March 2023 or in April", "in March 2023: 2023-03-01..2023-03-31; in April: 2023-04-01..2023-04-30 or"},
    {"summer 2022 or 2023", "summer 2022: 2022-06-01..2022-08-31; 2023: 2023-06-01..2023-08-31 or"},
    {"on Monday or Tuesday", "on Monday: 2024-03-25; Tuesday: 2024-03-26 or"},
    {"a fortnight ago", "a fortnight ago: 2024-03-11..2024-03-17"},
    {"the past fortnight", "past fortnight: 2024-03-17..2024-03-31"},
    {"a decade ago", "a decade ago: 2014-01-01..2014-12-31"},
    {"a year and a half ago", "a year and a half ago: 2022-09-01..2022-09-30"},
    {"fifteen years ago", "fifteen years ago: 2009-01-01..2009-12-31"},
    {"two or three weeks ago", "two or three weeks ago: 2024-03-04..2024-03-17"},
    {"2-3 weeks ago", "2-3 weeks ago: 2024-03-04..2024-03-17"},
    {"a week or two ago", "a week or two ago: 2024-03-11..2024-03-24"},
    {"two Fridays ago", "two Fridays ago: 2024-03-22"},
    {"the Friday before last", "Friday before last: 2024-03-22"},
    {"the day before Christmas", "day before Christmas: 2023-12-24 yearly"},
    {"two days after Christmas", "two days after Christmas: 2023-12-27 yearly"},
    {"the week after Easter", "week after Easter: 2024-04-01..2024-04-07 yearly"},
    {"the week before Easter 2023", "week before Easter 2023: 2023-04-02..2023-04-08"},
    {"the weekend before Christmas", "weekend before Christmas: 2023-12-23..2023-12-24 yearly"},
    {"the Friday before Christmas", "Friday before Christmas: 2023-12-22 yearly"},
    {"the day before last Monday", "day before last Monday: 2024-03-24"},
    {"since the day before Christmas", "since the day before Christmas: 2023-12-24.."},
    {"the weekend", "weekend: 2024-03-30..2024-03-31 weekly"},
    {"this time last year", "this time last year: 2023-03-17..2023-04-14"},
    {"this time two years ago", "this time two years ago: 2022-03-17..2022-04-14"},
    {"around this time last month", "around this time last month: 2024-02-26..2024-03-03"},
    {"earlier this week", "earlier this week: 2024-03-25..2024-03-31"},
    {"earlier this year", "earlier this year: 2024-01-01..2024-03-31"},
    {"later this month", "later this month: 2024-03-31"},
    {"earlier today", "earlier today: 2024-03-31"},
    {"the other day", "the other day: 2024-03-17..2024-03-31"},
    {"what did I buy recently", "recently: 2024-03-01..2024-03-31"},
    {"in 2019, 2020 and 2021",
     "in 2019: 2019-01-01..2019-12-31; 2020: 2020-01-01..2020-12-31 or; 2021: 2021-01-01..2021-12-31 or"},
    {"in 2019, the boiler broke", "in 2019: 2019-01-01..2019-12-31"},
    {"the first week of May", "first week of May: 2023-05-01..2023-05-07 yearly"},
    {"the last week of May 2022", "last week of May 2022: 2022-05-25..2022-05-31"},
    {"first weekend in May", "first weekend in May: 2023-05-06..2023-05-07 yearly"},
    {"the last Friday of March", "last Friday of March: 2024-03-29 yearly"},
    {"the last day of 2023", "last day of 2023: 2023-12-31"},
    {"photos lately", "lately: 2024-03-01..2024-03-31"},
};

constexpr DateRow kGerman[]{
    {"am ersten Mai", "am ersten Mai: 2023-05-01 yearly"},
    {"den einundzwanzigsten März", "einundzwanzigsten März: 2024-03-21 yearly"},
    {"am dritten Juni 2023", "am dritten Juni 2023: 2023-06-03"},
    {"im Mai 23", "im Mai 23: 2023-05-01..2023-05-31"},
    {"Mai 23", "Mai 23: 2023-05-01..2023-05-31"},
    {"Mai 31", "Mai 31: 2023-05-31 yearly"},
    {"im Sommer 22", "im Sommer 22: 2022-06-01..2022-08-31"},
    {"im März oder April", "im März: 2024-03-01..2024-03-31 yearly; April: 2023-04-01..2023-04-30 or yearly"},
    {"in den Jahren 2022 und 2023", "in den Jahren 2022: 2022-01-01..2022-12-31; 2023: 2023-01-01..2023-12-31 or"},
    {"vor ein paar Wochen", "vor ein paar Wochen: 2024-02-19..2024-03-17"},
    {"vor vierzehn Tagen", "vor vierzehn Tagen: 2024-03-11..2024-03-17"},
    {"vor anderthalb Jahren", "vor anderthalb Jahren: 2022-09-01..2022-09-30"},
    {"vor zwei bis drei Wochen", "vor zwei bis drei Wochen: 2024-03-04..2024-03-17"},
    {"vor zwei Freitagen", "vor zwei Freitagen: 2024-03-22"},
    {"vorletzten Freitag", "vorletzten Freitag: 2024-03-22"},
    {"letztes Wochenende", "letztes Wochenende: 2024-03-23..2024-03-24"},
    {"das Wochenende", "Wochenende: 2024-03-30..2024-03-31 weekly"},
    {"am Tag vor Weihnachten", "am Tag vor Weihnachten: 2023-12-23 yearly"},
    {"in der Woche nach Ostern", "in der Woche nach Ostern: 2024-04-01..2024-04-07 yearly"},
    {"letztes Jahr um diese Zeit", "letztes Jahr um diese Zeit: 2023-03-17..2023-04-14"},
    {"früher diese Woche", "früher diese Woche: 2024-03-25..2024-03-31"},
    {"erstes Wochenende im Juni", "erstes Wochenende im Juni: 2023-06-03..2023-06-04 yearly"},
    {"neulich", "neulich: 2024-03-17..2024-03-31"},
    {"was habe ich kürzlich gekauft", "kürzlich: 2024-03-01..2024-03-31"},
};

constexpr DateRow kFrench[]{
    {"le premier mai", "premier mai: 2023-05-01 yearly"},
    {"le trois juin 2022", "trois juin 2022: 2022-06-03"},
    {"en mai 23", "en mai 23: 2023-05-01..2023-05-31"},
    {"il y a quinze jours", "il y a quinze jours: 2024-03-11..2024-03-17"},
    {"il y a deux ou trois ans", "il y a deux ou trois ans: 2021-01-01..2022-12-31"},
    {"il y a deux vendredis", "il y a deux vendredis: 2024-03-22"},
    {"l'avant-dernier vendredi", "avant-dernier vendredi: 2024-03-22"},
    {"le lendemain de Noël", "lendemain de Noël: 2023-12-26 yearly"},
    {"la semaine après Pâques", "semaine après Pâques: 2024-04-01..2024-04-07 yearly"},
    {"l'an dernier à la même époque", "an dernier à la même époque: 2023-03-17..2023-04-14"},
    {"plus tôt cette semaine", "plus tôt cette semaine: 2024-03-25..2024-03-31"},
    {"en mars ou avril", "en mars: 2024-03-01..2024-03-31 yearly; avril: 2023-04-01..2023-04-30 or yearly"},
    {"l'autre jour", "l'autre jour: 2024-03-17..2024-03-31"},
    {"le week-end", "week-end: 2024-03-30..2024-03-31 weekly"},
};

constexpr DateRow kSpanish[]{
    {"el primero de mayo", "primero de mayo: 2023-05-01 yearly"},
    {"el veintiuno de marzo", "veintiuno de marzo: 2024-03-21 yearly"},
    {"hace quince días", "hace quince días: 2024-03-11..2024-03-17"},
    {"hace un par de semanas", "hace un par de semanas: 2024-03-11..2024-03-17"},
    {"hace dos viernes", "hace dos viernes: 2024-03-22"},
    {"el día antes de Navidad", "día antes de Navidad: 2023-12-24 yearly"},
    {"el año pasado por estas fechas", "año pasado por estas fechas: 2023-03-17..2023-04-14"},
    {"en 2022 o 2023", "en 2022: 2022-01-01..2022-12-31; 2023: 2023-01-01..2023-12-31 or"},
    {"el otro día", "el otro día: 2024-03-17..2024-03-31"},
    {"últimamente", "últimamente: 2024-03-01..2024-03-31"},
    {"el fin de semana", "fin de semana: 2024-03-30..2024-03-31 weekly"},
};

constexpr DateRow kItalian[]{
    {"il primo maggio", "primo maggio: 2023-05-01 yearly"},
    {"il due maggio 2022", "due maggio 2022: 2022-05-02"},
    {"quindici giorni fa", "quindici giorni fa: 2024-03-11..2024-03-17"},
    {"un paio di settimane fa", "un paio di settimane fa: 2024-03-11..2024-03-17"},
    {"due venerdì fa", "due venerdì fa: 2024-03-22"},
    {"il giorno prima di Natale", "giorno prima di Natale: 2023-12-24 yearly"},
    {"l'anno scorso in questo periodo", "anno scorso in questo periodo: 2023-03-17..2023-04-14"},
    {"nel 2022 o 2023", "nel 2022: 2022-01-01..2022-12-31; 2023: 2023-01-01..2023-12-31 or"},
    {"l'altro giorno", "l'altro giorno: 2024-03-17..2024-03-31"},
    {"di recente", "di recente: 2024-03-01..2024-03-31"},
    {"il fine settimana", "fine settimana: 2024-03-30..2024-03-31 weekly"},
};

constexpr DateRow kPortuguese[]{
    {"primeiro de maio", "primeiro de maio: 2023-05-01 yearly"},
    {"o vinte e um de março", "vinte e um de março: 2024-03-21 yearly"},
    {"há quinze dias", "há quinze dias: 2024-03-11..2024-03-17"},
    {"há duas sextas-feiras", "há duas sextas-feiras: 2024-03-22"},
    {"no dia antes do Natal", "no dia antes do Natal: 2023-12-24 yearly"},
    {"em março ou abril", "em março: 2024-03-01..2024-03-31 yearly; abril: 2023-04-01..2023-04-30 or yearly"},
    {"no fim de semana passado", "no fim de semana passado: 2024-03-23..2024-03-24"},
    {"o fim de semana", "fim de semana: 2024-03-30..2024-03-31 weekly"},
    {"outro dia", "outro dia: 2024-03-17..2024-03-31"},
};

constexpr DateRow kDutch[]{
    {"eerste mei", "eerste mei: 2023-05-01 yearly"},
    {"de eenentwintigste maart", "eenentwintigste maart: 2024-03-21 yearly"},
    {"veertien dagen geleden", "veertien dagen geleden: 2024-03-11..2024-03-17"},
    {"twee vrijdagen geleden", "twee vrijdagen geleden: 2024-03-22"},
    {"de dag voor Kerst", "dag voor Kerst: 2023-12-24 yearly"},
    {"vorig jaar om deze tijd", "vorig jaar om deze tijd: 2023-03-17..2023-04-14"},
    {"eerder deze week", "eerder deze week: 2024-03-25..2024-03-31"},
    {"in 2022 of 2023", "in 2022: 2022-01-01..2022-12-31; 2023: 2023-01-01..2023-12-31 or"},
    {"het weekend", "weekend: 2024-03-30..2024-03-31 weekly"},
    {"laatst", "laatst: 2024-03-17..2024-03-31"},
};

TEST(DateEveryday, IsWhatPeopleSay) {
    for (const std::span<const DateRow> rows : std::initializer_list<std::span<const DateRow>>{
             kEnglish, kGerman, kFrench, kSpanish, kItalian, kPortuguese, kDutch})
        for (const auto& [text, hints] : rows) EXPECT_EQ(hints_of(text), hints);
}

constexpr std::string_view kNoDays[]{"three days before my birthday",
                                     "the day after the wedding",
                                     "the day after",
                                     "the second may be better",
                                     "the first march",
                                     "may the fourth be with you",
                                     "first of all",
                                     "the first of its kind",
                                     "second hand",
                                     "premier ministre",
                                     "primo piano",
                                     "der erste Eindruck",
                                     "summer 22 tyres",
                                     "Sommer 19 Zoll",
                                     "2023 or 2024",
                                     "anna or may",
                                     "every other day",
                                     "the weekend edition",
                                     "vampire weekend",
                                     "this time for real",
                                     "next time",
                                     "a decade of change",
                                     "earlier drafts",
                                     "une quinzaine de personnes",
                                     "what did Anna do recently",
                                     "the first day of school",
                                     "dos semanas de vacaciones",
                                     "twenty questions"};

TEST(DateEveryday, IsNotEveryWordLikeIt) {
    for (const std::string_view text : kNoDays) EXPECT_EQ(hints_of(text), "") << text;
}

TEST(DateEveryday, AShortYearIsNotOfTheFuture) {
    const LocalDay earlier(std::chrono::year(2019) / 6 / 1);
    EXPECT_EQ(hints_of("im Mai 23", earlier), "im Mai 23: 2019-05-23 yearly");
    EXPECT_EQ(hints_of("im Mai 98", earlier), "im Mai 98: 1998-05-01..1998-05-31");
}

}  // namespace
}  // namespace engram::memory
