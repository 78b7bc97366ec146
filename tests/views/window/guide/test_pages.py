"""The guide as text: links, pictures, and what it says of commands and networks."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from tests import guide_pictures
from visualizer.cli.main import _parser
from visualizer.core.network.networks import NETWORKS, named
from visualizer.views.window.guide.pages import (
    KEYS,
    ORDER,
    START,
    GuidePage,
    anchor_of,
    count,
    has_all,
    keys_markdown,
    page_named,
    plain,
    read_guide,
    split_link,
    with_keys,
)

ROOT = Path(__file__).resolve().parents[4]
GUIDE = ROOT / "resources" / "guide"
PAGES = read_guide()
TEXTS = sorted([ROOT / "README.md", *GUIDE.glob("*.md"), *ROOT.glob("*/README.md")])

LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")


def links(text: str) -> list[tuple[bool, str]]:
    """Whether it is a picture, and where it leads; what stands in listings is no link."""
    return [
        (bool(mark), to) for mark, to in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.S))
    ]


def anchors(text: str) -> set[str]:
    return {anchor_of(plain(head)) for head in re.findall(r"^#+ .*$", text, re.MULTILINE)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere_and_every_picture_is_there(path: Path) -> None:
    for picture, link in links(path.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        target, _, anchor = link.partition("#")
        at = (path.parent / target).resolve() if target else path
        assert at.exists(), link
        assert at.suffix == ".png" or not picture, link
        if anchor:
            assert anchor in anchors(at.read_text(encoding="utf-8")), link


def test_the_pages_are_the_files() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in GUIDE.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_a_title_is_short_and_leads_on(page: GuidePage) -> None:
    assert page.text.startswith(f"# {page.title}\n")
    most = 1000 if page.name == KEYS else 900  # a table, to be searched rather than read
    assert len(plain(page.text).split()) < most
    to = [split_link(link) for picture, link in links(page.text) if not picture]
    assert [name for name, _ in to if name], "a page is no dead end"
    for name, anchor in to:
        there = page_named(PAGES, name or page.name).text
        assert not anchor or anchor in anchors(there)


def test_every_page_is_reached_by_links_from_the_first() -> None:
    reached, new = {START}, {START}
    while new:
        found = [links(page_named(PAGES, name).text) for name in new]
        leads = {split_link(link)[0] for each in found for picture, link in each if not picture}
        new = leads - reached - {""}
        reached |= new
    assert reached == set(ORDER)


def test_every_picture_of_the_guide_is_known_and_shown() -> None:
    shown = {Path(to).stem for page in PAGES for mark, to in links(page.text) if mark}
    there = {path.stem for path in guide_pictures.FOLDER.iterdir()}
    assert shown == there == set(guide_pictures.PICTURES)


@pytest.mark.slow
def test_the_pictures_show_the_program_as_it_is(tmp_path: Path) -> None:
    assert guide_pictures.outdated(guide_pictures.make(tmp_path)) == []


def test_pictures_that_differ_are_told_apart() -> None:
    one, other = (guide_pictures.FOLDER / f"{name}.png" for name in ("lab", "compare"))
    assert guide_pictures.share_that_differs(one, one) == 0
    assert guide_pictures.share_that_differs(one, other) > guide_pictures.MOST_CELLS
    assert guide_pictures.share_that_differs(one, guide_pictures.FOLDER / "none.png") == 1


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


# Commands

COMMANDS = page_named(PAGES, "commands").text


def commands() -> dict[str, argparse.ArgumentParser]:
    (made,) = (a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(made.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    """Every option of a parser, but those that all have."""
    said = {name for action in parser._actions for name in action.option_strings}
    return said - {"-h", "--help", "--version"}


def usage(name: str) -> str:
    """The listing of the guide that begins with this command."""
    begins = f"python main.py {name}".rstrip()
    listings = re.findall(r"```\n(.*?)```", COMMANDS, re.DOTALL)
    (found,) = (text for text in listings if re.match(re.escape(begins) + r"( [\[(-]|\n)", text))
    return found


def test_the_guide_has_every_command_and_no_other() -> None:
    heads = re.findall(r"^## ([a-z-]+)$", COMMANDS, re.MULTILINE)
    assert sorted(heads) == sorted(commands())


@pytest.mark.parametrize("name", ["", *commands()])
def test_a_command_has_the_options_that_the_guide_says(name: str) -> None:
    parser = commands()[name] if name else _parser()
    text = usage(name)
    assert set(re.findall(r"--[a-z-]+", text)) == options(parser)
    needed = {
        action.option_strings[0]
        for action in parser._actions
        if action.required and action.option_strings
    }
    outside = re.sub(r"\[[^\]]*\]|\([^)]*\)", "", text)
    assert set(re.findall(r"--[a-z-]+", outside)) == needed


@pytest.mark.parametrize("name", commands())
def test_choices_that_the_guide_says_are_those_there_are(name: str) -> None:
    for option, said in re.findall(r"(--[a-z]+) ([a-z0-9]+(?:\|[a-z0-9]+)+)", usage(name)):
        action = next(a for a in commands()[name]._actions if option in a.option_strings)
        assert said.split("|") == [str(choice) for choice in action.choices or ()]


# Networks


def test_the_networks_page_counts_as_the_networks_do() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| [^|]+ \| ([\d,]+) \| ([\d.]+) \|$",
        page_named(PAGES, "networks").text,
        re.MULTILINE,
    )
    counts = {name: int(parameters.replace(",", "")) for name, parameters, _ in rows}
    assert counts == {name: named(name).parameter_count for name in NETWORKS}


# Search and keys


def test_search_counts_the_words_of_pages_that_have_all_of_them() -> None:
    page = GuidePage("a", "A", "# A\n\nA **map** and [another](map.md) Map.\n")
    assert count(page, "MAP") == 2
    assert count(page, "map another") == 3
    assert count(page, "map kernel") == 0
    assert count(page, "  ") == 0
    assert has_all("Anything", "")


ROWS = [("Everywhere", "S", "train one batch"), ("Everywhere", "[", "before"), ("Lab", "A", "b")]


def test_keys_are_a_table_a_place_that_can_be_searched() -> None:
    assert keys_markdown(ROWS).count("|---|---|") == 2
    assert keys_markdown(ROWS, "BATCH one") == (
        "| Everywhere | |\n|---|---|\n| `S` | train one batch |\n"
    )
    assert keys_markdown(ROWS, "grey") == ""
    text = with_keys(page_named(PAGES, KEYS).text, ROWS, "Lab")
    assert text.index("| Lab |") < text.index("| Everywhere |")
    assert "Ctrl+O" not in text and text.startswith("# Keys")


@pytest.mark.parametrize("link", ["nowhere.md", "lab", "../README.md", "file:///etc/passwd"])
def test_a_link_out_of_the_guide_is_none(link: str) -> None:
    with pytest.raises(ValueError, match="no page"):
        split_link(link)
