"""The texts of a talk: which signs they may have, how long they may be, how an error names them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

LONGEST_FILE = 1 << 20  # characters
LONGEST = {"title": 120, "chapter": 80, "stage": 80, "words": 400}
LONGEST_WORDS = 4000  # of the talk itself
LONGEST_VALUE = 20_000  # of a setting: a whole lab
LONGEST_SHOWN = 40
MOST_SENTENCES = 2

_REFUSED = ("Cc", "Cs", "Zl", "Zp")  # kinds of signs: controls, halves of signs, line separators
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_END = re.compile(r"(?:[.!?…][\"'”’»)\]]*\s+(?=[^\sa-zß-ÿ])|[。！？](?=.))")
_SHORT = re.compile(r"\b(?:[A-Z]|[Ff]igs?|[Cc]h|[Ee]q|[Nn]o|pp?|vs|cf|ca|e\.g|i\.e|Dr|Mrs?)\.$")
_BLANKS = " \t\n\r\v\f"


class TalkError(ValueError):
    """A talk that cannot be used: one sentence, after the file and the line if these are known.

    Attributes
    ----------
    reason : str
        The sentence alone.
    line : int
        0 if it is of no line.
    """

    def __init__(self, reason: str, line: int = 0, where: str = "") -> None:
        place = ", ".join(part for part in (where, f"line {line}" if line else "") if part)
        super().__init__(f"{place}: {reason}" if place else reason)
        self.reason, self.line = reason, line


def lines_of(text: str) -> list[str]:
    """Return the lines of a talk's file without blanks around them.

    Raises
    ------
    TalkError
        The file is too long, or has a sign that no text has.
    """
    if len(text) > LONGEST_FILE:
        raise TalkError(f"the text is longer than the {LONGEST_FILE:,} signs that are possible")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        for sign in line:
            if sign != "\t" and (unicodedata.category(sign) in _REFUSED or sign in _TURNS):
                raise TalkError(f"a text cannot have the sign U+{ord(sign):04X}", number)
    return [line.strip(_BLANKS) for line in lines]


def in_one_line(text: str) -> str:
    """Return a text with one blank for every row of blanks and ends of lines."""
    return " ".join(re.split(f"[{_BLANKS}]+", text.strip(_BLANKS)))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, which empty lines part, each in one line."""
    parts = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [line for line in map(in_one_line, parts) if line]


def check_length(text: str, what: str, most: int) -> None:
    """Raise a ValueError if a text is longer than it may be."""
    if len(text) > most:
        raise ValueError(f"{what} has {len(text):,} signs; at most {most:,} are possible")


def sentences(text: str) -> int:
    """Count the sentences of a text; "e.g." and "3.5" end none."""
    ends = _END.finditer(text)
    real = [end for end in ends if not _SHORT.search(text[: end.start() + 1])]
    return len(real) + 1 if text else 0


def check_words(text: str) -> None:
    """Raise a ValueError unless these can be the words of a stop."""
    check_length(text, "what a stop says", LONGEST["words"])
    if (count := sentences(text)) > MOST_SENTENCES:
        raise ValueError(f"a stop has at most two sentences, not {count}")


def quoted(text: str) -> str:
    """Write foreign text for an error's sentence."""
    return f"“{text if len(text) <= LONGEST_SHOWN else f'{text[: LONGEST_SHOWN - 1]}…'}”"


def meant(text: str, choices: Iterable[str]) -> str:
    """Ask for the choice that was nearly written, else name them all: the end of a sentence."""
    known = list(choices)
    near = difflib.get_close_matches(text[:LONGEST_SHOWN], known, 1, 0.6)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
