"""Verbs that report speech, English and Spanish, by how much they prove.

Written for this project. SAY verbs prove speech anywhere in a sentence; a TAG verb ("laughed", "offered", "read") only
right beside the quotation; NAME verbs ("called it", "calificó de") only where the quotation is what follows them.
"""

_SAY = """
add admit advise affirm agree allege announce answer apologize apologise argue ask assert assure boast brag caution
claim clarify comment complain concede conclude concur confess confirm contend counter declare denounce deny disagree
elaborate emphasize emphasise exclaim explain express gush inform inquire insist interject interrupt joke lament
maintain mention mutter note object observe opine plead pledge point predict proclaim promise propose protest quip
reassure recall recite reckon recount reflect reiterate remark remind repeat reply respond retort say scoff shout
speculate state stress suggest tell testify tweet underline underscore urge voice vow warn whisper wonder write
acknowledge criticize criticise blast slam decry demand marvel muse posit summarize summarise yell concur chide
thank praise applaud implore retweet
"""

_TAG = """
accuse applaud attest banter beam begin blog call caption chant charge cheer chime chuckle commend confide continue cry
deadpan defend describe dismiss estimate evoke exhort explode feel finish fume go grin grumble guess hint imply
indicate instruct jeer laugh lecture message nod offer order pause phrase pose post press propose push question
quote rant rave read reason reckon recommend relate report reveal roar scold scream shoot shrug sigh signal smile
snap sob sum sympathize tease text think thunder urge wail yelp pipe pray insert greet introduce advocate bemoan
bristle rejoin expect hope start open specify rail refute rebut reject theorize theorise believe want worry fire
prefer favor favour support oppose envision foresee love like hate fear interject chip weigh jump envisage admonish
"""

_NAME = "brand call characterize characterise deem describe denounce dismiss dub label liken mock term tout hail decry blast slam praise"

_IRREGULAR = {
    "say": "said",
    "tell": "told",
    "write": "wrote written",
    "begin": "began begun",
    "think": "thought",
    "feel": "felt",
    "go": "went",
    "read": "read",
    "shoot": "shot",
    "quote": "quoted",
    "plead": "pled pleaded",
}

_ES_SAY_AR = """
afirmar aclarar acusar agregar anunciar apuntar argumentar asegurar aseverar comentar confesar confirmar considerar
contestar criticar cuestionar declarar denunciar destacar detallar enfatizar espetar exclamar explicar expresar
garantizar gritar indicar ironizar lamentar manifestar matizar mencionar narrar observar opinar apostillar
plantear precisar preguntar pronosticar puntualizar pronunciar recalcar reclamar recordar reflexionar reiterar
relatar remarcar remachar replicar resaltar rematar revelar señalar sentenciar subrayar sugerir tuitear
vaticinar zanjar objetar protestar bromear susurrar contar celebrar negar alertar rechazar
recriminar reprochar lanzar disparar terciar soltar avisar corear vocear titular postear valorar demandar suplicar
"""

_ES_SAY_ER = """
responder prometer añadir admitir advertir concluir describir escribir insistir exigir pedir reconocer sostener
proponer defender corregir
"""

_ES_IRREGULAR = """
dijo dice decía dijeron dicen diciendo dicho añadió añade añadía añadieron añaden añadiendo añadido sostuvo sostiene
sostenía sostuvieron sostienen sosteniendo reconoció reconoce advirtió advierte advertía advirtieron advierten
advirtiendo admitió admite concluyó concluye concluyeron pidió pide pedía pidieron piden pidiendo propuso propone
expuso expone repitió repite prosiguió prosigue sugirió sugiere refirió refiere manifiesta cuenta recuerda niega
arguyó aduce adujo continuó continúa empezó empieza comenzó comienza arrancó
siguió sigue corrigió corrige convino defiende intervino interviene cierra inquirió inquiere predijo rebatió rebate resumió resume
"""

_ES_NAME = "calificó califica calificaron calificando llamó llama tildó tilda tachó tacha definió define describió describe denominó"


def _forms(lemma: str) -> set[str]:
    """The third person, the past and the -ing form of an English verb, and its base."""
    if lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in "aeou":
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    else:
        doubled = lemma + lemma[-1] if lemma in _DOUBLED else lemma
        past, ing = doubled + "ed", doubled + "ing"
    third = (
        lemma[:-1] + "ies"
        if past.endswith("ied")
        else lemma + ("es" if lemma[-1] in "sxo" or lemma[-2:] in {"ch", "sh"} else "s")
    )
    pasts = set(_IRREGULAR.get(lemma, past).split())
    return {lemma, third, ing, *pasts}


_DOUBLED = frozenset("admit quip dub slam brag chat nod rebut hum refer confer sob sum snap grin beg".split())


def _spanish(lemma: str) -> set[str]:
    """The forms a newspaper uses of a regular Spanish verb: third persons of four tenses and the gerund."""
    stem = lemma[:-2]
    endings = "ó a aba aron an aban ando ado" if lemma.endswith("ar") else "ió e ía ieron en ían iendo ido"
    return {stem + ending for ending in endings.split()}


def _english(lemmas: str) -> frozenset[str]:
    return frozenset(form for lemma in lemmas.split() for form in _forms(lemma))


SPANISH = frozenset(
    {form for lemma in (_ES_SAY_AR + _ES_SAY_ER).split() for form in _spanish(lemma)}
    | set(_ES_IRREGULAR.split())
    | set(_ES_NAME.split())
)
SAY = _english(_SAY) | (SPANISH - frozenset(_ES_NAME.split()))
TAG = _english(_TAG) | frozenset(_ES_NAME.split())
NAME = _english(_NAME) | frozenset(_ES_NAME.split())
REPORTING = SAY | TAG | NAME

BASE = frozenset(f"{_SAY} {_TAG} {_NAME}".split())
"""Base forms: "officials say" reports, but "to say", "did not say" and the noun "note" do not."""

PARTICIPLES = frozenset(form for form in REPORTING if form.endswith(("ing", "iendo", "ando", "yendo")))

ASKING = frozenset(
    "ask asks asked question questioned questions press pressed quiz quizzed preguntó preguntaron pregunta preguntan consultó".split()
)
"""After these without a quotation of their own, what follows is somebody else's answer."""

SAID = frozenset("said says added adds thinks thought believes believed".split())
"""After these, “he” and “she” are as a rule whoever says it: Smith said he lived there."""

THINKING = _english("feel think believe want hope expect fear love hate like")
"""What somebody else thinks may stand in what one says."""

REPLYING = frozenset(
    "replied replies responded responds answered answers countered counters retorted respondió responde contestó replicó".split()
)
"""Verbs of the other one in an exchange: “he replied” is hardly whoever spoke last."""
