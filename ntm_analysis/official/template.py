"""Word templates: which ones there are, and whether all that they ask for is there."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final, get_args, get_origin, get_type_hints

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from ntm_analysis.communes.cells import closest
from ntm_analysis.language import Lang, say
from ntm_analysis.official import fields as forms
from ntm_analysis.official.own import own_templates
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem

FORMS: Final[Mapping[str, type]] = {
    "report": forms.Report,
    "summary": forms.Summary,
    "request": forms.Request,
    "minutes": forms.Minutes,
    "submission": forms.Submission,
    "evidence": forms.EvidenceList,
    "analysis": forms.Analysis,
}
"""The documents, in the order in which they are made, with their fields."""
_FOLDER: Final = "book/documents"
_OURS: Final = Path(__file__).resolve().parents[2]
"""The source checkout, whose templates serve where a project has none."""
_LEAF: Final = object()
_SPACES: Final = re.compile(r"[\s\x07]+")
_BRACES: Final = re.compile(r"(?<=[{%}#])_(?=[{%}#])")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _finalize(value: object) -> object:
    """Return text from data as it may stand in Word: one line, nothing that is read as a tag."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    text = _CONTROL.sub("", _SPACES.sub(" ", value))
    # docxtpl turns `{_{` into `{{` after it has filled in a template.
    return Markup(_BRACES.sub("&#95;", str(escape(text))))


def environment() -> SandboxedEnvironment:
    """Return what templates are read and filled in with."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_finalize)


@dataclass(frozen=True)
class Template:
    """A Word template of one document.

    Attributes
    ----------
    name : str
        One of `FORMS`.
    file : str
        The template as its user names it.
    content : bytes
    """

    name: str
    file: str
    content: bytes


def read_templates(project: Project, lang: Lang, case_id: str = "") -> dict[str, Template]:
    """Read the templates of all documents: the office's own where it names them.

    Parameters
    ----------
    project : Project
    lang : {"vi", "en"}
    case_id : str, optional
        Whose parameters may name templates, before `_quarto.yml`.

    Raises
    ------
    DataErrors
        With everything wrong in any of them: a template that is gone or broken, errors of syntax,
        fields that its document does not have.
    """
    problems, found = Collector(), {}
    named = own_templates(project, lang, case_id, tuple(FORMS), problems)
    for name in FORMS:
        file = named.get(name) or f"{_FOLDER}/{'en/' if lang == 'en' else ''}{name}.docx"
        path = project.root / file
        if name not in named and not path.is_file():
            path = _OURS / file
        try:
            content = path.read_bytes()
        except OSError:
            told, wanted = say("official.template_gone"), say("official.template_gone_wanted")
            problems.add(Problem(file, told, wanted))
            continue
        template = Template(name, file, content)
        for problem in faults(template):
            problems.add(problem)
        found[name] = template
    problems.raise_if_any()
    return found


def opened(template: Template) -> DocxTemplate:
    """Return a template opened, or raise `DataErrors` where it is no Word file."""
    try:
        made = DocxTemplate(BytesIO(template.content))
        made.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        told = say("official.template_broken", reason=str(error))
        wanted = say("official.template_broken_wanted")
        raise DataErrors([Problem(template.file, told, wanted)]) from None
    return made


def faults(template: Template) -> list[Problem]:
    """Return what is wrong with a template: syntax, and fields that its document does not have."""
    try:
        made = opened(template)
    except DataErrors as error:
        return list(error.problems)
    problems, scope = [], _names_of(FORMS[template.name])
    for xml in _parts(made):
        # As docxtpl lays it out before it is read, so that a line is a paragraph.
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", made.patch_xml(xml))
        try:
            tree = environment().parse(source)
        except TemplateSyntaxError as error:
            near = _words(source.splitlines()[error.lineno - 1 : error.lineno + 1])
            told = say("official.template_syntax", reason=error.message, near=near[:120])
            problems.append(Problem(template.file, told, _how()))
            continue
        for unknown, known in dict(_unknown(tree, dict(scope))).items():
            told = say("official.template_field", field=unknown)
            wanted = closest(unknown.rpartition(".")[2], known, "official.field_wanted")
            problems.append(Problem(template.file, told, wanted, column=unknown))
    return problems


def _how() -> str:
    return say("official.template_syntax_wanted").format()


def _words(lines: list[str]) -> str:
    """Return the words of a few lines of Word's XML."""
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(lines)).split())


def _parts(made: DocxTemplate) -> Iterator[str]:
    yield made.get_xml()
    for uri in (made.HEADER_URI, made.FOOTER_URI):
        for _, part in made.get_headers_footers(uri):
            yield made.get_part_xml(part)


def _names_of(form: Any) -> dict[str, Any]:
    """Return the names of a document's fields with what each holds."""
    hints = get_type_hints(form)
    return {field.name: hints[field.name] for field in fields(form)}


def _unknown(node: nodes.Node, scope: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the fields that a template uses and that are not there, with those that are."""
    if isinstance(node, nodes.For):
        yield from _unknown(node.iter, scope)
        held = _kind(node.iter, scope)
        inner = dict(scope)
        item = get_args(held)[0] if get_origin(held) is tuple else _LEAF
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = item
        inner["loop"] = None
        for child in (*node.body, *node.else_):
            yield from _unknown(child, inner)
        return
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        yield from _unknown(node.node, scope)
        scope[node.target.name] = _kind(node.node, scope)
        return
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in scope:
        yield node.name, tuple(scope)
        return
    if isinstance(node, nodes.Getattr):
        owner = _kind(node.node, scope)
        if owner is not None:
            names = _names_of(owner) if is_dataclass(owner) else {}
            if node.attr not in names:
                yield _dotted(node), tuple(names)
    for child in node.iter_child_nodes():
        yield from _unknown(child, scope)


def _kind(node: nodes.Node, scope: Mapping[str, Any]) -> Any:
    """Return what an expression holds; None where that cannot be told."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        owner = _kind(node.node, scope)
        return _names_of(owner).get(node.attr) if is_dataclass(owner) else None
    return None


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
