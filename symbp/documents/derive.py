"""The public way to a derivation: derive, name, check, write."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from sympy import Symbol

from ..atomic import write_file
from ..derivation import (
    Delta,
    Derivation,
    Equation,
    Model,
    Section,
    derivation,
    general_derivation,
    hessian,
    hessian_vector,
    is_model,
    layer_derivation,
    model,
    model_derivation,
    models,
)
from ..errors import InputError, UnsupportedError, nearest
from ..formulas import Name, Opaque, Quantity, ReadError, key, read
from ..formulas.ones import ONES
from ..formulas.writer import Writer
from ..graphs import Graph, LayerGraph, unit_graph
from ..networks import Network, network_of, presets
from ..notations import Naming, Notation, check_distinct, notation, reading
from .formats import Format, Row, format_named, format_of
from .layout import WIDEST, lines
from .prose import phrases

MOST_WIDE = 1.1  # of a page, that the loss written out may take in nested fractions
Style = str | Notation  # by name, by the path of a TOML file, or as it is
LEVELS = ("unit", "layer", "index")
DIGITS = (3, 28)


@dataclass(frozen=True, slots=True, repr=False)
class DerivationDocument:
    """A derivation that can be written in any notation, language and format. In Jupyter it shows itself."""

    derivation: Derivation
    style: Style = "net-out"
    wanted: tuple[Symbol, ...] | None = None
    level: str = "unit"

    def to_latex(self, notation: Style | None = None, *, digits: int | None = None, lang: str = "en") -> str:
        """Return a LaTeX document that compiles by itself.

        Args:
            notation: the name of a notation; that of the network by default.
            digits: significant digits of printed numbers, 3 to 28; as many as the notation's documents show by default.
            lang: ``en`` or ``zh`` (which needs the ctex package and XeLaTeX).

        Raises:
            InputError: an argument is unknown.
        """
        return self.write("latex", notation, digits=digits, lang=lang)

    def to_markdown(self, notation: Style | None = None, *, digits: int | None = None, lang: str = "en") -> str:
        """Return a Markdown document with its maths in dollars; arguments as of `to_latex`."""
        return self.write("markdown", notation, digits=digits, lang=lang)

    def to_text(self, notation: Style | None = None, *, digits: int | None = None, lang: str = "en") -> str:
        """Return a plain-text document; arguments as of `to_latex`."""
        return self.write("text", notation, digits=digits, lang=lang)

    def write(
        self,
        format: str,  # noqa: A002 - the public word
        notation: Style | None = None,
        *,
        digits: int | None = None,
        lang: str = "en",
        remarks: Iterable[str] = (),
    ) -> str:
        """Return the document in a format by name, ``latex``, ``markdown`` or ``text``, with remarks at its end."""
        record = _notation(notation or self.style, digits)
        return _Writing(self._walked(record), record, format_named(format), lang).document(tuple(remarks))

    def save(
        self,
        path: str | Path,
        notation: Style | None = None,
        *,
        digits: int | None = None,
        lang: str = "en",
        remarks: Iterable[str] = (),
    ) -> None:
        """Write the document to a file; its ending sets the format: ``.tex``, ``.md`` or ``.txt``.

        Raises:
            InputError: no format has this ending, or another argument is unknown.
        """
        form = format_of(Path(path).suffix)
        write_file(path, self.write(form.name, notation, digits=digits, lang=lang, remarks=remarks))

    def _walked(self, record: Notation) -> Derivation:
        """Return the derivation the way that a notation goes: from delta to delta, or from output to output."""
        own = _notation(self.style, None)
        if self.level == "index":
            return self.derivation
        graph, network = self.derivation.graph, self.derivation.network
        if isinstance(graph, LayerGraph) and network is not None:
            return layer_derivation(network, deltas=record.deltas, batch=graph.batch, rows=graph.rows)
        same = (own.deltas, own.minus) == (record.deltas, record.minus)
        if same or network is None:
            return self.derivation
        return derivation(network, self.wanted, deltas=record.deltas, minus=record.minus)

    def __repr__(self) -> str:
        count = sum(1 for _ in self.derivation.equations)
        return f"<derivation of {count} equations: see to_text(), to_markdown(), to_latex()>"

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def derive(
    net: Network | Graph | Model | str,
    wrt: str | Symbol | Iterable[str | Symbol] | None = None,
    *,
    level: str | None = None,
    style: str | Notation | None = None,
    batch: bool = False,
    rows: bool = False,
) -> DerivationDocument:
    """Derive the gradients of a network in closed form, each step with its reason.

    Example:
        >>> print(derive("mazur", wrt="w_5").to_text(digits=6).splitlines()[-1].strip())
        = 0.358916  # evaluated

    Args:
        net: a network, the name of a preset, the path of a file, or a graph made by hand.
        wrt: the parameters to differentiate by, named in the notation or as symbols of the graph; all by default.
        level: ``unit``: one scalar a neuron (the default of networks and graphs); ``layer``: a matrix a layer, for any
            sizes; ``index``: a general layer l and unit j, with sums (the default of recurrent and other models).
        style: the notation in which names are read, and written by default.
        batch: at level ``layer``, m samples at once, and the mean of their losses.
        rows: at level ``layer``, a sample is a row (net = out W + b), and not a column (net = W out + b).

    Returns:
        The derivation; see `DerivationDocument`.

    Raises:
        InputError: a name is unknown.
        ImpossibleError: the output does not depend on a parameter, or has no finite value.
    """
    if level is not None and level not in LEVELS:
        raise InputError(f"level {level!r} is unknown{nearest(level, list(LEVELS))} (known: {', '.join(LEVELS)})")
    if (batch or rows) and level != "layer":
        raise InputError("batches and samples as rows are for level 'layer'")
    if isinstance(net, Model) or (isinstance(net, str) and is_model(net)):
        names = (wrt,) if isinstance(wrt, str) else None if wrt is None else tuple(map(str, wrt))
        found = model_derivation(model(net) if isinstance(net, str) else net, names, level=level or "index")
        return DerivationDocument(found, style or "four-equations", level="index")
    level = level or "unit"
    source = net if isinstance(net, Graph) else _network(net)
    style = style or _own_style(source, level)
    if level != "unit":
        if isinstance(source, Graph):
            raise InputError(f"level {level!r} needs a network of layers: use level 'unit' for a graph")
        if wrt is not None:
            raise UnsupportedError(f"level {level!r} derives all parameters: leave out wrt, or use level 'unit'")
        whole = layer_derivation(source, batch=batch, rows=rows) if level == "layer" else general_derivation(source)
        return DerivationDocument(whole, style, level=level)
    graph = unit_graph(source) if isinstance(source, Network) else source
    wanted = None if wrt is None else _symbols(wrt, graph, notation(style))
    record = notation(style)
    return DerivationDocument(derivation(source, wanted, deltas=record.deltas, minus=record.minus), style, wanted)


def derive_second(
    net: Network | str, wrt: Iterable[str], *, vector: bool = False, style: str | Notation | None = None
) -> DerivationDocument:
    """Derive the second derivatives of a network's loss by some parameters, each step with its reason.

    Example:
        >>> print(derive_second("mazur", ["w_5"]).to_text(digits=6).splitlines()[-1].strip())
        = -0.0122230  # evaluated

    Args:
        net: a network, the name of a preset or the path of a network file.
        wrt: the parameters of the block, named in the notation.
        vector: the product of the matrix of second derivatives with a vector v, instead of the matrix.
        style: the notation in which names are read, and written by default.

    Raises:
        InputError: a name is unknown or stands twice.
        UnsupportedError: the parameters are too many for a page.
    """
    if isinstance(net, str) and is_model(net):
        raise UnsupportedError(f"{net} is no network of layers: second derivatives are of those")
    source = _network(net)
    style = style or _own_style(source, "unit")
    wanted = _symbols(wrt, unit_graph(source), notation(style))
    return DerivationDocument((hessian_vector if vector else hessian)(source, wanted), style, wanted)


def _network(net: Network | str) -> Network:
    """Return a network; where there is none of a name, all that can be derived is named."""
    known = [*presets(), *models()]
    if isinstance(net, str) and net not in known and not net.endswith(".toml") and not Path(net).exists():
        raise InputError(f"{net!r} is neither a preset{nearest(net, known)} ({', '.join(known)}) nor a .toml file")
    return network_of(net)


def _own_style(source: Network | Graph, level: str) -> str:
    """Return the notation of the network itself, unless that has no names for the level."""
    style = (source.style if isinstance(source, Network) else None) or "net-out"
    lacks = level != "unit" and "delta_layer" not in notation(style).names
    return {"layer": "matrix", "index": "four-equations"}[level] if lacks else style


def _symbols(wrt: str | Symbol | Iterable[str | Symbol], graph: Graph, style: Notation) -> tuple[Symbol, ...]:
    names = (wrt,) if isinstance(wrt, str | Symbol) else tuple(wrt)
    known = reading(style, graph)
    return tuple(name if isinstance(name, Symbol) else _symbol(name, known, style) for name in names)


def _symbol(name: str, known: dict[str, Symbol], style: Notation) -> Symbol:
    try:
        spelt = key(read(name))
    except ReadError as error:
        raise InputError(f"{name!r} is no name: {error}") from None
    if spelt not in known:
        raise InputError(f"the network has no {name!r} in notation {style.name}{nearest(spelt, list(known))}")
    return known[spelt]


def _notation(name: str | Notation, digits: int | None) -> Notation:
    record = notation(name)
    if digits is None:
        return record
    if not DIGITS[0] <= digits <= DIGITS[1]:
        raise InputError(f"digits = {digits}: between {DIGITS[0]} and {DIGITS[1]} significant digits can be printed")
    return replace(record, digits=digits)


class _Writing:
    """One document being written."""

    def __init__(self, of: Derivation, style: Notation, form: Format, language: str) -> None:
        self.derivation, self.format, self.language = of, form, language
        self.words = phrases(language)
        self.naming = Naming(style, of)
        self.writer = Writer(tex=form.tex, product=style.product)
        self.number = 0

    def document(self, remarks: tuple[str, ...] = ()) -> str:
        network = self.derivation.network
        about = self.derivation.about
        title = self.words["title model"].format(about=about) if about else self.words["title graph"]
        parts: list[str] = []
        if network is not None:
            title = self.words["title"].format(sizes="-".join(map(str, network.layers)))
            parts.append(self.words["about"].format(description=self._escaped(network.description)) + "\n")
            ones = self.format.inline(Opaque(ONES), self.writer)
            array = self._column() if self._layout() == ["column"] else ""
            parts += [self.words[f"about {said}"].format(ones=ones, array=array) + "\n" for said in self._layout()]
        for section in self.derivation.sections:
            parts += self._section(section)
        check_distinct(self.naming)  # after a role that is missing has been said
        if remarks:
            parts.append(self.format.heading(self.words["heading remarks"]))
            parts += [f"{remark}\n" for remark in remarks]
        return self.format.page(title, self.language, parts)

    def _layout(self) -> list[str]:
        """Return what the rows or columns of arrays are, where names do not tell: capitals are those of matrices."""
        graph = self.derivation.graph
        if not isinstance(graph, LayerGraph):
            return []
        if not (graph.batch or graph.rows):
            return ["column"] if self._input(graph).base.isupper() else []
        return [("rows" if graph.rows else "columns") if graph.batch else "row"]

    def _input(self, graph: LayerGraph) -> Name:
        return self.naming.name(next(symbol for symbol, of in graph.quantities.items() if of.role == "input"))

    def _column(self) -> str:
        """Return the shape of the input, as a set that it is from."""
        graph = self.derivation.graph
        assert isinstance(graph, LayerGraph)
        name = self.writer(self._input(graph))
        shape = rf"{name} \in \mathbf{{R}}^{{n \times 1}}" if self.format.tex else f"{name} ∈ ℝ^{{n × 1}}"
        return self.format.inline(Opaque("a shape", text=shape), self.writer)

    def _escaped(self, text: str) -> str:
        return text.replace("_", " ")

    def _section(self, section: Section) -> list[str]:
        parts = [self.format.heading(self._heading(section))]
        if section.topic == "given":
            rows = [self._rows(equation) for equation in section.equations]
            return [*parts, self.words["given"] + "\n", self.format.values(rows, self.writer)]
        before = ""
        for equation in section.equations:
            self.number += 1
            sentence = self._sentence(equation, again=before == equation.topic == "named")
            parts += [sentence + "\n"] if sentence else []
            parts.append(self.format.equation(self._rows(equation), self.number, self.writer))
            before = equation.topic
        return parts

    def _heading(self, section: Section) -> str:
        network = self.derivation.network
        if section.topic not in ("forward", "backward"):
            return self.words[f"heading {section.topic}"]
        if network is None:
            return self.words[f"heading {section.topic} graph"]
        last = len(network.layers) - 1
        kind = " output" if section.layer == last else " hidden" if last == 2 else ""
        return self.words[f"heading {section.topic}{kind}"].format(layer=section.layer)

    def _sentence(self, equation: Equation, *, again: bool) -> str:
        sentence = "" if again else self.words[equation.topic]
        if "{subject}" in sentence:
            about = equation.subject
            if equation.topic.startswith("delta") and isinstance(about, Symbol):
                about = Delta(about)
            subject = self.format.inline(self.naming.render(Quantity(about)), self.writer)
            sentence = sentence.format(subject=subject)
        return sentence if self.format.tex else f"({self.number}) {sentence}".rstrip()

    def _rows(self, equation: Equation) -> list[Row]:
        reasons = [self.words[f"reason {step.reason}"] if step.reason else "" for step in equation.steps]
        rows = [
            Row(self.naming.render(step.formula), reason) for step, reason in zip(equation.steps, reasons, strict=True)
        ]
        return list(takewhile(self._fits, rows)) if equation.topic == "written out" and self.format.tex else rows

    def _fits(self, row: Row) -> bool:
        """Whether a formula can be broken into lines that fit a page."""
        return max(size for _, size in lines(row.formula, self.writer)) <= MOST_WIDE * WIDEST
