"""Words that carry a statement's meaning, by what they change.

They name the reason when words differ, and they weigh where they come or go right beside a span. A word that is in no list
is never taken for harmless: see meaning.py. Lists of English, German, French, Spanish, Italian, Portuguese, Ukrainian,
Russian and Arabic, in the forms that ``forms.form`` gives.
"""

from __future__ import annotations

from build_scripts.anchoring.forms import form


def _forms(words: str) -> frozenset[str]:
    return frozenset(form(word) for word in words.split())


NEGATION = _forms("""
    not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely false falsely deny denied
    denies failed fails refuse refused unless except if whether wrong wrongly untrue incorrect incorrectly mistaken mistakenly
    error disputed disputes rejected rejects refuted refutes dismissed dismisses doubted doubts instead rather
    wenn falls ob falsch bestritt bestreitet dementiert widerlegt nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder
    si faux nie démenti ne pas jamais aucun aucune sans rien personne ni non
    falso negó niega nunca jamás nada nadie sin tampoco ningún ninguna mai niente nessuno senza não nem nenhum nenhuma sem
    якщо чи хибно спростував спростувала если ли ложно не ні ніколи ніхто ніщо нічого без немає нема ані нет никогда никто ничего ни нельзя
    إذا لو نفى خطأ لا لم لن ليس ليست لما غير بدون دون ما
""")

MODALITY = _forms("""
    can could may might must shall should will would ought need needs able unable allowed supposed likely unlikely possibly
    possible perhaps probably maybe reportedly allegedly apparently claimed claims alleged alleges certainly definitely almost nearly about only
    always often sometimes rarely
    kann können könnte könnten muss müssen musste soll sollen sollte darf dürfen wird werden würde würden wohl vielleicht
    wahrscheinlich angeblich möglicherweise nur fast
    peut peuvent pourrait pourraient doit doivent devrait sera serait peut-être probablement seulement presque
    puede pueden podría debe deben debería será sería quizá quizás probablemente solo casi
    può possono potrebbe deve devono dovrebbe forse solo quasi pode podem poderia deve devem deveria talvez só
    може можуть міг могла могли повинен повинна повинні має мають буде будуть мабуть імовірно ймовірно нібито лише майже
    может могут мог должен должна должны будет возможно вероятно якобы только почти
    قد ربما يمكن يجب سوف سيكون يستطيع ينبغي فقط
""")

NUMBER_WORDS = _forms("""
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
    billion billions trillion trillions dozen dozens half quarter third double twice triple first second fourth fifth
    over under above below before after until since between least most nearly exceeding
    über unter vor nach bis seit zwischen mindestens höchstens понад менш до після від більш
    all both each every everyone some several most many few more less fewer
    alle einige viele wenige mehr tous tout beaucoup plus moins todos todas muchos pocos más menos tutti molti pochi più
    muitos poucos mais всі багато більше менше кілька все много больше меньше несколько كل بعض كثير أكثر أقل
    eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend million millionen
    milliarde milliarden hälfte deux trois quatre cinq sept huit neuf dix vingt cent mille millions milliard milliards
    dos tres cuatro cinco seis siete ocho nueve diez cien mil millón millones due tre quattro cinque sei sette otto dieci
    cento mila milioni miliardi dois três quatro seis sete oito nove dez mil milhão milhões bilhões
    один два дві три чотири п'ять шість сім вісім дев'ять десять двадцять сто тисяча тисяч тисячі мільйон мільйонів
    мільярд мільярдів два три четыре пять шесть семь восемь девять десять сто тысяча тысяч миллион миллионов миллиард
    миллиардов واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مئة مائة ألف آلاف مليون ملايين مليار مليارات
""")

UNITS = _forms("""
    kilometer kilometers kilometre kilometres km mile miles meter meters metre metres foot feet inch inches yard yards
    centimeter centimeters centimetre centimetres mm cm m ton tons tonne tonnes kilogram kilograms kg gram grams pound pounds
    ounce ounces liter liters litre litres gallon gallons barrel barrels hectare hectares acre acres celsius fahrenheit
    degree degrees percent per percentage point points second seconds minute minutes hour hours day days week weeks month
    months year years decade decades century centuries dollar dollars euro euros cent cents hryvnia hryvnias ruble rubles
    knot knots mph kph kw mw gw watt watts
    meile meilen tonnen pfund prozent sekunde sekunden stunde stunden tag tage woche wochen monat monate jahr jahre
    heures jours semaines mois ans années horas días semanas meses años ore giorni settimane mesi anni dias anos
    кілометр кілометрів км миля миль метр метрів тонна тонн гривня гривень відсоток відсотків година годин день днів тиждень
    місяць місяців рік років километр километров тонн процентов часов дней недель месяцев лет
    كيلومتر كم ميل متر طن كيلوغرام ساعة يوم أسبوع شهر سنة عام دولار
""")

DATES = _forms("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december today yesterday tomorrow
    montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember heute
    gestern morgen lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre
    octobre novembre décembre hier demain lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo
    junio julio agosto septiembre octubre noviembre diciembre ayer hoy mañana
    понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю січня лютого березня квітня травня
    червня липня серпня вересня жовтня листопада грудня сьогодні вчора завтра понедельник вторник среда четверг пятница
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря сегодня вчера
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
    اليوم أمس غدا
""")

KINDS = (
    ("number words", NUMBER_WORDS),
    ("units", UNITS),
    ("negation", NEGATION),
    ("modality", MODALITY),
    ("dates", DATES),
)
"""The kinds in the order in which they are named."""


def kinds_of(word: str) -> list[str]:
    """What the word of this form may change; it may mean several things, in several languages."""
    if any(char.isnumeric() for char in word):
        return ["digits"]
    if word.endswith("n't"):
        return ["negation"]
    return [name for name, words in KINDS if word in words]
