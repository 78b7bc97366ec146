"""Own networks stand beside the named ones, from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.session.listening import Ear
from visualizer.core.network.network import Network
from visualizer.core.network.networks import named
from visualizer.session.own_networks import OwnNetworks
from visualizer.session.session import Session


def own(name: str, like: str = "dense") -> Network:
    network = named(like)
    return Network.build(name, network.input_shape, network.layers)


def test_they_are_there_again_at_the_next_start(session: Session) -> None:
    session.own.add(own("mine"))
    session.own.add(own("with / odd: signs?"))
    again = OwnNetworks()
    again.load()
    assert again.all == session.own.all and len(again.all) == 2


def test_a_later_one_takes_the_place_of_that_of_its_name(
    session: Session, networks_folder: Path
) -> None:
    session.own.add(own("mine"))
    session.own.add(own("mine", like="strided"))
    assert [len(network.layers) for network in session.own.all] == [len(named("strided").layers)]
    assert len(list(networks_folder.glob("*.json"))) == 1


def test_a_named_one_is_none_of_them(session: Session, networks_folder: Path) -> None:
    session.own.add(named("book"))
    assert session.own.all == () and not networks_folder.exists()


def test_one_that_is_removed_comes_back_by_undo(
    session: Session, ear: Ear, networks_folder: Path
) -> None:
    session.own.add(own("mine"))
    session.own.remove("mine")
    assert session.own.all == () and not list(networks_folder.glob("*.json"))
    action = ear.notices[-1].action
    assert action is not None
    action.act()
    assert session.own.named("mine") == own("mine")
    assert list(networks_folder.glob("*.json"))


def test_a_file_that_cannot_be_read_is_told_once_and_stays(
    session: Session, ear: Ear, networks_folder: Path
) -> None:
    session.own.add(own("mine"))
    (networks_folder / "broken.json").write_text("{")
    session.own.load()
    assert session.own.named("mine") is not None and ear.notices == []  # no window listens yet
    session.own.tell_unreadable()
    session.own.tell_unreadable()
    assert len(ear.notices) == 1 and "broken.json: it is not JSON" in ear.notices[0].text
    assert (networks_folder / "broken.json").read_text() == "{"


def test_a_network_whose_file_cannot_be_read_is_drawn_up_anew_and_the_file_is_set_aside(
    session: Session, ear: Ear, networks_folder: Path
) -> None:
    session.own.add(own("mine"))
    (path,) = networks_folder.iterdir()
    path.write_text("{ precious")
    again = OwnNetworks()
    again.load()
    again.add(own("mine", like="strided"))
    aside = path.with_name(f"{path.stem}-broken-1.json")
    assert aside.read_text() == "{ precious"
    later = OwnNetworks()
    later.noticed.connect(ear.notices.append)
    later.load()
    later.tell_unreadable()
    assert later.all == (own("mine", like="strided"),) and ear.notices == []


def test_one_that_cannot_be_kept_is_there_until_the_end_and_that_is_said(
    session: Session, ear: Ear, networks_folder: Path
) -> None:
    networks_folder.parent.mkdir(parents=True)
    networks_folder.write_text("a file where the folder should be")
    session.own.add(own("mine"))
    assert session.own.named("mine") is not None
    assert ear.notices[-1].kind == "error" and "not kept" in ear.notices[-1].text


def test_it_is_shown_by_its_name_and_keeps_its_run(session: Session) -> None:
    session.own.add(own("mine"))
    session.choose_network("mine")
    run = session.runs.run
    assert session.viewer.scene.network.name == "mine"
    session.choose_network("book")
    session.choose_network("mine")
    assert session.runs.run is run and session.knows("mine") and not session.knows("yours")
    with pytest.raises(ValueError, match="no network named"):
        session.choose_network("yours")
