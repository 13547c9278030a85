"""Ctrl-C and SIGTERM: what was found is kept as it was after the last whole epoch, and one line says so."""

import os
import signal
import sys

import numpy as np
import pytest

import symbp
from symbp.cli import main
from symbp.networks import mlp
from symbp.programs import engines
from symbp.training import InterruptedTraining, interrupts, load_fit, loop

RANDOM = np.random.default_rng(5)
X, Y = RANDOM.normal(size=(10, 3)), RANDOM.uniform(size=(10, 2))
NET = mlp(3, 4, 2)
OPTIONS = {"batch": 3, "shuffle": True, "lr": 0.1, "optimizer": "adam", "validation": 0.2, "progress": False}


@pytest.fixture(autouse=True)
def usual_handlers():
    """Handle both signals as at the start of a program; a shell starts background work without SIGINT."""
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def at_epoch(monkeypatch, epoch, act, *, name="_epochs"):
    """Do something when the training has come to an epoch."""
    whole = getattr(loop, name)

    def changed(task, progress, *rest):
        if progress.epochs == epoch:
            act()
        return whole(task, progress, *rest)

    monkeypatch.setattr(loop, name, changed)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("name", ["_epochs", "_validate"])
def test_a_signal_saves_and_a_resumed_training_is_the_same(number, name, tmp_path, monkeypatch):
    whole = symbp.train(NET, X, Y, epochs=9, **OPTIONS)
    path = tmp_path / "c.npz"
    with monkeypatch.context() as patched:
        at_epoch(patched, 4, lambda: signal.raise_signal(number), name=name)
        with pytest.raises(InterruptedTraining, match=r"go on from .*c.npz with resume") as caught:
            symbp.train(NET, X, Y, epochs=9, checkpoint=path, **OPTIONS)
    kept = 4 if name == "_epochs" else 3
    assert (caught.value.fit.epochs, len(caught.value.fit.held)) == (kept, kept)
    again = symbp.train(NET, X, Y, epochs=9, checkpoint=path, resume=True, **OPTIONS)
    assert (again.history, again.held) == (whole.history, whole.held)
    assert [w.tolist() for w in again.parameters.weights] == [w.tolist() for w in whole.parameters.weights]


def test_a_signal_that_a_compiler_swallows_ends_training_all_the_same(monkeypatch, tmp_path, capsys):
    def swallowed():
        class Called:
            def __del__(self):
                signal.raise_signal(signal.SIGINT)

        Called()

    np.savez(tmp_path / "d.npz", X=X, Y=Y)
    at_epoch(monkeypatch, 2, swallowed)
    path = tmp_path / "f.npz"
    words = ["train", "3-4-2", str(tmp_path / "d.npz"), "--validation", "0.2", "--quiet", "-o", str(path)]
    assert main(words) == 130
    assert capsys.readouterr().err == "symbp: interrupted after epoch 3\n"
    assert load_fit(path).epochs == 3


def test_before_the_first_epoch_files_stay_as_they_are(monkeypatch, tmp_path, capsys):
    np.savez(tmp_path / "d.npz", X=X, Y=Y)
    files = [tmp_path / "c.npz", tmp_path / "f.npz"]
    words = ["train", "3-4-2", str(tmp_path / "d.npz"), "--checkpoint", str(files[0]), "-o", str(files[1]), "--quiet"]
    assert main([*words, "--epochs", "3"]) == 0
    before = [file.read_bytes() for file in files]
    at_epoch(monkeypatch, 0, lambda: signal.raise_signal(signal.SIGTERM))
    assert main(words) == 130
    assert capsys.readouterr().err == "symbp: interrupted before the first epoch\n"
    assert [file.read_bytes() for file in files] == before


def test_a_signal_while_code_is_made_is_said(monkeypatch, capsys):
    monkeypatch.setattr(engines.ListEngine, "loss", lambda *_: signal.raise_signal(signal.SIGTERM))
    assert main(["train", "mazur", "--quiet"]) == 130
    assert capsys.readouterr().err == "symbp: interrupted\n"


def test_a_second_signal_is_the_same_one_only_at_once(monkeypatch):
    moments = iter([10.0, 10.1, 10.9, 12.0])
    monkeypatch.setattr(interrupts, "monotonic", lambda: next(moments))
    caught = interrupts.Interrupts()
    with pytest.raises(KeyboardInterrupt):
        caught.receive(signal.SIGINT, None)
    caught.receive(signal.SIGINT, None)
    caught.receive(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        caught.receive(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        caught.check()


def test_handlers_are_given_back_and_those_of_others_stay():
    before, hook = signal.getsignal(signal.SIGTERM), sys.unraisablehook
    with interrupts.interruptible():
        assert signal.getsignal(signal.SIGTERM) != before
    assert (signal.getsignal(signal.SIGTERM), sys.unraisablehook) == (before, hook)
    own = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        kept = signal.getsignal(signal.SIGTERM)
        with interrupts.interruptible():
            assert signal.getsignal(signal.SIGTERM) is kept
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, own)
