"""Choices that a page and its stages share: told once, and only where something differs."""

from __future__ import annotations

from visualizer.session.choices import Choices, MapsShown


def test_a_choice_is_told_once_and_the_others_stay() -> None:
    choices = Choices(MapsShown(scale="map"))
    told: list[MapsShown] = []
    choices.changed.connect(lambda: told.append(choices.now))
    choices.choose(values="pre-activation")
    choices.choose(values="pre-activation")
    choices.show(MapsShown("pre-activation", "map"))
    assert told == [MapsShown("pre-activation", "map", "index")]
