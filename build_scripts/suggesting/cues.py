"""Words that attribute what is said: English verbs of saying, and ``according to``.

In: a word in lower case. Out: whether it attributes, and how strongly.
"""

from __future__ import annotations

from build_scripts.suggesting.wordlists import listed

_REGULAR_STRONG = listed(
    "add admit affirm allege announce argue assert claim comment complain concede conclude confess confirm "
    "confide contend declare demand deny disclose emphasize emphasise estimate exclaim explain express highlight "
    "inform insist maintain mention note observe opine predict proclaim promise pronounce recall reiterate remark "
    "remind reply report respond reveal state stress suggest summarize summarise testify underline underscore "
    "urge vow warn acknowledge advise answer ask assure boast caution charge counter explain guess hint joke "
    "lament mutter plead pledge quip reason reckon recount relate shout stipulate tweet whisper posit post "
    "propose protest retort clarify propose accuse blast declare decry denounce describe dismiss dub label praise "
    "criticize criticise slam call characterize characterise cite quote hail appeal conclude continue elaborate "
    "enthuse muse interject recommend scoff sigh smile laugh cry chuckle gush joke yell scream rule outline "
    "reaffirm repeat signal specify voice welcome venture volunteer speculate wonder chant bark "
    "bellow bemoan brag chorus confide correct counsel critique deadpan decree deplore "
    "exhort fume groan grumble implore imply inquire instruct intone joke lambast lambaste liken marvel moan mumble "
    "murmur muse opine ponder pray preach profess rail rant reassure rebuff rebuke rebut refute regret "
    "rejoin roar scold scorn scream shriek snap sneer snort sob summarise surmise taunt tease theorise theorize "
    "thunder tout trumpet utter vent wail agree apologise apologize attest clarify concur confess deride "
    "dispute foresee indicate lash liken mock publish recite recommend reject ridicule salute "
    "threaten"
)
_IRREGULAR = listed(
    "say says said saying tell tells told telling write writes wrote written writing think thinks thought "
    "thinking believe believes believed believing know knew feel feels felt read reads reading hold holds held "
    "find finds found sang sings shot gave gives forbade texted messaged emailed e-mailed blogged boomed cheered echoed "
    "ordered shared requested worried penned objected captioned texting messaging emailing speak speaks spoke put puts go goes went begin began swear swears swore"
)
_INDIRECT = listed(
    "say says said saying tell tells told telling write writes wrote announce announces announced argue argues "
    "argued assert asserts asserted claim claims claimed confirm confirms confirmed declare declares declared "
    "deny denies denied explain explains explained insist insists insisted maintain maintains maintained report "
    "reports reported reveal reveals revealed state states stated stating suggest suggests suggested testify "
    "testified warn warns warned add adds added adding note notes noted predict predicts predicted estimate "
    "estimates estimated allege alleges alleged acknowledge acknowledges acknowledged admit admits admitted "
    "contend contends contended conclude concludes concluded emphasize emphasized stress stressed vow vowed "
    "promise promises promised pledge pledged reiterate reiterated describe describes described believe believes "
    "believed observe observes observed asserts concede conceded complain complained recommend recommends "
    "recommended urge urged remark remarked argues stresses emphasised reply replied respond responded tweet "
    "tweeted accuse accused"
)
_ONLY_BESIDE = listed(
    "smile smiles smiled laugh laughs laughed cry cries cried sigh sighs sighed think thinks thought know knew "
    "feel feels felt read reads reading hold holds held find finds found put puts go goes went begin began call "
    "calls called continue continues continued post posts posted rule rules ruled cite cites cited quote quotes "
    "quoted charge charges charged express expresses expressed label labels labelled labeled dub dubs dubbed hail "
    "hails hailed praise praises praised slam slams slammed blast blasts blasted dismiss dismisses dismissed "
    "signal signals voice voices welcome welcomes appeal appeals mention mentions outline outlines propose "
    "proposes proposed demand demands counter counters caution comment comments comment charge claim estimate "
    "report reports note notes post answer reply response joke guess relate hint state signal rule"
)


_DOUBLED = listed("quip admit blog brag rebut regret concur sob snap chat pen refer")


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb in _DOUBLED:
        return verb, f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    ending = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return verb, f"{verb}{ending}", f"{verb}ed", f"{verb}ing"


CUES = frozenset(form for verb in _REGULAR_STRONG for form in _forms(verb)) | frozenset(_IRREGULAR)
"""Verbs that attribute words between quotation marks."""

INDIRECT = frozenset(_INDIRECT)
"""Verbs that attribute a clause without quotation marks."""

WEAK = frozenset(_ONLY_BESIDE)
"""Words that attribute only directly beside a quotation."""

BASE = frozenset(_REGULAR_STRONG) | listed("say tell write think believe know feel hold find speak go begin swear")
"""Forms that can be nouns, or that stand behind ``to`` and ``will``."""
