#include "modules/memory/hints/filler_words.hpp"

#include <array>
#include <string>
#include <unordered_set>

#include "base/fold_text.hpp"
#include "base/text.hpp"

namespace engram::memory {
namespace {

constexpr std::array<std::string_view, 7> kFillers{
    "what did do does done i we me my us our you it was were is are been be have has had happened happen happens "
    "went on in at about from of the a all any anything everything something thing things stuff show list find tell "
    "give notes note memories memory entries wrote written write noted to and so how when there that up going for "
    "please during s",
    "was habe hab haben hat hatte hatten ich wir mir uns mein meine meinen unsere gemacht getan passiert geschehen "
    "gewesen war waren ist los alles etwas notizen notiz erinnerungen eintrage zeig zeige finde von vom am im in an "
    "der die das den dem und es gab wie wann denn so aufgeschrieben geschrieben notiert erlebt machte machten bitte",
    "que qu quoi ce c est qui ai a avons as j je nous on s fait faits passe etait etais il y les mes nos notes note "
    "souvenirs de du des la le l tout se ete montre moi en d pendant ecrit note",
    "que hice hicimos hizo he hemos hecho paso ha pasado yo mis nuestras notas recuerdos de del el la los las todo en "
    "fue lo me muestra escribi",
    "che cosa cos ho abbiamo fatto e successo io le mie note ricordi di del della tutto in il la era mi ha scritto "
    "mostra",
    "que o fiz fizemos aconteceu eu minhas notas de do da em tudo foi a as os feito mostra escrevi no na",
    "wat heb hebben ik we wij gedaan gebeurd er is was mijn notities van de het alles op in gebeurde deed deden "
    "geschreven toon"};

std::unordered_set<std::string> read_words() {
    std::unordered_set<std::string> words;
    for (const std::string_view line : kFillers)
        for (const std::string_view word : base::split_at_any(line, " ")) words.insert(base::fold_text(word));
    return words;
}

}  // namespace

bool is_filler(std::string_view folded) {
    static const std::unordered_set<std::string> all = read_words();
    return all.contains(std::string(folded));
}

}  // namespace engram::memory
