"""A talk's Markdown: it is read as a hand writes it, and a wrong line is named with the reason."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings

from tests.core.talk.talks import BY_HAND, talks
from visualizer.core.talk.markdown import MOST_STOPS, checked, read_talk, write_talk
from visualizer.core.talk.stop import Stop, StopCell, StopDigit, Talk
from visualizer.core.talk.texts import TalkError, sentences


def test_a_talk_by_hand_is_read() -> None:
    talk = read_talk(BY_HAND)
    first, second = talk.stops
    assert (talk.title, talk.words) == ("Title of the talk", "Words below the title.")
    assert first == Stop(
        "The sliding window",
        "Title of the stop",
        "Its words, at most two sentences. This is the second.",
        "Chapter",
        weights="untrained",
        seed=3,
        edits=("conv2d_2 · 38 off", "conv2d_1 · 3 × 0.5"),
        digit=StopDigit("mnist", 247, label=4),
        way=(StopCell("conv2d_2", 38, 3, 4),),
        settings={"hole": "7 × 7"},
        gear=0,
        ask="answer",
        begin="play",
    )
    assert second == Stop(
        "The whole chain",
        "Another",
        chapter="Chapter",
        network="",
        weights="weights/one.safetensors",
        moment=240,
        digit=StopDigit("file", file="drawings/one.json"),
        way=(StopCell("dense_2", 7), StopCell("dense_1", 12), StopCell("flatten_1", 5)),
        at=1,
    )
    assert [stop.line for stop in talk.stops] == [11, 28]


@given(talks)
@settings(max_examples=200)
@example(Talk("#", "# a\n\n~~~ stop", (Stop("a", chapter="b"), Stop("a"), Stop("a", chapter="b"))))
def test_what_is_written_is_read_again(talk: Talk) -> None:
    assert read_talk(write_talk(talk)) == talk


def test_a_talk_may_come_from_any_editor() -> None:
    talk = read_talk(BY_HAND)
    lines = BY_HAND.split("\n")
    assert read_talk("\ufeff" + "\r\n".join(lines)) == talk
    assert read_talk("\r".join(lines)) == talk
    assert read_talk("\n".join(f"{line} \t" for line in lines)) == talk
    assert read_talk(BY_HAND.replace("~~~ stop", "~~~~stop").replace("~~~\n", "~~~~~\n")) == talk
    assert read_talk(BY_HAND.replace("stage: ", "  stage :")) == talk
    assert read_talk(BY_HAND.replace("·", "").replace("×", "x").replace(" 7 x 7", " 7 × 7")) == talk


def test_a_stop_can_take_back_what_all_stops_say() -> None:
    every = "~~~ stop\ngear: 5\nask: sum\nedits: conv2d_1 · 3 off\ncell: conv2d_2\ntab: filter\n~~~"
    own = "~~~ stop\nstage: a\ngear: none\nask: none\nedits: none\ncell: none\ntab: position\n~~~"
    plain = "~~~ stop\nstage: a\n~~~"
    took, kept = read_talk(f"# T\n\n{every}\n\n###\n\n{own}\n\n###\n\n{plain}\n").stops
    assert took == Stop("a", settings={"tab": "position"})
    assert (kept.gear, kept.ask, kept.way) == (5, "sum", (StopCell("conv2d_2"),))
    assert kept.settings == {"tab": "filter"}


TOP = "# T\n\n## C\n\n### S\n\n"


def block(*lines: str, stage: str = "stage: a") -> str:
    """A talk of one stop, whose first line of settings is the ninth."""
    return TOP + "\n".join(["~~~ stop", stage, *lines, "~~~"])


def file_block(*lines: str) -> str:
    return block("weights: weights/one.safetensors", *lines)


WRONG = {
    "": "line 1: a talk begins with its title, like “# A convnet from within”",
    "words": "line 1: a talk begins with its title",
    "#\n": "line 1: a talk begins with its title",
    "# T\n# U": "line 2: a talk has one title; a chapter begins with ##",
    "# T\n#### U": "line 2: there are headings of three levels",
    f"# {'t' * 200}": "line 1: the title has 200 signs; at most 120 are possible",
    f"# T\n{'t' * 5000}": "line 1: what stands below the title has 5,000 signs",
    f"# T\n## {'t' * 100}": "line 2: the chapter has 100 signs; at most 80",
    "# T\n## C\nwords": "line 3: words belong to the talk or to a stop, not to a chapter",
    "# T\n## C\n~~~ stop\n~~~": "line 3: a block belongs to the talk or to a stop",
    "# T\n~~~ stop\n~~~\n~~~ stop\n~~~": "line 4: a talk has one block for all stops",
    "# T\n### S\nwords": "line 2: the stop “S” has no block “~~~ stop” that names its stage",
    "# T\n###": "line 2: this stop has no block",
    TOP + "~~~ stop\n~~~": "line 7: this stop has no stage",
    TOP + "~~~ stop\nstage: a": "line 7: the block that begins here has no end, a line “~~~”",
    TOP + "~~~ python\n~~~": "line 7: a block begins with “~~~ stop”, and this is “python”",
    TOP + "~~~\n~~~": "line 7: a block begins with “~~~ stop”, and this is without a name",
    block() + "\n" + block().partition("\n\n~")[0]: "line 10: a talk has one title",
    block() + "\n~~~ stop\n~~~": "line 10: a stop has one block, and its own begins in line 7",
    TOP + "One. Two. Three.\n": "line 5: the stop “S” has no block",
    block().replace("~~~ stop", "One. Two! And three?\n~~~ stop"): (
        "line 7: a stop has at most two sentences, not 3"
    ),
    block().replace("~~~ stop", f"{'w' * 500}\n~~~ stop"): "line 7: what a stop says has 500 signs",
    block("netwrok: book"): "line 9: a stop has no “netwrok”; did you mean network?",
    block("zzz: 1"): "line 9: a stop has no “zzz”; there are stage, network, weights",
    block("book"): "line 9: “book” is no setting, like “network: book”",
    block("network:"): "line 9: network has no value; leave the line out",
    block("gear: 5", "gear: 5"): "line 10: gear is said twice in this block, first in line 9",
    block("network: bok"): "line 9: no built-in network is called “bok”; did you mean book?",
    block("weights: traned"): "line 9: a network is trained, untrained, or from a file such as",
    block("weights: untrained -3"): "line 9: a network is trained, untrained, or from a file",
    block("weights: untrained 9999999"): "line 9: a seed is a whole number from 0 to 999,999",
    block("weights: one.png"): "line 9: “one.png” does not end in .safetensors",
    block("weights: /etc/one.safetensors"): "line 9: “/etc/one.safetensors” leads out of the talk",
    block("weights: a/../../one.safetensors"): "line 9: “a/../../one.safetensors” leads out",
    block("weights: a\\one.safetensors"): "line 9: “a\\one.safetensors” leads out of the talk",
    block("weights: C:one.safetensors"): "line 9: “C:one.safetensors” leads out of the talk",
    block("weights: a//one.safetensors"): "line 9: “a//one.safetensors” cannot be the name of a",
    block("weights: nul.safetensors"): "line 9: “nul.safetensors” cannot be the name of a file",
    block("weights: a/.b.safetensors"): "line 9: “a/.b.safetensors” cannot be the name of a file",
    block(f"weights: {'a' * 200}.safetensors"): "line 9: the name “aaa",
    file_block("network: book"): "line 10: the file at weights says which network it is of",
    block("moment: 240"): "line 9: a moment is one of a run: name the run's file at weights",
    file_block("moment: soon"): "line 10: the batch of a moment is a whole number from 0 to 9,9",
    file_block("moment: ²"): "line 10: the batch of a moment is a whole number",
    block("edits: conv2d_9 · 38 off"): "line 9: there is no layer 'conv2d_9'; there are conv2d_1",
    block("edits: conv2d_2 · 64 off"): "line 9: conv2d_2 has no filter 64: there are 0 to 63",
    block("edits: conv2d_2 · 3 × -1"): "line 9: conv2d_2: a filter can be scaled by 0 or more",
    block("edits: conv2d_2 gone"): "line 9: 'conv2d_2 gone' is no edit; one is written like conv2",
    block("edits: conv2d_2 · 3 × ...."): "line 9: 'conv2d_2 · 3 × ....' is no edit",
    block("digit: 16"): "line 9: “16” is no digit; a digit is written like synthetic 16",
    block("digit: mnist"): "line 9: a mnist digit is a whole number from 0 to 9,999, not “”",
    block("digit: mnist 10000"): "line 9: a mnist digit is a whole number from 0 to 9,999",
    block("digit: synthetic 3 (a 12)"): "line 9: a class is a whole number from 0 to 9, not “12”",
    block("digit: pictures/own.gif"): "line 9: “pictures/own.gif” does not end in .json or .png",
    block("cell: conv2d_9"): "line 9: there is no layer “conv2d_9”; did you mean conv2d_3?",
    block("cell: conv2d_2 channel 64"): "line 9: conv2d_2 has no channel 64: there are 0 to 63",
    block("cell: conv2d_2 channel 3 [11, 4]"): "line 9: conv2d_2 has no row 11: there are 0 to 10",
    block("cell: dense_1 3 [1, 0]"): "line 9: dense_1 has no row 1: there is only 0",
    block("cell: the middle one"): "line 9: “the middle one” is no cell; a cell is written like",
    block("cell: input [3, 4]"): "line 9: a way begins at a cell of a layer; a pixel",
    block("cell: dense_2 7 > flatten_1 5"): (
        "line 9: a way goes down layer by layer: below dense_2 comes dense_1, not flatten_1"
    ),
    block("cell: conv2d_1 [0, 0] > input [0, 3]"): (
        "line 9: conv2d_1 [0, 0] does not see input [0, 3]"
    ),
    block("cell: dense_2* > dense_1*"): "line 9: one step of a way is shown, but 2 are marked",
    block("gear: 7"): "line 9: a gear is full, 20, 5 or 1, not “7”",
    block("ask: nicely"): "line 9: what a stop asks for is answer, sum, size, filter or none, not",
    block("begin: now"): "line 9: how a stop begins is play or wait, not “now”",
    block(f"lab: {'1' * 30_000}"): "line 9: lab has 30,000 signs; at most 20,000 are possible",
    block(stage=f"stage: {'a' * 90}"): "line 8: the title of a stage has 90 signs; at most 80",
    "# T\0": "line 1: a text cannot have the sign U+0000",
    "# T\n\x1b[31m": "line 2: a text cannot have the sign U+001B",
    "# T\n\nabc\u202edef": "line 3: a text cannot have the sign U+202E",
    "# T\n\ud800": "line 2: a text cannot have the sign U+D800",
    "# T\n" + "### S\n~~~ stop\nstage: a\n~~~\n" * (MOST_STOPS + 1): (
        "line 2002: a talk has at most 500 stops"
    ),
    "# T\n" + "w" * (1 << 20): "the text is longer than the 1,048,576 signs that are possible",
}


@pytest.mark.parametrize(("text", "says"), WRONG.items(), ids=range(len(WRONG)))
def test_a_wrong_line_is_named_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(TalkError) as caught:
        read_talk(text)
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 340


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("No end", 1),
        ("One. Two.", 2),
        ("It is 3.5 wide, e.g. here.", 1),
        ("See Fig. 3 and p. 124. It is there.", 2),
        ("What is it? “A four.” Indeed!", 3),
        ("Wait … then go on.", 1),
        ("Wie viele? 26 × 26. Über alle.", 3),
        ("一。二。三", 3),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert sentences(text) == count


def test_a_stop_is_put_in_the_form_of_a_file() -> None:
    stop = Stop("a", " two\nlines ", "Words\n\n# here.", line=7)
    assert checked(stop) == Stop("a", "two lines", "Words # here.")
    assert checked(stop).line == 7


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"words": "One. Two. Three."}, "a stop has at most two sentences, not 3"),
        ({"stage": ""}, "this stop has no stage"),
        ({"title": "\x07"}, "a text cannot have the sign U+0007"),
        ({"edits": ("conv2d_2 · 99 off",)}, "conv2d_2 has no filter 99"),
    ],
)
def test_a_stop_that_no_file_can_hold_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)) as caught:
        checked(replace(Stop("a"), **changes))  # type: ignore[arg-type]
    assert str(caught.value).startswith(says)
