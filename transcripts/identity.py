"""Pure: what one printed label says about who speaks: a name, a role, several people, or nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcripts.names import TITLES, PrintedName, bare, parse_name
from transcripts.roles import names_nobody, role_of
from transcripts.vocabulary import Role

_MEN = frozenset("mr sir lord sr congressman councilman chairman alderman assemblyman selectman señor".split())
_WOMEN = frozenset(
    "mrs ms miss madam madame dame lady sra srta congresswoman councilwoman chairwoman alderwoman assemblywoman "
    "selectwoman señora señorita".split()
)
_SEVERAL = re.compile(r"\s*(?:/|&|\+|;|\band\b|\by\b|\bto\b)\s*", re.IGNORECASE)
_TRANSLATED = re.compile(r"\b(?:translat|interpret|traduc|intérpret)", re.IGNORECASE)
_RECORDED = re.compile(r"\b(?:video|clip|tape|taped|recorded|recording|on screen|vídeo|grabación)\b", re.IGNORECASE)
_GIVEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Identity:
    """A label read: `surname` is empty and `nobody` says why where it names no one person."""

    printed: str
    plain: str
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    suffix: str = ""
    role: Role = Role.UNKNOWN
    doubtful: bool = False
    translated: bool = False
    recorded: bool = False
    nobody: str | None = None


@lru_cache(maxsize=4096)
def identify(label: str) -> Identity:
    """What a label says. `HOWARD K. SMITH, MODERATOR` names Smith and his role; MODERATOR names nobody."""
    name = parse_name(label)
    role = _stated_role(name)
    if names_nobody(name.named) and not names_nobody(label):
        role = role_of(name.named)
        name = _named_in_note(name) or name
    if not any(map(str.isalpha, name.core)) or names_nobody(name.named):
        return Identity(label, label, role=role_of(name.named), nobody=f"“{label}” says what this voice is, not who.")
    if _names_several(name.plain):
        return Identity(label, label, nobody=f"“{label}” stands for several people.")
    ahead, name = _role_ahead(name)
    notes = " ".join(name.notes)
    return Identity(
        printed=label,
        plain=name.plain,
        titles=name.titles,
        given=tuple(part for given in name.given for part in _initials(given)),
        surname=name.surname,
        suffix=name.suffix,
        role=role if role is not Role.UNKNOWN else ahead,
        doubtful="?" in label,
        translated=_TRANSLATED.search(notes) is not None,
        recorded=_RECORDED.search(notes) is not None,
    )


def _stated_role(name: PrintedName) -> Role:
    """The role a note gives (`, MODERATOR`); words about an interpreter say how somebody was heard."""
    stated = (role_of(note) for note in name.notes if not _TRANSLATED.search(note))
    return next((role for role in stated if role is not Role.UNKNOWN), Role.UNKNOWN)


def _named_in_note(name: PrintedName) -> PrintedName | None:
    """`MODERATOR, Jane Doe`: the name stands after the role."""
    for note in name.notes:
        if not names_nobody(note) and parse_name(note).core and note[0].isupper() and not _TRANSLATED.search(note):
            return parse_name(note)
    return None


def _role_ahead(name: PrintedName) -> tuple[Role, PrintedName]:
    """`Moderator Jane Doe`, `Audience member Jane Doe`: the role in front, and the name after it."""
    words = name.plain.split()
    count = 0
    while len(words) - count > 2 and names_nobody(words[count]) and bare(words[count]) not in TITLES:
        count += 1
    if not count:
        return Role.UNKNOWN, name
    rest = parse_name(" ".join(words[count:]))
    return role_of(" ".join(words[:count])), rest


def _names_several(plain: str) -> bool:
    parts = [part for part in _SEVERAL.split(plain) if part]
    return len(parts) > 1 and all(part[0].isupper() for part in parts) and not plain.upper().startswith("THE ")


def _initials(given: str) -> tuple[str, ...]:
    """`hw` printed as H.W. or HW is two initials; a short name such as Al or Jo is one."""
    parts = tuple(_GIVEN.findall(given))
    return tuple(parts[0]) if len(parts) == 1 and len(given) == 2 and not set(given) & set("aeiouy") else parts


def joined(surname: str) -> str:
    """A surname for comparing: de Blasio, DeBlasio and DEBLASIO are one, and so are Hardy-Chandler and Hardy Chandler."""
    return "".join(_GIVEN.findall(surname))


def agree(one: Identity, other: Identity) -> bool:
    """Whether two labels can be one person: surname, suffix, given names and Mr. or Ms. contradict nowhere."""
    if whole(one) == joined(other.surname) or whole(other) == joined(one.surname):
        return _sex(one) * _sex(other) >= 0
    if not _same_surname(one, other) or (one.suffix and other.suffix and one.suffix != other.suffix):
        return False
    if _sex(one) * _sex(other) < 0:
        return False
    return not one.given or not other.given or _same_given(one.given, other.given)


def whole(one: Identity) -> str:
    """Everything printed as one surname: DIAZ BALART, VAN HOLLEN."""
    return joined(" ".join((*one.given, one.surname)))


def keys(one: Identity) -> set[str]:
    """Under which spellings a label is looked up: two labels that agree share one of these."""
    return {
        joined(one.surname),
        whole(one),
        *one.given[:1],
        *(part for part in one.given[1:2] if len(one.given[0]) == 1),
    }


def _same_surname(one: Identity, other: Identity) -> bool:
    first, second = joined(one.surname), joined(other.surname)
    if first == second:
        return True
    return bool(one.given and other.given) and (_abbreviates(first, other.surname) or _abbreviates(second, one.surname))


def _abbreviates(short: str, surname: str) -> bool:
    """`Savannah G.`, `Jose D.B.`: the letters a surname's parts begin with."""
    return len(short) < 3 and short == "".join(part[0] for part in _GIVEN.findall(surname))


def _same_given(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the first names agree, and the middle names as far as both are printed; H. Ross is Ross, W. is not H.W."""
    return any(_begin_alike(a, b) for a in _ways(one) for b in _ways(other))


def _ways(given: Sequence[str]) -> list[Sequence[str]]:
    """Given names as printed and, where an initial goes before a name, without it."""
    later = next((i for i, part in enumerate(given) if len(part) > 1), 0)
    return [given, given[later:]] if later else [given]


def _begin_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one, other, strict=False))


def same_first_name(short: Identity, full: Identity) -> bool:
    """Whether a single word is the first name of a full one (Savannah, of Savannah Guthrie)."""
    return not short.titles and bool(full.given) and joined(short.surname) == full.given[0] and len(full.given[0]) > 2


def _sex(one: Identity) -> int:
    """1 and -1 where a title says it, else 0."""
    return int(bool(_MEN & set(one.titles))) - int(bool(_WOMEN & set(one.titles)))
