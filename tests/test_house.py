"""The house: no file too large to be read in one go, and no two files that need each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 300
ONE_THING = {"visualizer/session/session.py": 400}  # what has no seam to part it at
# First words of a docstring that is no order: it says what there is, not what is done.
NO_VERB = """
    a all an and another any as at because both by each either every for from here how if in it its
    no nobody none not nothing of on one only our several so some somebody such that the their
    there these they this those three to two what whatever when where whether which while who whose
    why with without
"""


def test_no_file_is_past_its_size() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "visualizer").rglob("*.py")
    }
    most = {name: ONE_THING.get(name, LARGEST) for name in lines}
    assert {name: size for name, size in lines.items() if size > most[name]} == {}


def test_no_import_comes_back_to_where_it_began() -> None:
    """Files are taken away that import no file still there, until none can be."""
    graph = grimp.build_graph("visualizer")
    left = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in free}
    assert sorted(left) == []


def test_every_module_has_a_room() -> None:
    """At the top there are rooms alone; in views what a page is, and the figures of all."""
    top = {path.stem for path in (ROOT / "visualizer").glob("*.py")}
    views = {path.stem for path in (ROOT / "visualizer" / "views").glob("*.py")}
    assert top == {"__init__", "__main__"}
    assert views == {"__init__", "page", "figures"}


def test_every_room_says_what_it_holds() -> None:
    rooms = {path.parent for path in (ROOT / "visualizer").rglob("*.py")}
    silent = [room.name for room in rooms if not _says(room / "__init__.py")]
    assert silent == []


def _says(path: Path) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8").startswith('"""')


def test_tests_mirror_the_rooms() -> None:
    """A folder of tests bears the name of a room; benchmarks apart."""
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("*.py")}
    rooms = {folder for folder in folders if (ROOT / "visualizer" / folder).is_dir()}
    assert {str(folder) for folder in folders - rooms} == {"benchmarks"}


def test_a_function_says_what_it_does() -> None:
    """Its first word is a verb: "Return whether …", not "Whether …" or "The …"."""
    silent = [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for path in sorted((ROOT / "visualizer").rglob("*.py"))
        for line, text in _first_lines(path)
        if not _is_order(text)
    ]
    assert silent == []


def _first_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The line, and the docstring's first one, of each function; a property is a thing."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        marks = map(ast.unparse, node.decorator_list)
        text = ast.get_docstring(node)
        if text and not any("property" in mark or mark.endswith(".setter") for mark in marks):
            yield node.lineno, text.splitlines()[0]


def _is_order(text: str) -> bool:
    """Whether a verb may stand first: a plain word in the imperative, "Set", not "Sets"."""
    first = text.split()[0].rstrip(",:;.")
    named = first.isalpha() and first[0].isupper() and first.lower() not in NO_VERB.split()
    return named and (not first.endswith("s") or first.endswith("ss"))
