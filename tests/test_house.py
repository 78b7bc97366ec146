"""The house: no file too large to be read in one go, and no two files that need each other."""

from __future__ import annotations

from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 300


def test_no_file_is_past_its_size() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "visualizer").rglob("*.py")
    }
    assert {name: size for name, size in lines.items() if size > LARGEST} == {}


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
