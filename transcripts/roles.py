"""Pure: labels that say what a voice is and not who it is: MODERATOR, AUDIENCE QUESTION, Speaker 2, Madam Clerk."""

import re

from transcripts.names import TITLES, bare
from transcripts.vocabulary import Role

_BY_ROLE = {
    Role.MODERATOR: "moderator moderators mod co-moderator host hosts anchor emcee mc facilitator presenter timekeeper "
    "moderador moderadora moderadores presentador presentadora conductor conductora",
    Role.QUESTIONER: "questioner q interviewer reporter journalist press panelist panelists panellist questions "
    "entrevistador entrevistadora periodista panelista pregunta preguntas",
    Role.AUDIENCE: "audience question student students caller callers crowd attendee attendees viewer "
    "público publico asistente asistentes estudiante estudiantes",
    Role.CANDIDATE: "candidate candidates candidato candidata candidatos candidatas",
    Role.INTERPRETER: "interpreter translator intérprete interprete traductor traductora",
    Role.RESIDENT: "public resident residents commenter commenters neighbor citizen constituent vecino vecina residente",
    Role.OFFICIAL: "clerk chair chairman chairwoman chairperson staff parliamentarian bailiff secretario secretaria",
    Role.UNKNOWN: "speaker speakers voice voices unidentified unknown male female man woman men women child boy girl "
    "person people participant participants group several multiple various both all everyone everybody others other "
    "answer a response interviewee guest guests respondent announcer narrator singer singers system operator automated "
    "video clip clips news offscreen off screen camera stage over voiceover crosstalk member members of the from in "
    "and or to unison number no clip recording tape hablante hablantes voz voces desconocido desconocida no "
    "identificado identificada hombre mujer todos todas varios respuesta invitado invitada locutor",
}
_ROLES = {bare(word): role for role, words in _BY_ROLE.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"[#№]?\d+|(?<=\s)[A-Z]$")


def names_nobody(label: str) -> bool:
    """Whether a label is made of role words, offices and numbers only, and so stands for no one person by name."""
    words = [bare(word) for word in _WORD.findall(_NUMBER.sub(" ", label))]
    return bool(words) and all(word in _ROLES or word in TITLES for word in words)


def is_numbered(label: str) -> bool:
    """Whether a label is a role with a number or a letter: Speaker 1, SPEAKER_00, Audience Member #3, Voice B."""
    return bool(_NUMBER.search(label)) and names_nobody(label)


def role_of(text: str) -> Role:
    """The role that the words of a label or note state; UNKNOWN where they state none."""
    words = [bare(word) for word in _WORD.findall(text)]
    stated = [_ROLES[word] for word in words if _ROLES.get(word, Role.UNKNOWN) is not Role.UNKNOWN]
    if stated:
        return Role.AUDIENCE if Role.AUDIENCE in stated else stated[0]
    return (
        Role.OFFICIAL
        if words and names_nobody(text) and any(word in TITLES - set(_ROLES) for word in words)
        else Role.UNKNOWN
    )
