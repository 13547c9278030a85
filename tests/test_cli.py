"""The command line: what it prints where, its exit status, and that it starts quickly."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

import symbp
from symbp.cli import main
from symbp.cli.commands import COMMANDS


def run(*words, **options):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "symbp", *words], capture_output=True, text=True, timeout=60, **options
    )


def test_train_prints_the_best_known_example(capsys):
    assert main(["train", "mazur", "--epochs", "9999", "--lr", "0.5", "--fixed-biases"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:4] == [
        "2-2-2 sigmoid, half_squared_error, shared biases",
        "total error before training     0.298371108760",
        "total error after 1 update      0.291027773694",
        "total error after 9999 updates  0.0000351085481225",
    ]
    assert "biases[1] = [0.6]" in out
    assert err == ""


def test_train_with_data_stores_what_predict_reads(tmp_path, capsys):
    (tmp_path / "net.toml").write_text('[network]\nlayers = [2, 2, 1]\nactivation = "tanh"\n')
    (tmp_path / "xor.csv").write_text("a,b,xor\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n")
    words = [str(tmp_path / "net.toml"), str(tmp_path / "xor.csv"), "--epochs", "50", "--batch", "1", "--lr", "0.1"]
    assert main(["train", *words, "--seed", "2", "--quiet", "-o", str(tmp_path / "fit.npz")]) == 0
    assert "mean loss over 4 samples after 50 epochs" in capsys.readouterr().out
    assert main(["predict", str(tmp_path / "fit.npz"), str(tmp_path / "xor.csv")]) == 0
    found = [float(line) for line in capsys.readouterr().out.splitlines()]
    data = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0.0]])
    net = symbp.mlp(2, 2, 1, activation="tanh")
    fit = symbp.train(net, data[:, :2], data[:, 2:], epochs=50, batch=1, lr=0.1, seed=2)
    assert found == fit.predict(data[:, :2]).ravel().tolist()
    assert main(["predict", str(tmp_path / "fit.npz"), str(tmp_path / "xor.csv"), "-o", str(tmp_path / "out.csv")]) == 0
    assert [float(line) for line in (tmp_path / "out.csv").read_text().splitlines()] == found


def test_training_that_diverges_says_so_and_stores_the_last_good_parameters(tmp_path, capsys):
    (tmp_path / "net.toml").write_text('[network]\nlayers = [1, 1]\nactivation = "identity"\n')
    (tmp_path / "d.csv").write_text("1,1\n2,2\n")
    words = [str(tmp_path / "net.toml"), str(tmp_path / "d.csv"), "--lr", "90", "-o", str(tmp_path / "fit.npz")]
    assert main(["train", *words]) == 2
    err = capsys.readouterr().err
    assert err.startswith("symbp: the loss or a parameter is not finite in epoch ")
    assert "use a smaller learning rate than 90" in err
    assert err.count("\n") == 1
    with np.load(tmp_path / "fit.npz", allow_pickle=False) as stored:
        assert np.isfinite(stored["weights_1"]).all()


def test_presets_are_listed(capsys):
    assert main(["presets"]) == 0
    assert "mazur          2-2-2 sigmoid, half_squared_error, shared biases\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["train", "mazr"], "symbp: 'mazr' is neither a preset; did you mean 'mazur'?"),
        (["train", "no.toml"], "symbp: no.toml: cannot be read"),
        (["train", "mazur", "no.csv"], "symbp: no.csv: cannot be read"),
        (["train", "mazur", "--epochs", "-1"], "symbp: epochs = -1: give a whole number"),
        (["train", "mazur", "-o", "fit.txt"], "symbp: fit.txt: a trained network is stored as .npz"),
        (["predict", "no.npz", "x.csv"], "symbp: no.npz: cannot be read"),
    ],
)
def test_an_error_is_one_line_and_status_2(words, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert err.startswith(message)
    assert (err.count("\n"), out) == (1, "")
    assert os.listdir() == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["trian"], "did you mean 'train'? (see symbp --help)"),
        (["train", "mazur", "--epoch", "3"], "unrecognized arguments: --epoch 3; did you mean '--epochs'?"),
        (["derive", "mazur", "--levl=unit"], "unrecognized arguments: --levl=unit; did you mean '--level'?"),
        (["train", "mazur", "--epochs", "x"], "argument --epochs: invalid int value: 'x'"),
        (["train"], "the following arguments are required: NETWORK"),
    ],
)
def test_a_misspelt_word_is_named_in_one_line(words, message, capsys):
    assert main(words) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["train", "--help"], ["presets", "--help"]])
def test_help_is_quick_and_loads_no_mathematics(words):
    loaded = "sys.exit(bool({'sympy', 'numpy'} & {*sys.modules}))"
    script = f"import sys; from symbp.cli import main; main(sys.argv[1:]); {loaded}"
    before = os.times()
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, timeout=60)
    after = os.times()
    assert done.returncode == 0, done.stderr
    assert after.children_user - before.children_user < 0.3
    assert "symbp" in done.stdout


def test_every_command_is_in_the_help(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"    {command.name} " in out for command in COMMANDS)


def test_python_dash_m():
    done = run("presets")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("mazur")


def test_a_reader_that_leaves_is_no_error():
    with subprocess.Popen(
        [sys.executable, "-m", "symbp", "presets"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 141)


@pytest.mark.parametrize("quick", [True, False])
def test_an_interrupt_is_status_130_without_a_traceback(quick, monkeypatch, capsys):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("symbp.networks.load" if quick else "symbp.training.train", stop)
    assert main(["train", "mazur"]) == 130
    assert capsys.readouterr().err == "symbp: interrupted\n"


def test_the_front_door_is_lazy_and_small():
    assert len(symbp.__all__) <= 20
    assert set(symbp.__all__) <= set(dir(symbp))
    assert symbp.compile is symbp.programs.compile_network
    with pytest.raises(AttributeError, match="module 'symbp' has no attribute 'trian'"):
        _ = symbp.trian
    script = "import sys, symbp; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0


def test_a_check_loads_numpy_only_for_numbers_that_are_claimed_after_rounds_of_training():
    check = r"import sys, symbp; symbp.check(text=r'$$w = 0.5, \quad y = 2 w = 2 * 0.5 = 1$$')"
    script = f"{check}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0


@pytest.mark.parametrize("words", [["derive", "mazur"], ["presets"]])
def test_an_output_that_cannot_be_written_is_one_line(words):
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "symbp", *words], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (2, "symbp: the output cannot be written (No space left on device)\n")


def test_the_derive_command_writes_a_file_and_the_check_command_judges_it(tmp_path, capsys):
    for name in ("m.tex", "m.md", "m.txt"):
        assert main(["derive", "mazur", "--notation", "net-out", "-o", str(tmp_path / name)]) == 0
        assert main(["check", str(tmp_path / name)]) == 0
    assert "refuted" not in capsys.readouterr().out
    text = (tmp_path / "m.md").read_text().replace("&= 0.3775", "&= 0.3785", 1)
    (tmp_path / "m.md").write_text(text)
    assert main(["check", str(tmp_path / "m.md"), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    links = [link for equation in report["equations"] for link in equation["links"]]
    assert [(n["rhs"], n["expected"]) for n in links if n["verdict"] == "refuted"] == [("0.3785", "0.3775")]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["derive", "nosuch"], "'nosuch' is neither a preset"),
        (["derive", "mazur", "--notation", "net"], "did you mean 'net-out'"),
        (["derive", "mazur", "--wrt", "w_99"], "the network has no 'w_99'"),
        (["derive", "mazur", "--level", "layer", "--notation", "net-out"], "no name for the input of a whole layer"),
        (["derive", "mazur", "--digits", "99"], "between 3 and 28"),
        (["derive", "mazur", "-o", "x.foo"], "no document ends in .foo"),
        (["check", "nosuch.md"], "nosuch.md: cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_status_2(words, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
