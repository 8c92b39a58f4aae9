"""All documents of one appraisal, made and written together: all, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ntm_analysis.book.letters import named
from ntm_analysis.communes.drafted import unconfirmed
from ntm_analysis.files.elsewhere import mend_folder, write_folder
from ntm_analysis.forms.check import load_sound
from ntm_analysis.language import Lang, say
from ntm_analysis.narrative import Report
from ntm_analysis.official.annexes import analysis, evidence, summary
from ntm_analysis.official.fill import fill
from ntm_analysis.official.letters import letters, not_in_round
from ntm_analysis.official.proceedings import minutes, submission
from ntm_analysis.official.report import report
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.template import FORMS, Template, read_templates
from ntm_analysis.official.typeset import has_pictures, to_pdf
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook.authorities import read_authorities

FORMATS: Final = ("docx", "pdf")
LONG: Final = 15
"""Pages; an appraisal report of more is told of."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Made:
    """One document as written.

    Attributes
    ----------
    name : str
        Its kind, a key of `FORMS`.
    title : str
    file : str
        Its name, without suffix.
    blanks : tuple of str
        The keys of its open fields.
    pages : int
        0 where no PDF was made.
    pictures : bool
        Whether its template has drawings, which the PDF leaves out.
    boxed : str
        Letters that no font of the PDF has: boxes stand in their place.
    """

    name: str
    title: str
    file: str
    blanks: tuple[str, ...]
    pages: int
    pictures: bool
    boxed: str = ""


@dataclass(frozen=True)
class Documents:
    """What was written, and what is to be looked at before anything is signed."""

    made: tuple[Made, ...]
    checks: tuple[str, ...]
    lang: Lang


def write_documents(
    project: Project,
    name: str,
    out: Path,
    *,
    formats: Sequence[str] = FORMATS,
    lang: Lang | None = None,
    force: bool = False,
    on_progress: Progress | None = None,
) -> Documents:
    """Write the documents of one appraisal.

    Parameters
    ----------
    project : Project
    name : str
        `<commune-id>-<year>`.
    out : Path
        The folder; made where there is none.
    formats : sequence of {"docx", "pdf"}
    lang : {"vi", "en"}, optional
        By default that of the parameters.
    force : bool
        Whether files of the same names are replaced.
    on_progress : callable, optional

    Raises
    ------
    DataErrors
        If the data or a template has problems, the data are a draft, or a file is in the way.
        Nothing is written then.
    """
    (case,) = load_sound(project, [name])
    _refuse_draft(case)
    setting = Setting(Report(case, project, lang), read_authorities(project))
    templates = read_templates(project, setting.lang, case.id)
    values = _values(setting)
    try:
        mend_folder(out)
    except OSError as error:
        raise _not_written(out, error) from error
    _refuse_others(out, [f"{file}.{kind}" for file in values for kind in formats], force=force)
    files: dict[str, bytes | None] = {}
    made = []
    for number, (file, (kind, value)) in enumerate(values.items(), 1):
        one, written = _document(setting, templates[kind], file, value, formats)
        made.append(one)
        files |= written
        if on_progress:
            on_progress(say("official.step"), number, len(values))
    try:
        write_folder(out, files)
    except OSError as error:
        raise _not_written(out, error) from error
    return Documents(tuple(made), tuple(_checks(setting, made)), setting.lang)


def _values(setting: Setting) -> dict[str, tuple[str, Any]]:
    """Return the fields of every document, by the name of its file."""
    makers: dict[str, Callable[[Setting], Any]] = {
        "report": report,
        "summary": summary,
        "minutes": minutes,
        "submission": submission,
        "evidence": evidence,
        "analysis": analysis,
    }
    found: dict[str, tuple[str, Any]] = {}
    for number, kind in enumerate(FORMS, 1):
        stem = f"{number:02d}-{setting.say(f'file_{kind}')}"
        if kind == "request":
            for place, letter in enumerate(letters(setting), 1):
                found[f"{stem}-{place}"] = (kind, letter)
        else:
            found[stem] = (kind, makers[kind](setting))
    return found


def _document(
    setting: Setting, template: Template, file: str, value: Any, formats: Sequence[str]
) -> tuple[Made, dict[str, bytes | None]]:
    filled = fill(template, value)
    title = setting.say(f"title_{template.name}")
    if template.name == "request":
        title = f"{title}: {value.body}"
    written: dict[str, bytes | None] = {}
    pages, pictures, boxed = 0, False, ""
    if "docx" in formats:
        written[f"{file}.docx"] = filled.docx
    if "pdf" in formats:
        written[f"{file}.pdf"], pages, boxed = to_pdf(filled.docx, title, setting.lang)
        pictures = has_pictures(filled.docx)
    return Made(template.name, title, file, filled.blanks, pages, pictures, boxed), written


def _refuse_draft(case: Any) -> None:
    open_ = unconfirmed(case)
    if open_:
        count = open_.figures + open_.evidence + open_.profile
        told = say("official.drafted", count=count)
        raise DataErrors([Problem(f"params/{case.id}.yaml", told, say("official.drafted_wanted"))])


def _refuse_others(out: Path, files: Sequence[str], *, force: bool) -> None:
    if out.exists() and not out.is_dir():
        raise DataErrors(
            [Problem(str(out), say("official.not_folder"), say("official.not_folder_wanted"))]
        )
    there = [] if force else [file for file in files if (out / file).exists()]
    if there:
        told, wanted = say("official.exists"), say("official.exists_wanted")
        raise DataErrors([Problem(str(out / file), told, wanted) for file in there])


def _not_written(out: Path, error: OSError) -> DataErrors:
    told = say("official.not_written", reason=error.strerror or str(error))
    return DataErrors([Problem(str(out), told, say("official.not_written_wanted"))])


def _checks(setting: Setting, made: Sequence[Made]) -> list[str]:
    """Return, in the user's language, what is to be looked at before anything is signed."""
    drawn = setting.report
    found = []
    if drawn.case.commune.synthetic:
        found.append(say("official.check_synthetic"))
    if not drawn.eligible:
        found.append(say("official.check_proposal"))
    doubtful = len(drawn.indicators) - drawn.law["verified"]
    if doubtful:
        found.append(say("official.check_law", count=doubtful, total=len(drawn.indicators)))
    if setting.appraiser_doubt:
        found.append(setting.appraiser_doubt)
    if setting.appraiser == setting.receiver:
        found.append(say("official.check_same_body", body=setting.appraiser))
    for name, value, written in drawn.case.by_hand:
        found.append(say("official.by_hand", name=name, value=value, file=written))
    if not drawn.case.requests:
        found.append(say("official.check_round", id=drawn.case.id))
    elif count := not_in_round(setting):
        found.append(say("official.check_new", count=count))
    for one in made:
        if one.name == "report" and one.pages > LONG:
            found.append(say("official.check_long", count=one.pages))
        if one.pictures:
            found.append(say("official.no_picture", file=one.file))
        if one.boxed:
            letters = named(one.boxed)
            found.append(say("official.boxed", file=one.file, letters=letters))
    return found
