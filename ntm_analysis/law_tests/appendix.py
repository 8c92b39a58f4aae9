"""Law tests as an appendix: what is given, under which law, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ntm_analysis.capitals import lower_first
from ntm_analysis.communes.printing import print_reading
from ntm_analysis.language import Lang, translate
from ntm_analysis.law_tests.reading import LawTest
from ntm_analysis.law_tests.schema import NOT_IN_FORCE
from ntm_analysis.law_tests.trial import Outcome
from ntm_analysis.numbers import format_date, format_number, format_reading, format_requirement
from ntm_analysis.tables import Md, escape, pipe_table

_WORDS = {"limb": "limb_word"}
_NUMBERS = ("limb", "value", "margin", "headroom")
_HEAD = ("code", "shows", "given", "law", "found")


def appendix(outcomes: Sequence[Outcome], lang: Lang) -> Md:
    """Return the tests as a Markdown document, one table a file.

    Parameters
    ----------
    outcomes : sequence of Outcome
    lang : {"vi", "en"}
    """
    parts = [
        f"# {translate('law_tests.title', lang)}\n",
        escape(translate("law_tests.intro", lang, count=len(outcomes))) + "\n",
    ]
    files = dict.fromkeys(one.test.file for one in outcomes)
    for number, file in enumerate(files, start=1):
        rows = [_row(one, lang) for one in outcomes if one.test.file == file]
        parts.append(
            pipe_table(
                [translate(f"law_tests.head_{key}", lang) for key in _HEAD],
                rows,
                file,
                f"tbl-law-tests-{number}",
                (3, 14, 14, 9, 11),
            )
        )
    return Md("\n".join(parts))


def _row(outcome: Outcome, lang: Lang) -> tuple[str, ...]:
    test, found = outcome.test, outcome.found
    entry = test.entry
    given = [f"{_called(test, name, lang)}: {_figures(test, name, lang)}" for name in entry.figures]
    law = [test.place, format_date(test.on, lang, "short"), *(test.classes or ())]
    if found.get("requires"):
        law.append(_required(test, found["limb"], lang))
    told = [verdict_word(found["verdict"], lang)]
    came = {one.entry: one.found for one in outcome.differences}
    shown = {key: came.get(key, getattr(entry, key)) for key in _NUMBERS}
    told += [
        f"{translate(f'law_tests.{_WORDS.get(key, key)}', lang)} {_printed(test, key, value, lang)}"
        for key, value in shown.items()
        if value is not None
    ]
    if entry.turned_by is not None:
        told.append(f"{translate('law_tests.turned_by', lang)} {_turned(test, lang)}")
    told += [
        lower_first(translate(f"{key}.{found[key]}", lang))
        for key in ("standing", "conclusion")
        if getattr(entry, key) is not None and found[key]
    ]
    if found.get("lack") and entry.lack is not None:
        told.append(translate(f"law_tests.lack_{found['lack']}", lang))
    if outcome.differences:
        told.append(translate("law_tests.fails", lang))
    nothing = translate("law_tests.no_figures", lang)
    return (
        entry.indicator,
        entry.name[lang],
        "; ".join(given) or nothing,
        "; ".join(law),
        "; ".join(told),
    )


def _called(test: LawTest, name: str, lang: Lang) -> str:
    variables = test.rules.rulebook.variables if test.rules else {}
    return variables[name].label[lang] if name in variables else name


def _figures(test: LawTest, name: str, lang: Lang) -> str:
    """Return the readings of a variable, as reports print them."""
    if test.rules is None:
        texts = list(test.entry.figures[name])
    else:
        book = test.rules.rulebook
        texts = [print_reading(one, book, lang)[0] for one in test.readings if one.variable == name]
    return f" {translate('law_tests.or', lang)} ".join(texts)


def _printed(test: LawTest, key: str, value: Decimal | str, lang: Lang) -> str:
    """Return a number that is to come out, or the limb that decides, by its name."""
    if isinstance(value, Decimal):
        return format_number(Fraction(value), lang, sign=key == "margin")
    rule = test.rules.by_code[test.entry.indicator] if test.rules and key == "limb" else None
    limbs = rule.indicator.limbs if rule else ()
    name = next((limb.name for limb in limbs if limb.key == str(value)), None)
    return f"“{name[lang]}”" if name else value


def _required(test: LawTest, limb_key: str, lang: Lang) -> str:
    """Return what is required of a limb, in words."""
    assert test.rules is not None
    rule, book = test.rules.by_code[test.entry.indicator], test.rules.rulebook
    limb = rule.limb(limb_key)
    unit, labels = book.units[limb.unit], book.scale_labels(limb, lang)
    return format_requirement(rule.requirements[limb_key], unit, lang, labels)


def _turned(test: LawTest, lang: Lang) -> str:
    """Return in words which readings turn the verdict, and to what.

    `solid_houses=96 -> not_met` is “Solid houses: 96 → Not met”.
    """
    changes, _, verdict = str(test.entry.turned_by).partition(" -> ")
    words = []
    for change in changes.split(", "):
        name, _, value = change.partition("=")
        if test.rules is not None:
            book = test.rules.rulebook
            value = format_reading(value, book.units[book.variables[name].unit], lang)
        words.append(f"{_called(test, name, lang)}: {value}")
    return f"{', '.join(words)} → {verdict_word(verdict, lang)}"


def verdict_word(verdict: str, lang: Lang) -> str:
    """Return a verdict, or that nothing is in force, in words."""
    key = "law_tests.not_in_force" if verdict == NOT_IN_FORCE else f"verdict.{verdict}"
    return translate(key, lang)
