"""Talks by chance, and one by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as some

from visualizer.core.edits import KeepOnly, Rescale, SetKernel, SwitchOff
from visualizer.core.gears import GEARS
from visualizer.core.talk.stop import UNTRAINED, Stop, StopCell, StopDigit, Talk
from visualizer.core.talk.texts import in_one_line
from visualizer.core.talk.values import LAST, SETTINGS

BY_HAND = """\
# Title of the talk

Words below the title.

~~~ stop
network: book
~~~

## Chapter

### Title of the stop

Its words, at most
two sentences. This is the second.

``` stop
stage: The sliding window
weights: untrained 3
edits: conv2d_2 · 38 off; conv2d_1 · 3 × 0.5
digit: mnist 247 (a 4)
cell: conv2d_2 channel 38 [3, 4]
gear: full
ask: answer
begin: play
hole: 7 × 7
```

### Another

~~~ stop
stage: The whole chain
weights: weights/one.safetensors
moment: 240
digit: drawings/one.json
cell: dense_2 7 > dense_1 12* > flatten_1 5
~~~
"""

_signs = some.characters(exclude_categories=("C", "Z"), exclude_characters=".!?…。！？")
_words = some.lists(some.text(_signs, min_size=1, max_size=9), max_size=6).map(" ".join)
_marks = some.sampled_from(["", "# ", "## a", "~~~ stop", "```", "\\# ", "\\\\", "stage: "])
_texts = some.builds(lambda mark, text: in_one_line(mark + text), _marks, _words)
_some_text = _texts.filter(bool)
_names = some.text("abcdefgh-0123", min_size=1, max_size=12)
_labels = some.none() | some.integers(0, 9)


@some.composite
def _edit(draw: some.DrawFn) -> str:
    kind = draw(some.sampled_from([SwitchOff, KeepOnly, Rescale, SetKernel]))
    numbers = {
        Rescale: some.tuples(some.floats(0, 1e6)),
        SetKernel: some.tuples(some.integers(0, 2), some.integers(0, 2), some.floats(-9, 9)),
    }
    more = draw(numbers.get(kind, some.just(())))
    return str(kind("conv2d_1", draw(some.integers(0, 31)), *more))


@some.composite
def _digit(draw: some.DrawFn) -> StopDigit:
    kind, label = draw(some.sampled_from([*LAST, "file"])), draw(_labels)
    if kind != "file":
        return StopDigit(kind, draw(some.integers(0, LAST[kind])), label=label)
    file = draw(some.sampled_from(["pictures/{}.png", "{}.json"])).format(draw(_names))
    return StopDigit(kind, file=file, label=label)


_ways = some.sampled_from(
    [
        (),
        (StopCell("conv2d_1"),),
        (StopCell("conv2d_1", 31), StopCell("input", None, 3, 4)),
        (StopCell("conv2d_1", None, 25, 0),),
        (StopCell("conv2d_1", 3, 0, 25), StopCell("input", 0, 2, 27)),
        (StopCell("dense_2", 9), StopCell("dense_1", 63), StopCell("flatten_1", 0)),
    ]
)


@some.composite
def stops(draw: some.DrawFn) -> Stop:
    """A stop of the book's network, of another without a way, or of a file's network."""
    way = draw(_ways)
    stop = Stop(
        draw(_some_text),
        *(draw(_texts) for _ in ("title", "words", "chapter")),
        edits=tuple(draw(some.lists(_edit(), max_size=3))),
        digit=draw(_digit()),
        way=way,
        at=draw(some.integers(0, max(len(way) - 1, 0))),
        settings=draw(
            some.dictionaries(
                some.sampled_from(SETTINGS),
                _some_text,
                max_size=4,
            )
        ),
        gear=draw(some.none() | some.sampled_from(GEARS)),
        ask=draw(some.sampled_from(["", "answer", "sum", "size", "filter"])),
        begin=draw(some.sampled_from(["wait", "play"])),
    )
    match draw(some.sampled_from(["book", "untrained", "dense", "file"])):
        case "untrained":
            return replace(stop, weights=UNTRAINED, seed=draw(some.integers(0, 999_999)))
        case "dense":
            return replace(stop, network="dense", edits=(), way=(), at=0)
        case "file":
            name, moment = draw(_names), draw(some.none() | some.integers(0, 9_999))
            file = f"weights/{name}.safetensors"
            return replace(stop, network="", weights=file, moment=moment)
    return stop


talks = some.builds(
    Talk,
    _some_text,
    some.lists(_some_text, max_size=3).map("\n\n".join),
    some.lists(stops(), max_size=6).map(tuple),
)
