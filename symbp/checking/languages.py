"""The words of a report, in English and Chinese."""

from ..errors import InputError, nearest

LANGUAGES = ("en", "zh")

WORDS = {  # in English -> in Chinese
    "proved": "已证",
    "holds": "成立",
    "refuted": "有误",
    "undecided": "未定",
    "unread": "未读懂",
    "given": "已知",
    "convention": "约定",
    "undefined": "未定义",
    "contradiction": "矛盾",
    "stands:": "现为：",
    "expected:": "应为：",
    "where:": "取值：",
    "document": "文档",
    "links": "等式",
    "seconds": "秒",
    "no equation": "没有等式",
}


def word(english: str, lang: str) -> str:
    """Return a word of the report.

    >>> word("refuted", "zh"), word("refuted", "en")
    ('有误', 'refuted')
    """
    return WORDS[english] if lang == "zh" else english


def check_language(lang: str) -> str:
    """Return a language that there is.

    Raises:
        InputError: there is none of this name.
    """
    if lang not in LANGUAGES:
        raise InputError(f"no language {lang!r} ({', '.join(LANGUAGES)}){nearest(lang, list(LANGUAGES))}")
    return lang
