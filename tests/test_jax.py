"""The form for accelerators: the same results on one device, on four, and in two processes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import symbp
from symbp.networks import mlp
from symbp.training import load_fit

pytest.importorskip("jax")

ROOT = Path(__file__).parents[1]
NET = mlp(3, 4, 2, activation=["relu", "sigmoid"], loss="binary_cross_entropy")
WORDS = "train 3-4-2 d.npz --activation relu,sigmoid --loss binary_cross_entropy --epochs 15 --batch 8 --shuffle"
MORE = "--optimizer adam --lr 0.02 --l2 0.01 --validation 0.2 --quiet -o"


@pytest.fixture
def data(tmp_path):
    random = np.random.default_rng(0)
    X, Y = random.normal(size=(25, 3)), random.uniform(size=(25, 2))
    np.savez(tmp_path / "d.npz", X=X, Y=Y)
    return X, Y


def expected(X, Y):
    options = {"batch": 8, "shuffle": True, "optimizer": "adam", "lr": 0.02, "l2": 0.01, "validation": 0.2}
    return symbp.train(NET, X, Y, epochs=15, form="array", progress=False, **options)


def start(tmp_path, name, form="jax", **more):
    command = [sys.executable, "-m", "symbp", *WORDS.split(), "--form", form, *MORE.split(), name]
    env = os.environ | {"PYTHONPATH": str(ROOT), "JAX_PLATFORMS": "cpu"} | more
    return subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True)


def same(found, fit):
    np.testing.assert_allclose(found.history, fit.history, rtol=1e-12)
    for one, other in zip(found.parameters.weights, fit.parameters.weights, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("devices", [1, 4])
def test_devices_of_one_process(devices, tmp_path, data):
    process = start(tmp_path, "f.npz", XLA_FLAGS=f"--xla_force_host_platform_device_count={devices}")
    assert process.communicate(timeout=120)[1] == ""
    same(load_fit(tmp_path / "f.npz"), expected(*data))


def test_two_processes(tmp_path, data):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    common = {"JAX_COORDINATOR_ADDRESS": address, "JAX_NUM_PROCESSES": "2"}
    processes = [start(tmp_path, f"f{k}.npz", **common, JAX_PROCESS_ID=str(k)) for k in range(2)]
    for process in processes:
        process.communicate(timeout=200)
        assert process.returncode == 0
    fits = [load_fit(tmp_path / f"f{k}.npz") for k in range(2)]
    same(fits[0], expected(*data))
    assert fits[0].history == fits[1].history


def test_single_precision():
    X, Y = np.ones((4, 3)), np.ones((4, 2)) / 2
    fit = symbp.train(NET, X, Y, epochs=3, form="jax", dtype="float32", progress=False)
    assert fit.history[-1] < fit.history[0]
    assert "jnp.maximum" in fit.program.source
