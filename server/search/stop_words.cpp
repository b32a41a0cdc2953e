#include "search/stop_words.hpp"

#include <array>
#include <unordered_set>

namespace engram::search {
namespace {

// Folded as fold_word does it: without apostrophes and, but for Cyrillic, accents.
constexpr std::string_view kEnglish =
    "a about above after again against all also am an and any are arent as at be because been before being below "
    "between both but by can cant cannot could couldnt did didnt do does doesnt doing dont down during each few "
    "for from further had hadnt has hasnt have havent having he her here hers herself him himself his how i if in "
    "into is isnt it its itself just let me more most my myself no nor not of off on once only or other ought our "
    "ours ourselves out over own same shall she should shouldnt so some such than that the their theirs them "
    "themselves then there these they this those through to too under until up upon very was wasnt we were werent "
    "what when where which while who whom whose why will with wont would wouldnt you your yours yourself yourselves";
constexpr std::string_view kGerman =
    "aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei "
    "bin bis bist da damit dann das dass dasselbe dazu dein deine deinem deinen deiner dem den denn der deren des "
    "dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines "
    "er es etwas euch euer eure fur gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen "
    "ihr ihre ihrem ihren ihrer im in indem ins ist jede jedem jeden jeder jedes jene jetzt kann kein keine keinem "
    "keinen keiner konnen konnte machen man manche mein meine meinem meinen meiner mich mir mit muss musste nach "
    "nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner selbst sich sie sind so solche soll "
    "sollte sondern sonst uber um und uns unser unsere unter viel vom von vor wahrend war waren warst was weg weil "
    "weiter welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wirst wo wollen "
    "wollte wurde wurden zu zum zur zwar zwischen";
constexpr std::string_view kSpanish =
    "a al algo algunas algunos ante antes como con contra cual cuando de del desde donde durante e el ella ellas "
    "ellos en entre era eran eres es esa esas ese eso esos esta estaba estaban estado estan estar estas este esto "
    "estos estoy fue fueron fui ha habia habian han has hasta hay he la las le les lo los mas me mi mia mis mucho "
    "muchos muy nada ni no nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco "
    "por porque que quien quienes se sea ser si sido sin sobre somos son soy su sus suya suyo tambien tanto te "
    "tenia tengo ti tiene tienen todo todos tu tus tuya tuyo un una uno unos vosotros y ya yo";
constexpr std::string_view kFrench =
    "a ai aie as au aura aux avait avaient avec avez avoir avons c ce ceci cela ces cet cette ceux chez comme d dans "
    "de des dont du elle elles en es est et etaient etais etait etant etes etre eu eux fait faut fut furent ici "
    "il ils j je jusqu l la le les leur leurs lorsqu lui m ma mais me meme memes mes moi mon n ne ni nos notre nous "
    "on ont ou par pas pendant plus pour puisqu qu quand que quel quelle quelles quels qui quoi s sa sans se sera "
    "ses si soi soit sommes son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un une vos "
    "votre vous y";
constexpr std::string_view kPortuguese =
    "a ao aos aquela aquelas aquele aqueles aquilo as ate com como da das de dela delas dele deles depois do dos e "
    "ela elas ele eles em entre era eram essa essas esse esses esta estao estas estava estavam este estes estou eu "
    "foi fomos for foram ha isso isto ja la lhe lhes mais mas me mesmo meu meus minha minhas muito na nao nas nem no "
    "nos nossa nossas nosso nossos num numa o os ou para pela pelas pelo pelos por porque qual quando que quem sao "
    "se seja sem ser seu seus so somos sou sua suas tambem te tem tenho ter teu teus tinha tive tu tua tuas um uma "
    "voce voces";
constexpr std::string_view kItalian =
    "a abbiamo ad agli ai al all alla alle allo anche avete aveva avevano c che chi ci come con contro cosa cui d da "
    "dagli dai dal dall dalla dalle dallo degli dei del dell della delle dello di dove e ed era erano essere fra "
    "fu gli ha hai hanno ho i il in io l la le lei li lo loro lui ma me mi mia mie miei mio ne negli nei nel nell "
    "nella nelle nello noi non nostra nostre nostri nostro o per perche piu quale quali quando quanto quell quella "
    "quelle quelli quello quest questa queste questi questo se sei si sia siamo siete sono sta stata stato su sua "
    "sue sugli sui sul sull sulla sulle sullo suo suoi ti tra tu tua tue tuo tuoi tutti tutto un una uno vi voi "
    "vostra vostro";
constexpr std::string_view kDutch =
    "aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge "
    "geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je jij jouw jullie kan "
    "kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op over reeds "
    "te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wezen wie wij wil worden wordt ze "
    "zelf zich zij zijn zo zonder zou";
constexpr std::string_view kSwedish =
    "alla allt att av bli blir blev da dar de deg dem den denna deras dess dessa det detta dig din dina ditt du dig "
    "efter ej eller en er era ert ett fran for ha hade han hans har hennes henne hon honom hur i icke inom inte jag "
    "ju kan kunde man med mellan men mig min mina mitt mot mycket nagon nagot nagra nar ni nu och om oss pa samma sa "
    "sedan sig sin sina sitta sitt sjalv skulle som till under upp ut utan vad var vara varfor varit vart vars vem "
    "vi vid vilka vilken vilket";
constexpr std::string_view kRussian =
    "а без более бы был была были было быть в вам вас ведь весь во вот все всего всех вы где да даже для до его ее "
    "ей если есть еще же за здесь и из или им их к как какая какой когда кто ли либо мне может мой моя мои моё мы на "
    "над надо наш не него нее нет ни них но ну о об однако он она они оно от очень по под после потом потому при "
    "про с со так также такой там те тебя тем то того тоже той только том ты тут у уже хоть чего чей чем что чтобы "
    "чтоб эта эти это этого этой этот эту я меня себя нас ним него тогда теперь";
constexpr std::string_view kTurkish =
    "acaba ama ancak artik asla aslinda az bana bazen bazi ben bende beni benim bile bir biraz bircok biri birkac "
    "birsey biz bizim boyle bu bunlar bunu bunun burada cok cunku da daha de defa degil diger diye dolayi en gibi "
    "hem hep hepsi her hic icin ile ise iste kadar ki kim kime kimi mi mu nasil ne neden nerede niye o olan olarak "
    "oldu oldugu olur ona onlar onu onun orada oysa oyle sana sen seni senin siz sizin sonra su sunu tum ve veya ya "
    "yani yine zaten";

using WordSet = std::unordered_set<std::string_view>;

WordSet split(std::string_view list) {
    WordSet words;
    while (!list.empty()) {
        const std::size_t space = list.find(' ');
        words.insert(list.substr(0, space));
        list = space == std::string_view::npos ? std::string_view() : list.substr(space + 1);
    }
    return words;
}

std::array<WordSet, kLanguageCount> make_lists() {
    std::array<WordSet, kLanguageCount> lists;
    const auto set = [&](std::string_view code, std::string_view list) { lists[language_of(code)] = split(list); };
    set("en", kEnglish);
    set("de", kGerman);
    set("es", kSpanish);
    set("fr", kFrench);
    set("pt", kPortuguese);
    set("it", kItalian);
    set("nl", kDutch);
    set("sv", kSwedish);
    set("ru", kRussian);
    set("tr", kTurkish);
    return lists;
}

}  // namespace

bool is_stop_word(std::string_view folded, Language language) {
    static const std::array<WordSet, kLanguageCount> lists = make_lists();
    return lists[language].contains(folded);
}

}  // namespace engram::search
