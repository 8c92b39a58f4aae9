"""The templates that an office names as its own: in a commune's parameters, or in `_quarto.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ntm_analysis.language import Lang, say
from ntm_analysis.paths import MARKER, Project
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.yamlfile import YamlDocument, read_yaml

_ENGLISH: Final = "en/"
"""Before the name of a document in English, and the folder of such templates."""


def own_templates(
    project: Project, lang: Lang, case_id: str, names: Sequence[str], problems: Collector
) -> dict[str, str]:
    """Return the office's own templates in one language, by document.

    What the parameters name goes before what `_quarto.yml` names.

    Parameters
    ----------
    project : Project
    lang : {"vi", "en"}
    case_id : str
        Empty where no parameters are asked.
    names : sequence of str
        The documents that there are.
    problems : Collector
        Gets what is wrong with the entries.

    Returns
    -------
    dict
        Paths from the project's folder, of the documents that have their own template.
    """
    files = [MARKER, *([f"params/{case_id}.yaml"] if case_id else [])]
    found: dict[str, str] = {}
    for file in files:
        document = read_yaml(project.root / file, file)
        given = document.data.get("documents") if isinstance(document.data, dict) else None
        if isinstance(given, str):
            found |= _in_folder(project, given, lang, names, document, problems)
        elif isinstance(given, Mapping) and all(isinstance(v, str) for v in given.values()):
            found |= _listed(given, lang, names, document, problems)
        elif given is not None:
            told, wanted = say("official.template_kind"), say("official.template_kind_wanted")
            problems.add(document.problem(("documents",), told, wanted))
    return found


def _listed(
    given: Mapping[Any, str],
    lang: Lang,
    names: Sequence[str],
    document: YamlDocument,
    problems: Collector,
) -> dict[str, str]:
    found = {}
    for key, file in given.items():
        name = str(key).removeprefix(_ENGLISH)
        if name not in names:
            told, wanted = _unnamed(str(key), names)
            problems.add(document.problem(("documents", str(key)), told, wanted))
        elif str(key).startswith(_ENGLISH) == (lang == "en"):
            found[name] = file
    return found


def _in_folder(
    project: Project,
    folder: str,
    lang: Lang,
    names: Sequence[str],
    document: YamlDocument,
    problems: Collector,
) -> dict[str, str]:
    """Return the templates in a folder, and tell of files there that serve no document."""
    base = project.root / folder
    if not _is_folder(base):
        told, wanted = say("official.folder_gone"), say("official.folder_gone_wanted")
        problems.add(document.problem(("documents",), told, wanted, folder))
        return {}
    # Word keeps a file that begins with ~$ beside one that is open.
    there = [
        path.relative_to(base).as_posix()
        for one in (base, base / "en")
        for path in sorted(one.glob("*.docx"))
        if not path.name.startswith("~$")
    ]
    if not there:
        told, wanted = say("official.folder_empty"), _unnamed("", names)[1]
        problems.add(document.problem(("documents",), told, wanted, folder))
    found = {}
    for file in there:
        name = file.removeprefix(_ENGLISH).removesuffix(".docx")
        if name not in names:
            problems.add(Problem(f"{folder}/{file}", *_unnamed(name, names)))
        elif file.startswith(_ENGLISH) == (lang == "en"):
            found[name] = f"{folder}/{file}"
    return found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # such as a name that is too long
        return False


def _unnamed(name: str, names: Sequence[str]) -> tuple[str, str]:
    wanted = say("official.template_unnamed_wanted", names=", ".join(names))
    return say("official.template_unnamed", name=name), wanted
