"""What the commands of TeX are: fonts, accents, letters, operators; any other is a symbol of the document."""

from .spellings import GREEK


def words(text: str) -> tuple[str, ...]:
    r"""Return commands by their names, as they are written.

    >>> words("hat bar")
    ('\\hat', '\\bar')
    """
    return tuple(f"\\{word}" for word in text.split())


FONTS = words(
    "mathbf boldsymbol bm mathbb mathcal mathscr pmb mathrm text mathit mathsf mathtt mathfrak mathbbm mathds mathbbold"
    " mathbfit mathnormal symbf symbfit symbb vb bold textbf textit textrm operatorname rm mathop mathbin mathord emph "
    "Bbb frak"
)
ACCENTS = words(
    "hat widehat tilde widetilde bar overline vec dot ddot check breve underline mathring overrightarrow overleftarrow "
    "underbar acute grave widecheck"
)
WRAPPERS = words(
    "underbrace overbrace boxed fbox cancel bcancel xcancel cancelto bbox underbracket overbracket enclose fcolorbox"
)
NOTED = words("underset overset stackrel textcolor colorbox href class cssId style")  # the first argument is a note
OPERATORS = words(
    "lim limsup liminf sup inf arg det Pr gcd dim ker deg int iint oint bigcup bigcap coprod argmin argmax Tr tr diag "
    "bigoplus bigwedge bigvee varlimsup varliminf"
)
OPERATOR_WORDS = frozenset(
    word[1:]
    for word in words(
        "argmin argmax arg lim det tr Tr trace diag Diag vec rank rot rot180 sgn sign Var Cov Pr KL erf conv flatten "
        "rows cols round var cov dim mod dist ker supp shape size len dot clip onehot"
    )
)
_VARIANTS = words(
    "varepsilon vartheta varrho varsigma varphi varpi varkappa digamma ell imath jmath hbar omicron aleph wp Re Im eth "
    "mho complement emptyset varnothing hslash"
)
LETTERS = frozenset({*GREEK.values(), *_VARIANTS})
_SIGNS = frozenset(
    words(
        "ge le to ni pm mp wr cup cap div bot top dag ddag star prime ll gg sim simeq cong propto perp mid "
        "nmid parallel subset supset subseteq supseteq in notin land lor lnot neg wedge vee oplus ominus "
        "otimes oslash odot bigcirc circ bullet ast cdot times setminus amalg uplus sqcup sqcap triangleleft "
        "triangleright rtimes ltimes bowtie models vdash dashv prec succ preceq succeq asymp doteq forall "
        "exists nexists over atop choose sum prod int frac sqrt begin end item circledast circledcirc boxdot "
        "boxtimes leftarrow rightarrow uparrow downarrow mapsto implies iff Rightarrow Leftarrow approx equiv "
        "and or cr def let "
    )
)


def is_symbol(command: str) -> bool:
    r"""Whether a command is none of TeX's, and so a symbol that the document makes.

    >>> is_symbol("\\vx"), is_symbol("\\cup")
    (True, False)
    """
    return command[1:].isalpha() and command not in _SIGNS
