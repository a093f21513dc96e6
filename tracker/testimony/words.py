"""Pure: what those who write agree to and what administrators must know, by version; the codes of the form with their words.

A version that was in force is never changed: who agreed to it must be able to read it. Another text is another version.
"""

from collections.abc import Mapping

CONSENT: Mapping[int, tuple[str, ...]] = {
    1: (
        "What you send is encrypted before it is stored. Only people named by the publisher of this site can "
        "read it, with a key that is not kept on this server.",
        "It is never shown on this site, nobody can search it, and it is part of no download, feed, letter or"
        " public count.",
        "Beside it we keep, readable: the day it came, the program it is about, the version of this text, "
        "which key it is for, and the day it will be deleted. No name, no account, no network address, no "
        "cookie.",
        "It is deleted by itself {days} days after it came, and at once when you take it back with the code "
        "you get after sending. We cannot delete what a reader has copied to a computer of their own by then.",
        "Nothing you write is published unless you are asked and say yes.",
        "We cannot promise everything. A court can order us to hand over what we hold. Whoever controls this "
        "server could read words while they arrive. Your device, your browser’s history and the network you "
        "use may show that you opened this page.",
        "This is not a help line: it can take days until somebody reads it. If you are in danger, call the "
        "emergency number.",
    ),
}
"""What happens with a testimony, sentence by sentence; {days} is when it is deleted."""
CONSENT_NOW = max(CONSENT)

LIMITS: Mapping[int, tuple[str, ...]] = {
    1: (
        "Whoever has the private key and the database can read everything. If the key is lost, nobody can "
        "ever read anything: keep two copies away from this server, and try one of them first.",
        "A court can order you to hand over what you hold, the key as well, and to be silent about it. What "
        "is deleted cannot be handed over: choose few days.",
        "The words pass through the memory of this server before they are encrypted. This protects what is "
        "stored. It does not protect from somebody who controls the server while they arrive.",
        "This program writes no address and no word of a testimony into a table or a log. A proxy, a hosting "
        "company or a network may write down who opened which page and when: turn such logs off for /tell, or"
        " tell people.",
        "People are recognised by what they write, by when, and by how few could have written it. The day and"
        " the program stand beside each testimony, readable.",
        "A backup made before something is deleted still holds it, encrypted: let backups end within the same days.",
        "Everybody named here can take away everything that came. Each time stands in the log of acts, "
        "without what was in it.",
        "You promise that only these people read it and that nothing is published without a yes. No program "
        "can keep that promise for you.",
    ),
}
"""What this can and cannot do, sentence by sentence: an administrator ticks that they were read."""
LIMITS_NOW = max(LIMITS)

OFFERED_WORDS = {"yes": "Yes", "no": "No", "unsure": "I am not sure", "unsaid": "I would rather not say"}
"""Was somebody offered the program?"""

CLOSED_WORDS = {
    "no_key": "No key is set: name one in TRACKER_TESTIMONY_KEY.",
    "bad_key": "The key in TRACKER_TESTIMONY_KEY cannot be read.",
    "off": "Nobody has opened it.",
    "other_key": "The key in TRACKER_TESTIMONY_KEY is another one than it was opened with.",
    "old_limits": "The limits have changed since they were read: read them again.",
    "no_reader": "Nobody is named who may read it.",
}
"""Why no testimony is taken."""
