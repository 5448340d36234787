"""Words that tell what kind of thing a name names.

Own lists, English. In: words of a name, words around it. Out: a type as in entities/<id>.yml.
"""

from __future__ import annotations

from build_scripts.suggesting.wordlists import listed

ORGANISATION = listed(
    "Academy Administration Agency Airlines Airways Alliance Army Assembly Associated Association Associates Authority Bank "
    "Board Brigade Brothers Bureau Business Cabinet Center Centre Chamber Chapter Church Circuit Club Coalition College "
    "Command Commission Committee Community Company Congress Consortium Corp Corporation Corps Council Court Department "
    "Directorate Division Enterprises Executive Federation Fleet Force Forces Forum Foundation Front Fund Government Group Guard "
    "Headquarters Holdings House Hospital Inc Industries Initiative Institute Institution Institutes Intelligence International "
    "Laboratory Laboratories Labs League Legion Library Limited LLC Ltd Magazine Media Ministry Monitor Movement Museum Nations "
    "Navy Network News Newspaper Office Organisation Organization Parliament Partners Partnership Party Patrol Police Post Press "
    "Program Project Reserve Review School Schools Senate Service Services Society Squadron Staff States-led Studios Survey Syndicate "
    "Synod Team Telegraph Times Trust Tribune Union United University Watch Workers Journal Guardian Reuters Observatory Inspectorate Org Power Energy Electric Motors Systems Technologies "
    "Rail Railway Railways Water Gas Oil Steel Foods Capital Insurance Telecom Software Pharmaceuticals Pharma Biotech Aerospace FC Studio Records Ferries Shipping Logistics Transport Lines Cruises Dairies Farms Mills Mining Breweries Stores Markets Supermarkets Hotels Estates Buses"
)
"""In an organisation's name."""

OPENS_LONG = listed(
    "Academy Association Bank Board Bureau Campaign Center Centre Chamber Church College Commission Committee Confederation Congress Council Court "
    "Daughters Department Federation Foundation Fund House Institute Institutes International Journal League Library Ministry Municipality "
    "Museum National Network Office Organisation Organization Parliament Party School Secretary Society Sons Speaker "
    "Supreme Union University Academy Act Bill Treaty Republic Kingdom Gulf Strait Bay Cape Isle Duke Prince Duchess "
    "Battle Declaration Hall Church Cathedral Bank Museum Archives Alliance Knights Order Medal Cross Strait State City Commonwealth"
)
"""Words of a name behind which ``of`` and ``for`` go on with it."""

PLACE = listed(
    "Airport Arena Avenue Base Basin Bay Beach Boulevard Bridge Canal Cape City Coast County Creek Desert District Dam Falls Forest "
    "Garden Gardens Gulf Hall Harbor Harbour Heights Highway Hill Hills Island Islands Isles Lake Lane Mount Mountain Mountains "
    "Oblast Ocean Palace Park Peninsula Plaza Port Prefecture Province Reef Region River Road Sea Square Stadium Station "
    "Strait Street Temple Theater Theatre Tower Towers Town Township Valley Village Volcano Woods Zoo Centre Building Memorial D.C."
)
EVENT = listed(
    "Awards Championship Championships Christmas Conference Convention Cup Day Derby Easter Expo Fair Festival Final Games Gala "
    "Marathon Olympics Olympic Open Opera Parade Pride Prix Ramadan Referendum Revolution Series Show Summit Tour Tournament "
    "Uprising War Wars World Week Holocaust Crusade Depression Pandemic Battle"
)
DOCUMENT = listed(
    "Accord Accords Act Agreement Amendment Bill Charter Code Constitution Convention Declaration Directive Protocol Treaty Pact"
)
WEAPON = listed("Missile Rocket Howitzer Tank Torpedo Javelin Patriot Stinger Kalashnikov Drone Launcher Artillery")
WEAPON_NEAR = listed(
    "missile missiles rocket rockets artillery launcher launchers howitzer howitzers tank tanks munitions drone drones battery "
    "batteries weapon weapons shells torpedo torpedoes rifle rifles jets fighter bomber bombers"
)
"""Common words beside the name of a weapon."""

SURNAMES = listed(
    "Hill Hills Park Parks Lane Woods Day Bay Banks Church Bush Rivers Lake Forest Brooks Fields Price Club Post Guard Coast Garden Bridges Town Camp Page Street Temple Ford House Marshal Constable Sheriff"
)
"""Words of places and the like that end the names of people, too."""

OPENS_NAMES = listed(
    "Northern Southern Eastern Western North South East West Central New Great Grand Royal National International "
    "United Global General First Second Third Old Upper Lower Middle Free Open World European American British Standard "
    "Public People Saint Holy Red Blue Green White Black Golden"
)
"""Ordinary words that many names open with."""

PARTICLES = listed(
    "de del della der den di da do dos das du la le les van von vom zu zur ter ten bin ibn bint al el ul ben abu y e af av st"
)
"""Lower-case words inside names of people."""

LINKS = listed("of for on")
FUNCTION = listed(
    "the a an this that these those it its he she they we you i his her their our your my him them us me who whom whose which what "
    "when where why how and or but nor so yet if then than as at by for from in into of off on onto out over to under up upon with "
    "without within about above across after against along among around before behind below beneath beside between beyond "
    "despite down during except inside like near outside past since through throughout toward towards until via not no yes all any "
    "both each either every few many more most much neither none other others several some such one two three four five six seven "
    "eight nine ten eleven twelve is are was were be been being am do does did has have had having can could may might must shall "
    "should will would there here now also however meanwhile although though because while once again still just only even ever "
    "never always often perhaps maybe according instead rather thus hence therefore moreover furthermore additionally later earlier "
    "today yesterday tomorrow tonight i'm it's he's she's that's there's don't didn't isn't let's we're they're i've we've per another "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec "
    "image photo photos file caption advertisement credit video view read source sources related correction update"
)
"""Words that are no part of a name where they open it; days and months are dates."""

WEAK_TITLES = listed(
    "House Senate State Home Foreign Defense Defence Interior Finance Health Justice Education General Chief Private Head Lead Party Majority "
    "Minority Cabinet Shadow Regional Under Deputy Senior Junior Assistant Associate Acting Officer Leader Attorney Major Speaker King Prince "
    "Princess Queen Duke Count Brother Sister Father Dean Judge Marshal Baron Cardinal Bishop Vice Prime Minister Secretary Sheriff Constable Miss Captain Director Agent Chair Editor Founder Chancellor Mayor Executive Doctor"
)
"""Titles that are also parts of other names; they open a person's name only before a first name or behind another title."""


def kind_of(words: list[str]) -> str:
    """The type that words of the name tell, the last word first; empty where they tell nothing."""
    behind = next((at for at, word in enumerate(words) if at and word in LINKS), len(words))
    for word in (*reversed(words[:behind]), *reversed(words[behind:])):
        for kind, members in _BY_WORD:
            if word in members:
                return kind
    return ""


_BY_WORD = (
    ("organisation", ORGANISATION),
    ("event", EVENT),
    ("document", DOCUMENT),
    ("weapon", WEAPON),
    ("place", PLACE),
)
