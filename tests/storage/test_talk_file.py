"""A talk's file holds all that it needs, to the bit; a broken one is named with the reason."""

from __future__ import annotations

import io
import os
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from visualizer.core.network.networks import named
from visualizer.core.talk.stop import Stop, StopDigit, Talk
from visualizer.core.talk.texts import TalkError
from visualizer.data.input.sketch import Drawing, Stroke
from visualizer.storage import talk_file
from visualizer.storage.digit_picture import picture_file
from visualizer.storage.drawings import drawings_file
from visualizer.storage.resources import resource
from visualizer.storage.talk_file import load_talk, save_talk, talk_bytes
from visualizer.storage.weights import save_weights
from visualizer.training.initial import initial_weights

DRAWING = drawings_file(Drawing((Stroke(((0.1, 0.2, 1.0), (0.9, 0.5, 0.5)), 0.08),), label=4))
PICTURE = picture_file(np.full((28, 28), 200, np.uint8))
DENSE = "weights/dense.safetensors"


def text(*lines: str) -> str:
    """A talk of one stop; its settings begin in line 6, its heading is line 3."""
    return "\n".join(["# T", "", "### S", "", "~~~ stop", "stage: a", *lines, "~~~", ""])


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("weights") / "w.safetensors"
    save_weights(path, named("dense"), initial_weights(named("dense"), 3), {"seed": "3"})
    return path.read_bytes()


@pytest.fixture
def talk(weights: bytes) -> Talk:
    stops = (
        Stop("a", "One", "Words.", "C", network="", weights=DENSE),
        Stop("b", digit=StopDigit("file", file="drawings/own.json", label=4)),
        Stop("b", digit=StopDigit("file", file="pictures/own.png")),
    )
    files = {DENSE: weights, "drawings/own.json": DRAWING, "pictures/own.png": PICTURE}
    return Talk("T", "About it.", stops, files)


def test_a_talk_comes_back_to_the_bit(talk: Talk, tmp_path: Path) -> None:
    save_talk(tmp_path / "a.talk", talk)
    assert load_talk(tmp_path / "a.talk") == talk


def test_equal_talks_are_equal_files(talk: Talk, tmp_path: Path) -> None:
    more = {"weights/none.safetensors": b"of no stop", **talk.files}
    assert talk_bytes(replace(talk, files=more)) == talk_bytes(talk)


def test_a_text_with_its_files_beside_it_is_the_same_talk(talk: Talk, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(talk_bytes(talk))) as packed:
        packed.extractall(tmp_path / "folder")
    assert load_talk(tmp_path / "folder" / "talk.md") == talk


def test_a_zip_made_by_hand_is_read(talk: Talk, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(talk_bytes(talk))) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as by_hand:
        by_hand.mkdir("weights")
        by_hand.writestr("__MACOSX/._talk.md", b"?")
        for name, data in reversed(files.items()):
            by_hand.writestr(name, data)
    assert load_talk(tmp_path / "a.zip") == talk


def test_a_text_is_saved_alone_where_it_needs_no_files(talk: Talk, tmp_path: Path) -> None:
    plain = Talk("T", stops=(Stop("a"),))
    save_talk(tmp_path / "a.md", plain)
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# T\n")
    assert load_talk(tmp_path / "a.md") == plain
    with pytest.raises(ValueError, match=r"saved as \.talk, not \.md"):
        save_talk(tmp_path / "b.md", talk)


def test_what_cannot_be_saved_leaves_the_old_file(talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "a.talk"
    save_talk(path, talk)
    before = path.read_bytes()
    for wrong in (replace(talk, stops=()), replace(talk, files={}), replace(talk, title="\0")):
        with pytest.raises(ValueError, match=r"no stop|missing|cannot have the sign"):
            save_talk(path, wrong)
    assert [path.read_bytes(), *tmp_path.iterdir()] == [before, path]


def packed(files: dict[str, bytes], **changes: object) -> bytes:
    """A zip of these files; `changes` are attributes of each entry."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packing, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two of one name
        for name, data in files.items():
            entry = zipfile.ZipInfo(name.removesuffix("*"))
            for key, value in changes.items():
                setattr(entry, key, value)
            packing.writestr(entry, data)
    return whole.getvalue()


def zipped(*lines: str, **files: bytes) -> bytes:
    return packed({"talk.md": text(*lines).encode(), **files})


GOOD = zipped()
END = struct.Struct("<4s4H2LH")


def with_end(data: bytes, **changes: int) -> bytes:
    """A zip whose last record says something else."""
    names = ("mark", "disk", "first", "here", "entries", "directory", "start", "comment")
    fields = dict(zip(names, END.unpack(data[-END.size :]), strict=True)) | changes
    return data[: -END.size] + END.pack(*fields.values())


def with_flag(data: bytes, flag: int) -> bytes:
    """A zip whose first entry has a flag set, in both places."""
    changed, at = bytearray(data), data.index(b"PK\x01\x02")
    changed[6] |= flag
    changed[at + 8] |= flag
    return bytes(changed)


def with_size(data: bytes, size: int) -> bytes:
    """A zip whose first entry claims another size."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<L", size) + data[at + 28 :]


def run_of(last: int) -> bytes:
    """A run's file of the dense network, with two moments."""
    from visualizer.core.history import History
    from visualizer.core.snapshots import Snapshot
    from visualizer.storage.run_file import StoredRun, save_run

    network, history = named("dense"), History(1)
    history.add_batch(0.5, 1.0, 0.5)
    kept = initial_weights(network, 0)
    snapshots = (Snapshot(0, 0.0, kept), Snapshot(last, 0.5, kept))
    run = StoredRun(network, "run 1", 0, {}, "bars", 100, 1.0, history, snapshots)
    path = Path(os.environ["PYTEST_TMP"]) / "run.safetensors"
    save_run(path, run)
    return path.read_bytes()


FILE = "weights: weights/dense.safetensors"
BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda w: b"", ", line 1: a talk begins with its title"),
    "a picture": (lambda w: PICTURE, ", line 1: this is no text in UTF-8"),
    "a text in another code": (lambda w: b"# T\n\n\xe9t\xe9", ", line 3: this is no text in UTF-8"),
    "a wrong line": (lambda w: zipped("netwrok: a"), ", line 7: a stop has no “netwrok”; did you"),
    "no stop": (lambda w: packed({"talk.md": b"# T\n"}), ": there is no stop in it"),
    "cut short": (lambda w: GOOD[:-30], ": it is not a whole zip file"),
    "only its beginning": (lambda w: GOOD[:40], ": it is not a whole zip file"),
    "an empty zip": (lambda w: packed({}), ": there is no talk.md in it"),
    "no text": (lambda w: packed({"talks.md": b""}), ": there is no talk.md in it; did you mean"),
    "a directory without end": (lambda w: with_end(GOOD, directory=1 << 30), ": it holds more fi"),
    "too many files": (
        lambda w: packed({f"{number}": b"" for number in range(2001)}),
        ": it holds more files than a talk can have",
    ),
    "a comment": (lambda w: with_end(GOOD, comment=7) + b"comment", ": it is not a whole zip file"),
    "a zip of the large kind": (
        lambda w: GOOD[: -END.size] + b"PK\x06\x07" + bytes(16) + GOOD[-END.size :],
        ": it holds more files than a talk can have",
    ),
    "encrypted": (lambda w: with_flag(GOOD, 1), ": talk.md is encrypted"),
    "a link": (
        lambda w: packed({"talk.md": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16),
        ": talk.md is a link, not a file",
    ),
    "one name twice": (
        lambda w: packed({"talk.md": b"", "talk.md*": b""}),
        ": it holds “talk.md” t",
    ),
    "one name twice to some systems": (
        lambda w: packed({"talk.md": b"", "Talk.md": b""}),
        ": it holds “Talk.md” twice",
    ),
    "a file above": (lambda w: packed({"../talk.md": b""}), ": it holds “../talk.md”, which leads"),
    "a file at the root": (
        lambda w: packed({"/etc/a": b""}),
        ": it holds “/etc/a”, which leads ou",
    ),
    "a file on a drive": (lambda w: packed({"C:a": b""}), ": it holds “C:a”, which leads out of"),
    "a file in a name": (lambda w: packed({"a\\b": b""}), ": it holds “a\\b”, which leads out of"),
    "a bomb": (
        lambda w: packed({"talk.md": bytes(1 << 23)}, compress_type=zipfile.ZIP_DEFLATED),
        ": talk.md is larger than the 4 MiB that are possible",
    ),
    "a bomb that seems small": (
        lambda w: with_size(
            packed({"talk.md": bytes(1 << 23)}, compress_type=zipfile.ZIP_DEFLATED), 9
        ),
        ": talk.md is broken: it is not what was packed",
    ),
    "less than it says": (lambda w: with_size(GOOD, 999), ": talk.md is broken: it is not"),
    "another packing": (
        lambda w: packed({"talk.md": b"# T"}, compress_type=zipfile.ZIP_LZMA),
        ": talk.md is packed in a way that is not read",
    ),
    "other bytes than were packed": (
        lambda w: GOOD.replace(b"stage: a", b"stage: b"),
        ": talk.md is broken: it is not what was packed",
    ),
    "no weights": (lambda w: zipped(FILE), ", line 3: there is no weights/dense.safetensors in it"),
    "weights of another name": (
        lambda w: zipped(FILE, **{"weights/dens.safetensors": w}),
        "in it; did you mean weights/dens.safetensors?",
    ),
    "weights cut short": (
        lambda w: zipped(FILE, **{DENSE: w[:-5]}),
        ", line 3: weights/dense.safetensors is not a whole safetensors file",
    ),
    "other bytes as weights": (
        lambda w: zipped(FILE, **{DENSE: PICTURE}),
        ", line 3: weights/dense.safetensors: it is not",
    ),
    "a layer that they lack": (
        lambda w: zipped(FILE, "cell: conv2d_1", **{DENSE: w}),
        ", line 3: there is no layer “conv2d_1”; there are flatten_1, dense_1, dense_2",
    ),
    "an edit that does not fit": (
        lambda w: zipped(FILE, "edits: dense_2 · 10 off", **{DENSE: w}),
        ", line 3: dense_2 has no filter 10: there are 0 to 9",
    ),
    "a moment of weights": (
        lambda w: zipped(FILE, "moment: 3", **{DENSE: w}),
        ", line 3: weights/dense.safetensors is no run: it has no moment 3",
    ),
    "a moment after the run": (
        lambda w: zipped(FILE, "moment: 80", **{DENSE: run_of(60)}),
        ", line 3: weights/dense.safetensors has no moment 80: its batches are 0 to 60",
    ),
    "what is not built in": (
        lambda w: zipped("network: same-padding"),
        ", line 3: same-padding is not built in trained; say “weights: untrained”",
    ),
    "a drawing of nothing": (
        lambda w: zipped("digit: a.json", **{"a.json": b"[]"}),
        ", line 3: a.json: it holds 0 drawings, not one",
    ),
    "a drawing that is none": (
        lambda w: zipped("digit: a.json", **{"a.json": b"{"}),
        ", line 3: a.json: ",
    ),
    "a picture that is none": (
        lambda w: zipped("digit: a.png", **{"a.png": DRAWING}),
        ", line 3: a.png: it is no PNG picture",
    ),
    "a picture without end": (
        lambda w: zipped("digit: a.png", **{"a.png": bytes(1 << 17)}),
        ", line 3: a.png is larger than the 64 KiB that are possible",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_talk_is_named_with_the_reason(
    name: str, weights: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_TMP", str(tmp_path))
    make, says = BROKEN[name]
    path = tmp_path / "broken.talk"
    path.write_bytes(make(weights))
    before = path.read_bytes(), sorted(tmp_path.iterdir())
    with pytest.raises(TalkError) as caught:
        load_talk(path)
    told = str(caught.value)
    assert told.startswith(str(path)), told
    assert says in told
    assert told.count("\n") == 0
    assert len(told) < 500
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before


def test_there_are_thirty_of_them() -> None:
    assert len(BROKEN) >= 30


def test_a_file_that_is_not_there_or_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.talk")
    for name, says in {"none": "No such file", "": "directory", "pipe.talk": "not a reg"}.items():
        with pytest.raises(TalkError, match=says):
            load_talk(tmp_path / name)


def test_a_file_larger_than_any_talk_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "a.talk").open("wb") as file:
        file.truncate(talk_file.LARGEST + 1)
    with pytest.raises(TalkError, match="it is larger than the 256 MiB that are possible"):
        load_talk(tmp_path / "a.talk")
    files = {"talk.md": text("digit: a.json").encode(), "a.json": b" " * (1 << 20)}
    (tmp_path / "b.talk").write_bytes(packed(files, compress_type=zipfile.ZIP_DEFLATED))
    monkeypatch.setattr(talk_file, "LARGEST", 1 << 16)
    with pytest.raises(TalkError, match=r"a\.json is larger than the 64 KiB"):
        load_talk(tmp_path / "b.talk")


def test_a_text_reads_nothing_outside_its_folder(weights: bytes, tmp_path: Path) -> None:
    inside = tmp_path / "talk"
    inside.mkdir()
    (tmp_path / "w.safetensors").write_bytes(weights)
    (inside / "w.safetensors").symlink_to(tmp_path / "w.safetensors")
    (inside / "talk.md").write_text(text("weights: w.safetensors"), encoding="utf-8")
    with pytest.raises(TalkError, match=r"line 3: w\.safetensors is a link that leads out"):
        load_talk(inside / "talk.md")
    (inside / "w.safetensors").unlink()
    with pytest.raises(TalkError, match=r"line 3: w\.safetensors cannot be read: No such file"):
        load_talk(inside / "talk.md")


def test_every_built_in_network_that_is_trained_can_be_named(tmp_path: Path) -> None:
    names = [path.stem for path in resource("pretrained").glob("*.safetensors")]
    for name in names:
        (tmp_path / "a.md").write_text(text(f"network: {name}"), encoding="utf-8")
        assert load_talk(tmp_path / "a.md").stops[0].network == name
    assert "book" in names
