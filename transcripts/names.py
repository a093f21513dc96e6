"""Pure: the parts of a printed name. `SEN. BERNIE SANDERS (D-VT), CANDIDATE` → title, given name, surname, notes."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from transcripts.text import fold

TITLES = frozenset(
    """
    mr mrs ms miss mx dr doctor prof professor sir dame lord lady madam madame rev reverend father rabbi imam pastor hon
    honorable honourable sen senator rep representative congressman congresswoman congressmember delegate assemblymember
    assemblyman assemblywoman gov governor lieutenant lt pres president vice mayor deputy councilmember councilman
    councilwoman councilor councillor councilperson ald alderman alderwoman alderperson alder commissioner supervisor
    selectman selectwoman selectperson trustee chair chairman chairwoman chairperson secretary sec treasurer minister
    prime ambassador judge justice chief attorney general gen admiral adm captain capt colonel col major sergeant sgt
    officer sheriff director superintendent manager clerk speaker leader member former acting interim ex elect first
    city town county state council pro tem pte presiding us u.s
    sr sra srta señor señora señorita senador senadora representante gobernador gobernadora presidente presidenta
    vicepresidente vicepresidenta alcalde alcaldesa concejal concejala regidor regidora comisionado comisionada doctora
    licenciado licenciada lic ing secretario secretaria
    """.split()
)
"""Words before a name that are no part of it, folded and without full stops."""

PARTICLES = frozenset("de del la las los el le du des di da dos das van von der den ter bin ibn y e st ste san".split())
"""Small words inside a surname, usually in lower case."""

SUFFIXES = frozenset("jr sr ii iii iv esq phd md dds ret".split())

_FIRST_PARTICLES = PARTICLES - {"van", "san", "st", "ste", "bin", "den", "el", "y", "e"}
"""Those that begin a surname even where no given name is printed; Van and San can be given names."""

_LINKS = frozenset({"the", "of", "and"})
_HONORIFICS = frozenset("mr mrs ms miss dr prof hon sen rep gov ald sr sra srta".split())
_NOTE = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_WORD = re.compile(r"[^\W_]+(?:[.'’\-–]+[^\W_]+)*\.?")
_JOINED_TITLE = re.compile(r"^((?:mr|mrs|ms|dr|sen|rep|gov)\.)(?=[^\W\d_]{2})", re.IGNORECASE)
_DOUBT = re.compile(r"^[?\s]+$")


@dataclass(frozen=True)
class PrintedName:
    """The parts of one printed label. Everything but `notes` and `printed` is folded.

    `notes` are what stands in brackets or after a comma (`through translator`, `MODERATOR`); `doubtful` says that the
    printer was not sure (`BUSH (?)`). `given` and `surname` are empty where the label is a title alone. `named` is the
    part of the label that the name was read from.
    """

    printed: str
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: str = ""
    suffix: str = ""
    notes: tuple[str, ...] = ()
    doubtful: bool = False
    named: str = ""

    @property
    def plain(self) -> str:
        """The name as printed, without titles, notes and marks of doubt; the whole label where it holds no name."""
        words = _JOINED_TITLE.sub(r"\1 ", self.named).split()
        while len(words) > 1 and (bare(words[0]) in TITLES or bare(words[0]) in _LINKS):
            words = words[1:]
        return " ".join(words) if self.core and words else self.printed

    @property
    def core(self) -> str:
        """Given names and surname, folded: what two labels of one person share."""
        return " ".join((*self.given, *filter(None, (self.surname,))))


def bare(word: str) -> str:
    """A word folded, its full stops and apostrophes gone: O’MALLEY and O'Malley, U.S. and US are one."""
    return fold(word).replace(".", "").replace("’", "").replace("'", "").replace("‘", "")


@lru_cache(maxsize=4096)
def parse_name(printed: str) -> PrintedName:
    """The parts of a printed label, whoever or whatever it names.

    `The Minister for Home Affairs (Mr. Musyoka)` names Mr. Musyoka; the office is a note.
    """
    notes = [note.strip() for note in _NOTE.findall(printed)]
    if notes and bare(notes[-1].split(" ")[0].split(".")[0]) in _HONORIFICS:
        office = _NOTE.sub(" ", printed).strip()
        return replace(parse_name(notes[-1]), printed=printed, notes=(office,))
    before, _, after = _NOTE.sub(" ", printed).replace("?", " ").partition(",")
    if bare(after.strip()) in SUFFIXES:
        before, after = f"{before} {after}", ""
    notes.extend(part.strip() for part in after.split(",") if part.strip())
    titles, names = _without_titles(_WORD.findall(_JOINED_TITLE.sub(r"\1 ", before.strip())))
    suffix = names.pop() if len(names) > 1 and names[-1] in SUFFIXES else ""
    given, surname = _split(names)
    said = tuple(note for note in notes if note and not _DOUBT.match(note))
    return PrintedName(printed, titles, given, surname, suffix, said, "?" in printed, before.strip())


def _without_titles(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """The titles in front, folded, and the rest."""
    folded = [bare(word) for word in words]
    count = 0
    while count < len(folded) and (folded[count] in TITLES or folded[count] in _LINKS):
        count += 1
    return tuple(folded[:count]), folded[count:]


def _split(names: list[str]) -> tuple[tuple[str, ...], str]:
    """Given names and surname; particles (`de Blasio`, `van der Berg`) belong to the surname."""
    if not names:
        return (), ""
    start = len(names) - 1
    while start > 0 and names[start - 1] in (PARTICLES if start > 1 else _FIRST_PARTICLES):
        start -= 1
    return tuple(names[:start]), " ".join(names[start:])
