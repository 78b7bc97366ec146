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
