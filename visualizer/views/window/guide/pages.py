"""The guide's pages: reading, searching, and the table of keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.storage.resources import resource

Row = tuple[str, str, str]  # where, keys, what they do

ORDER = (
    *("start", "screen", "number", "filters", "why", "backward", "training", "steps"),
    *("drawing", "lab", "editor", "compare", "present", "prepare", "talk", "keys", "commands"),
    *("networks", "trouble"),
)
START, KEYS = "start", "keys"
KEYS_BEGIN, KEYS_END = "<!-- keys -->", "<!-- end of keys -->"
NO_KEYS = "No key has these words."


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page: the name of its file, its title, and its Markdown."""

    name: str
    title: str
    text: str


def read_guide() -> tuple[GuidePage, ...]:
    """Return all pages in their reading order.

    Raises
    ------
    OSError
        A page is missing from this installation, or cannot be read.
    """
    return tuple(_read(name) for name in ORDER)


def _read(name: str) -> GuidePage:
    text = resource("guide", f"{name}.md").read_text(encoding="utf-8")
    return GuidePage(name, text.partition("\n")[0].removeprefix("# "), text)


def page_named(pages: Sequence[GuidePage], name: str) -> GuidePage:
    """Return a page by the name of its file."""
    return next(page for page in pages if page.name == name)


def with_keys(text: str, rows: Sequence[Row], first: str = "", words: str = "") -> str:
    """Return a page's text with a present table of keys in place of the stored one.

    Parameters
    ----------
    first
        Title of the page whose keys come first.
    words
        Only rows with all these words are kept.
    """
    before, _, rest = text.partition(KEYS_BEGIN)
    table = keys_markdown(sorted(rows, key=lambda row: row[0] != first), words)
    return f"{before}{table or NO_KEYS}\n{rest.partition(KEYS_END)[2]}"


def keys_markdown(rows: Sequence[Row], words: str = "") -> str:
    """Return the rows that have all `words` as Markdown, a table for each place."""
    lines: list[str] = []
    place = None
    for where, keys, what in rows:
        if not has_all(f"{keys} {what}", words):
            continue
        if where != place:
            lines += [*([""] if lines else []), f"| {where} | |", "|---|---|"]
            place = where
        lines.append(f"| `{keys}` | {what} |")
    return "\n".join([*lines, ""]) if lines else ""


def has_all(text: str, words: str) -> bool:
    """Return whether a text has all `words`, in small or capital letters."""
    low = text.lower()
    return all(word in low for word in words.lower().split())


def count(page: GuidePage, words: str) -> int:
    """Return how often `words` occur on a page that has them all; else 0."""
    said = plain(page.text)
    if not words.split() or not has_all(said, words):
        return 0
    return sum(said.lower().count(word) for word in set(words.lower().split()))


def plain(text: str) -> str:
    """Return Markdown without its marks and without the targets of links and pictures."""
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*\*?|`|^#+ |^\|[-:| ]+\|$", "", text, flags=re.MULTILINE)


def anchor_of(heading: str) -> str:
    """Return a heading's anchor: small letters, and a dash for each space."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def split_link(link: str) -> tuple[str, str]:
    """Return a link's page name, "" for the same page, and its anchor.

    Raises
    ------
    ValueError
        The link leads to no page of the guide.
    """
    target, _, anchor = link.partition("#")
    name = target.removesuffix(".md")
    if target and (name not in ORDER or not target.endswith(".md")):
        raise ValueError(f"{link} is no page of the guide.")
    return name, anchor
