"""Words and phrases of debates, English and Spanish: what is grammar, courtesy or procedure, and what puts a question."""

import re
from collections.abc import Iterable

from transcripts.phrases import Phrases

ABBREVIATIONS = frozenset(
    "mr. mrs. ms. dr. sen. rep. gov. lt. gen. col. st. sr. sra. dra. prof. rev. jr. hon. no. vs. u.s.".split()
)

_GRAMMAR = """
a an the and or but nor so if then than that this these those there here it its it's i'm i'll i'd i've i me my mine we
us our ours we're we'll we've we'd you your yours you're you'll you've you'd he him his she her hers they them their
they're he's she's that's there's here's what's who's let's let is are was were be been being am isn't aren't wasn't
do does did don't doesn't didn't done doing have has had haven't hasn't having can could can't cannot will would won't
wouldn't shall should shouldn't may might must to of in on at by for from with about into over under up down out off
as not no yes yeah well okay ok all right alright oh uh um just also too very really only even still now again ever
never what which who whom whose when where why how because while until since though although both each every either
neither any some one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty forty-five
fifty sixty seventy-five ninety half able other others another more most much many lot same such own like get got
getting go goes going gone come came make made take took see say says said saying tell told think know want wanted
mean sort kind thing things way bit little something anything everything nothing somebody anybody everybody people
actually maybe perhaps sure certainly indeed however therefore first second third last next later already yet before
after during between through against without within toward towards per via el la los las un una unos unas de del al en
y o u e que qué como cómo cuando cuándo donde dónde quien quién cual cuál por para con sin sobre entre hasta desde es
son era fue ser está están estar hay ha han hemos su sus mi mis tu tus nos se te le les lo si sí ni más menos muy ya
pero porque también esto esta este eso esa ese usted ustedes yo él ella ellos nosotros
"""

_PROCEDURE = """
thank thanks thankyou please sir madam ma'am mister gentleman gentlemen lady ladies folks everyone candidate
candidates minute minutes second seconds time clock expired up over done finish finished wrap brief briefly quick
quickly short respond response responses reply rebut rebuttal answer answers answered answering react reaction weigh
question questions ask asked asking move moving segment topic turn turning begin beginning start starting continue
follow follow-up followup ahead floor speak speaking hear let's audience applause applaud quiet silent hold wait
moment pause excuse sorry interrupt interrupting stop back good evening night morning afternoon welcome hello hi great
fine appreciate give given left right order round add anyone else jump chance opportunity allow allowed allotted
remaining remain hand raise raised raises issue issues subject subjects matter debate debates forum tonight microphone
mic mike bell card cards rule rules agreed agree note want like used use using put gonna wanna gotta mr mrs ms dr
secretary senator governor mayor president vice congressman congresswoman councilman councilwoman councilor
councilmember alderman representative doctor judge admiral general chairman chairwoman supervisor commissioner gracias
favor señor señora señorita alcalde alcaldesa concejal concejala senador senadora gobernador gobernadora minuto
minutos segundos tiempo pregunta preguntas respuesta responder responda conteste turno adelante siguiente buenas
noches tardes buenos días bienvenidos
"""

MANAGING = frozenset(_PROCEDURE.split())
"""Words of courtesy, time and order."""

EMPTY = frozenset(_GRAMMAR.split()) | MANAGING
"""Words that by themselves ask nothing."""


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(_whole_words(phrases), re.IGNORECASE)


def _any_with(signs: str, *phrases: str) -> Phrases:
    """For what is looked for in everybody's turns rather than in those of the askers alone."""
    return Phrases(_whole_words(phrases), signs)


def _whole_words(phrases: Iterable[str]) -> str:
    return r"\b(?:" + "|".join(phrases) + r")\b"


COMMANDS = re.compile(
    r"^(?:so |now |please |and |just )*(?:tell|give|walk|convince|show|explain|describe|name|díganos|explique|hable)"
    r" (?:us|me|the|voters|an?|your|how|why|what|one|two)\b",
    re.IGNORECASE,
)
"""A sentence that opens with a command."""

REQUESTS = _any(
    r"(?:i(?:'|’)d|i would|we(?:'|’)d|we would) like (?:to hear|you to|each of you|all of you|both of you|to know|to ask)",
    r"(?:please|would you|could you|can you) (?:please )?(?:tell|give|walk|convince|show) (?:us|me|the|voters|an?|people|viewers)",
    r"(?<=[,;:] )(?:please )?(?:tell|give|walk|convince|show) (?:us|me|the|voters|an?|people|viewers)",
    r"(?:please|would you|could you|can you) (?:please )?(?:explain|describe|discuss|elaborate|outline|compare)"
    r" (?:on |your|how|why|what|the|one|a|for)",
    r"(?<=[,;:] )(?:please )?(?:explain|describe|discuss|name|outline|identify|compare)"
    r" (?:your|how|why|what|the|one|a|two|three|for)",
    r"(?:please|you) (?:to )?talk (?:to us |a little |a bit )?about",
    r"i want(?:ed)? (?:to ask (?:you|both|all|each|the)|to know|you to|to hear (?:from|your|what|how|why)|each of you)",
    r"i(?:'|’)m going to ask you|(?:my|the) question is|what about",
    r"díganos|explique|explíquenos|hábleme|háblenos|descríbanos|cuéntenos",
)
"""A question without a question mark."""

AGAIN = _any(
    r"(?:the )?same question|back to (?:the|my|that|this) question|la misma pregunta",
    r"(?:the|that) question (?:is|was|remains|again|still)|my question (?:was|remains|again|still)",
    r"(?:answer|address|respond to) (?:the|my|that|this) question|repeat (?:the|my) question",
    r"(?:didn(?:'|’)t|did not|haven(?:'|’)t|not) (?:really )?answer(?:ed)?|ask (?:it|that|you|the question) again",
)
"""The question already put, put again."""

PRESSES = _any(r"yes or no|to be clear|to clarify|for the record|is that a (?:yes|no)|sí o no")
"""The same in a short turn; a long one may be a question of its own."""

FOLLOWING = _any(
    r"(?:let me|can i|can we|i(?:'|’)d like to|i(?:'|’)?(?:m| am)? (?:just |do )?(?:want(?:ed)? to|going to)|i)"
    r" (?:just |also |quickly )?follow(?:-| )?up",
    r"(?:a|quick|one|another) follow(?:-| )?up",
)
"""A new question announced as following from the last."""

TURNING = _any_with(
    "question|topic|issue|subject|matter|segment|area|card|turn|move|switch|shift|going |go |let's|let’s|want to|like to|"
    "speaking of|comes to|as for|respect to|regard|pasemos|hablemos|siguiente",
    r"(?:my |the |our |a )?(?:next|first|second|third|fourth|final|last|another|new|different)"
    r" (?:question|topic|issue|subject|segment|area|card)",
    r"(?:turn|move|switch|shift|go)(?:ing)? (?:now )?(?:on )?(?:to|our attention)",
    r"let(?:'|’)s (?:start|begin|talk|turn|move|go|switch|shift)",
    r"(?:want|like|going) to (?:talk|turn|move|start|begin|ask (?:you )?about|switch|bring up)",
    r"on (?:the )?(?:issue|subject|topic|question|matter) of",
    r"(?:raise|raised|raises|brought up|mentioned|mention) (?:the )?(?:issue|subject|topic|question|matter)",
    r"speaking of|when it comes to|as for|with respect to|in regard to|regarding|pasemos a|hablemos de|siguiente tema",
)
"""A subject announced."""

INTRODUCES = _any(
    r"(?:next|first|last|final|another|our|this) (?:question|one) (?:now )?(?:comes|goes|is from|from)",
    r"has (?:a|our|the) (?:next |first |last )?question|get (?:another|one more|a) question",
    r"(?:another|next) student|microphone (?:one|two|three|number)|tiene la palabra|micrófono",
)
"""Somebody else is about to ask: the last question is over."""

ANNOUNCES = _any(
    r"(?:next|first|last|final|another|our|a|the) question|(?:'|’)s question|question (?:over |up |right )?(?:here|there)",
    r"questions? (?:is |comes? )?(?:to|for|from)|next one|your question|(?:siguiente|próxima) pregunta",
)
"""A question is about to come, be it from somebody else."""

CEDES = _any(
    r"(?:may|can|will|get to|chance to|opportunity to|turn to) (?:now |each )?ask (?:(?:your|the|his|her) opponents?|each other|"
    r"one another|(?:mr|mrs|ms|dr|mayor|councilman|councilwoman|senator)\.? \w+|the other) ",
    r"your question (?:for|to) (?:your opponent|(?:mr|mrs|ms|dr|mayor|councilman|councilwoman|senator)\b)",
    r"puede(?:n)? preguntar(?:le)? a (?:su|sus) (?:rival|adversari|oponente)",
)
"""Those who are asked may ask one another: their next question is one."""

STANDS = _any(
    r"yes|no|yeah|yep|nope|agree|disagree|oppose|support|i|i'd|i'm|i'll|i've|we|we'd|we'll|sí|yo|estoy|apoyo",
)
"""A few words that answer: yes or no, or what the voice itself thinks or would do."""

CLOSES = _any(
    r"(?:closing|opening|final|concluding) (?:statement|remark|argument|thought)s?|summations?",
    r"closings,? (?:one|two|three|ninety|sixty|thirty) (?:minute|second)s?",
    r"declaraci(?:ón|ones) (?:final|de cierre)(?:es)?",
    r"that concludes|that(?:'|’)s going to do it|(?:is going to|will have to) do it|good ?night",
)
"""What is said next answers no question."""

BREAKS = _any(
    r"commercial break|(?:take|after) (?:a|the|this) (?:short |quick |brief )?break",
    r"we(?:'|’)ll be (?:right )?back|stay with us|volvemos (?:enseguida|después)",
)
RETURNS = _any(r"welcome back|we(?:'|’)re back|we are back|estamos de vuelta")
GREETS = _any(r"welcome(?! back)|bienvenid[oa]s?")

RULES = _any(
    r"ground ?rules|the rules|here(?:'|’)s how (?:this|it|tonight)|will have (?:up to )?\w+ (?:seconds?|minutes?)",
    r"each candidate (?:will|gets|has)|hold (?:your )?applause|no calling out|turn off your|las reglas|el formato",
)
TIME = _any_with(
    "time|second|minute|wrap|tiempo",
    r"(?:your |the )?time(?:(?:'|’)s| is| has)? (?:up|expired|done)|that(?:'|’)s time|out of time|wrap (?:it )?up",
    r"(?:seconds?|minutes?) (?:(?:is|are|has|have) )?(?:up|expired|left)|you have (?:up to )?\w+(?:-\w+)? (?:seconds?|minutes?)",
    r"se (?:le )?acabó (?:el|su) tiempo|tiempo,? por favor",
)
WELCOME = _any(
    r"welcome to|good (?:evening|afternoon|morning|night)|i(?:'|’)(?:m|ll be) (?:the |your |tonight(?:'|’)s )?(?:moderator|host)",
    r"moderating|moderator|buenas (?:noches|tardes)|bienvenid[oa]s",
)
SPARES = _any(r"not asking|skip (?:you|mr|ms|mrs)|spare (?:you|mr|ms|mrs)|won(?:'|’)t ask|come back to you|get to you")
"""Names in such a sentence are not given the floor."""

MANAGES = re.compile(
    "|".join(one.pattern for one in (RULES, TIME.pattern, WELCOME, CLOSES, BREAKS, SPARES)), re.IGNORECASE
)
"""Any of the ways to run a forum rather than to ask."""

EVERYONE = _any(
    r"you (?:go |are |start )?first|you(?:'|’)(?:re|ll)(?: go)? (?:first|last)|(?:is|goes) first|you (?:\w+ )?start",
    r"(?:begin|start)(?:ing)? with|same question|then (?:mr|ms|mrs|the)|down the (?:line|row)",
    r"(?:both|each|all) of you|(?:both |all |all of )?the candidates|candidates|gentlemen|ladies|everybody|everyone",
    r"todos|ambos|cada uno",
)

REFUSES = _any_with(
    "pass|comment|answer|to say|contestar|responder|comentarios|paso de",
    r"i(?:'|’)ll pass|i(?:'|’)m going to pass|i(?:'|’)d (?:rather )?pass|pass on (?:that|this)|no comment",
    r"(?:prefer|rather|choose|going) not to (?:answer|say|comment)|(?:decline|refuse) to (?:answer|say|comment)",
    r"(?:i(?:'|’)m not|i am not|i won(?:'|’)t|i will not|i can(?:'|’)t|i cannot) (?:going to )?(?:answer|comment)(?:ing)?",
    r"prefiero no (?:contestar|responder)|sin comentarios|no voy a (?:contestar|responder)|paso de (?:esa|esta)",
)
MISSING = _any(
    r"(?:could|can)(?: ?not|n(?:'|’)t) (?:be (?:here|with us)|attend|join|make it)|(?:is|are|(?:'|’)s) absent",
    r"(?:unable|not able) to (?:be here|attend|join|make it|be with us)|no (?:pudo|podrá|está)",
    r"declined (?:our|the|an) invitation|declined to (?:attend|participate|join|take part)|(?:sends|sent) (?:her|his|their) regrets",
    r"(?:is|are|(?:'|’)s|was) not (?:here|with us|taking part|attending|able to)",
    r"(?:isn|won)(?:'|’)t (?:be )?(?:here|with us|taking part|attending|joining)",
)
NO_TIME = _any_with(
    "time|second|minute|wrap|tiempo",
    r"(?:out of|run out of|no(?:t| more)?(?: have)?(?: any)?(?: enough)?|don(?:'|’)t have) time|because of the (?:time|clock)",
    r"time for (?:you|your answer)|(?:have|need) to (?:stop|end|leave it) there|no (?:nos )?(?:queda|hay) tiempo",
)
UNFINISHED = _any(
    r"(?:about|going|trying) to get to (?:it|that)|(?:didn(?:'|’)t|did not|never) (?:get|got) to|no alcancé",
    r"(?:didn(?:'|’)t|did not) (?:get a chance|answer)",
)
"""A candidate who was cut off says that the answer had not come."""
