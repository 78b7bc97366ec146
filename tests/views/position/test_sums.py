"""The model of a sum, from which panel and stage are drawn: parts that add up, and what is open."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.position.channel_sums import ChannelSum, ConvSum, DenseSum
from visualizer.views.position.sums import CopySum, PoolSum, sum_of

KINDS = (ConvSum, PoolSum, ConvSum, PoolSum, ConvSum, CopySum, DenseSum, DenseSum)


@pytest.mark.parametrize("layer", range(8))
def test_every_layer_has_its_kind_of_sum_and_a_main_term_below(
    session: Session, layer: int
) -> None:
    scene = session.viewer.scene
    shown = sum_of(scene, scene.strongest(layer))
    assert isinstance(shown, KINDS[layer])
    assert shown.main_term is not None and shown.main_term.layer == layer - 1
    assert all(factor.shape == shown.factors[0].shape for factor in shown.factors)


@pytest.mark.parametrize("layer", [0, 2, 4, 6, 7])
def test_the_subtotals_are_the_total_and_the_largest_is_open(session: Session, layer: int) -> None:
    shown = sum_of(session.viewer.scene, session.viewer.scene.strongest(layer))
    assert isinstance(shown, ChannelSum)
    assert float(shown.subtotals.sum()) == pytest.approx(shown.terms.total, rel=1e-4)
    assert shown.channel == shown.order(True)[0] == int(np.abs(shown.subtotals).argmax())
    assert shown.order(False).tolist() == list(range(len(shown.subtotals)))
    products = shown.factors[-1].values
    assert float(products.sum()) == pytest.approx(shown.subtotal, abs=1e-5)


def test_an_opened_channel_stays_on_its_layer_alone(session: Session) -> None:
    scene = session.viewer.scene
    opened = sum_of(scene, Cell(2, 4, 5, 6)).open(7)
    assert opened.channel == 7
    assert sum_of(scene, Cell(2, 1, 1, 3)).like(opened).channel == 7
    assert sum_of(scene, Cell(4, 1, 1, 3)).like(opened).chosen is None


@pytest.mark.parametrize("many", [1, 8, 10_000])
def test_the_listed_contributions_and_the_others_are_the_total(session: Session, many: int) -> None:
    shown = sum_of(session.viewer.scene, Cell(6, 0, 0, 17))
    assert isinstance(shown, DenseSum)
    listed, (rest, others) = shown.largest(many), shown.others(many)
    assert len(listed) + rest == shown.terms.products.size
    assert all(one.product for one in listed)
    assert sum(one.product for one in listed) + others == pytest.approx(shown.terms.total)
    assert shown.source(*np.unravel_index(listed[0].index, shown.shape)) == shown.main_term
