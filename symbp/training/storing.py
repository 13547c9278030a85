"""Trained networks in .npz files: plain arrays, nothing that is executed when they are read."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from ..atomic import write_file
from ..errors import InputError
from ..networks import Network, mlp
from ..programs import Parameters, compile_network
from .data import open_archive
from .fit import Fit


def save_fit(fit: Fit, path: str | Path) -> None:
    """Write a trained network to an .npz file, atomically.

    The arrays are ``weights_1``, ``biases_1``, ... (one a layer), ``history``, ``sizes`` (samples, updates an epoch),
    and ``network``, its description as JSON.

    Raises:
        InputError: the name does not end in .npz, or the file cannot be written.
    """
    check_name(path)
    arrays: dict[str, Any] = {f"weights_{k}": array for k, array in enumerate(fit.parameters.weights, 1)}
    arrays |= {f"biases_{k}": array for k, array in enumerate(fit.parameters.biases, 1)}
    arrays |= {"history": np.array(fit.history), "sizes": np.array([fit.samples, fit.updates])}
    net = fit.network
    text = {"layers": net.layers, "activation": net.activations, "loss": net.loss, "bias": net.bias, "style": net.style}
    buffer = io.BytesIO()
    np.savez(buffer, network=np.array(json.dumps(text)), **arrays)
    write_file(path, buffer.getvalue())


def check_name(path: str | Path) -> None:
    """Refuse a name under which no .npz file can be written, before any work is done."""
    if Path(path).suffix != ".npz":
        raise InputError(f"{path}: a trained network is stored as .npz; give a name that ends in .npz")
    if not Path(path).parent.is_dir():
        raise InputError(f"{path}: there is no folder {Path(path).parent}")


def load_fit(path: str | Path) -> Fit:
    """Return a network that `save_fit` wrote.

    Raises:
        InputError: the file cannot be read, or is not such a file.
    """
    arrays = open_archive(path)
    try:
        text = json.loads(str(arrays["network"]))
        net = mlp(*text.pop("layers"), **text)
        return _fit(net, arrays)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{path}: not a trained network that symbp stored") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _fit(net: Network, arrays: dict[str, Any]) -> Fit:
    layers = range(1, len(net.layers))
    biases = [arrays[f"biases_{k}"] for k in layers] if net.bias != "none" else []
    parameters = Parameters([arrays[f"weights_{k}"] for k in layers], biases)
    samples, updates = map(int, arrays["sizes"])
    program = compile_network(net)
    program.layout.flatten(parameters)
    return Fit(net, parameters, tuple(arrays["history"].tolist()), samples, updates, program)
