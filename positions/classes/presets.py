"""Pure: three ready assignments, each a question a class can answer in one period; words in both languages, written by us."""

from collections.abc import Mapping
from dataclasses import dataclass

from positions.classes.assigning import WantedTag
from transcripts.bilingual import Bilingual


@dataclass(frozen=True)
class Preset:
    """A ready assignment. `names_hidden`: speakers go by letters until the reveal, so that the answer is judged, not the person."""

    key: str
    name: Bilingual
    what: Bilingual
    instructions: Bilingual
    unit: str
    exclusive: bool
    names_hidden: bool
    tags: tuple[WantedTag, ...]


def _tag(key: str, en: str, es: str, what_en: str, what_es: str) -> WantedTag:
    return WantedTag(key, Bilingual(en, es), Bilingual(what_en, what_es))


READ = Preset(
    "read",
    Bilingual("Read and mark", "Leer y marcar"),
    Bilingual(
        "Mark words in each answer: the main point, reasons, figures to check, what is unclear.",
        "Marcar palabras en cada respuesta: la idea principal, razones, cifras por comprobar, lo que no queda claro.",
    ),
    Bilingual(
        "Read each answer twice. The second time, mark the words that carry it, and write one question of your own.",
        "Lea cada respuesta dos veces. La segunda vez, marque las palabras que la sostienen y escriba una pregunta propia.",
    ),
    "words",
    False,
    False,
    (
        _tag(
            "point",
            "Main point",
            "Idea principal",
            "What this answer comes down to.",
            "A qué se reduce esta respuesta.",
        ),
        _tag("reason", "Reason", "Razón", "Why, in the speaker’s own words.", "El porqué, en palabras de quien habla."),
        _tag(
            "check",
            "Figure or fact to check",
            "Cifra o dato por comprobar",
            "Something that can be looked up.",
            "Algo que se puede consultar.",
        ),
        _tag(
            "unclear",
            "Unclear",
            "No queda claro",
            "You could not say what this means.",
            "No sabría decir qué significa.",
        ),
    ),
)

ANSWERED = Preset(
    "answered",
    Bilingual("Did they answer the question?", "¿Respondieron a la pregunta?"),
    Bilingual(
        "Judge each answer as a whole against the question that was asked.",
        "Juzgar cada respuesta entera frente a la pregunta que se hizo.",
    ),
    Bilingual(
        "Read the question, say in your own words what it asks, then judge each answer. You judge the answer, not the speaker.",
        "Lea la pregunta, diga con sus palabras qué pregunta y juzgue después cada respuesta. Se juzga la respuesta, no a quien habla.",
    ),
    "turn",
    True,
    True,
    (
        _tag(
            "answered",
            "Answered",
            "Respondió",
            "You could write the speaker’s answer down in one sentence.",
            "Podría escribir la respuesta en una frase.",
        ),
        _tag(
            "partly",
            "Answered in part",
            "Respondió en parte",
            "One part of the question is left open.",
            "Una parte de la pregunta queda abierta.",
        ),
        _tag(
            "other",
            "Spoke of something else",
            "Habló de otra cosa",
            "True or not, it does not answer what was asked.",
            "Sea cierto o no, no responde a lo que se preguntó.",
        ),
        _tag(
            "declined",
            "Said they would not answer",
            "Dijo que no respondería",
            "The speaker says so in words.",
            "Quien habla lo dice con palabras.",
        ),
    ),
)

KINDS = Preset(
    "kinds",
    Bilingual("Fact, opinion or promise?", "¿Hecho, opinión o promesa?"),
    Bilingual(
        "Judge sentence by sentence what is claimed, thought or promised.",
        "Juzgar frase por frase qué se afirma, qué se opina y qué se promete.",
    ),
    Bilingual(
        "Take each sentence for itself. A fact can be checked, an opinion can be shared or not, a promise says what somebody will do.",
        "Tome cada frase por sí sola. Un hecho se puede comprobar, una opinión se comparte o no, una promesa dice qué hará alguien.",
    ),
    "sentence",
    True,
    False,
    (
        _tag(
            "fact",
            "Fact claimed",
            "Hecho afirmado",
            "It can be checked, whether it is right or wrong.",
            "Se puede comprobar, sea correcto o no.",
        ),
        _tag(
            "opinion", "Opinion", "Opinión", "What the speaker thinks or values.", "Lo que piensa o valora quien habla."
        ),
        _tag(
            "promise",
            "Promise",
            "Promesa",
            "What the speaker will do, so that one can see later whether it was done.",
            "Lo que hará quien habla, de modo que después se vea si se hizo.",
        ),
        _tag(
            "neither",
            "None of these",
            "Nada de esto",
            "A greeting, a story, a question.",
            "Un saludo, un relato, una pregunta.",
        ),
    ),
)

PRESETS: Mapping[str, Preset] = {one.key: one for one in (READ, ANSWERED, KINDS)}
