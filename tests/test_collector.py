"""What is made while the collector is paused is given back, even where it is in a cycle."""

import gc
import weakref

import pytest

from mofkit import collector
from mofkit.collector import garbage_collector_paused


class Ring:
    def __init__(self) -> None:
        self.itself = self
        self.content = [[] for _ in range(100)]  # type: ignore[var-annotated]  # any objects


def test_cycles_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector._Unwalked, "walk_after", 10_000)
    monkeypatch.setattr(collector, "_WALK_AFTER", 10_000)
    monkeypatch.setattr(collector, "_WALK_AFTER_SHARE", 0)
    rings = []
    for _ in range(300):
        with garbage_collector_paused(makes_cycles=True):
            rings.append(weakref.ref(Ring()))
    assert sum(ring() is not None for ring in rings) < 150


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with garbage_collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(KeyError), garbage_collector_paused():
        raise KeyError
    assert gc.isenabled()
