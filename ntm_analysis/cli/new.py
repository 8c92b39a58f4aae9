"""`ntm new`: the files of a new commune."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

from ntm_analysis.batch.atomic import write_text
from ntm_analysis.cli.console import out, told
from ntm_analysis.cli.data import project_here
from ntm_analysis.cli.rules import in_force
from ntm_analysis.communes import load_case
from ntm_analysis.communes.evidence import COLUMNS as EVIDENCE
from ntm_analysis.communes.figures import COLUMNS as FIGURES
from ntm_analysis.language import Lang, say, translate
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.rulebook import load_rulebook

_ID = re.compile(r"^(?P<commune>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<year>(?:19|20)\d\d)$")
_SCHEMA = "# yaml-language-server: $schema={path}schemas/{name}.schema.json\n"


def scaffold(
    name: str,
    set_key: str,
    place: str,
    on: dt.date | None,
    called: str | None,
    district: str | None,
    lang: Lang,
) -> None:
    """Write the files of a new commune: valid, and without a single figure."""
    project = project_here()
    match = _ID.match(name)
    with told():
        if match is None:
            problem = Problem("ID", say("cli.new_form", id=name), say("cli.new_form_wanted"))
            raise DataErrors([problem])
        commune, year = match["commune"], int(match["year"])
        folder, params = project.communes / commune, project.params / f"{name}.yaml"
        if folder.exists() or params.exists():
            problem = Problem(
                project.relative(folder),
                say("cli.new_exists", id=name),
                say("cli.new_exists_wanted"),
            )
            raise DataErrors([problem])
        day = on or dt.date(year, 12, 31)
        book = load_rulebook(project.rulebook)
        rules = in_force(book, set_key, place, day)
        unnamed = {one: translate("cli.new_unnamed", one) for one in ("vi", "en")}
        profile: dict[str, Any] = {
            "id": commune,
            "name": called or unnamed[lang],
            **({"district": district} if district else {}),
            "province": place,
            "appraisals": {
                year: {
                    "set": set_key,
                    "appraiser": unnamed,
                    "legal_bases": list(rules.loaded.about.decisions),
                }
            },
        }
        settings = {"commune": commune, "year": year, "set": set_key, "on": day, "lang": lang}
        files = {
            folder / "commune.yaml": _SCHEMA.format(path="../../../", name="commune")
            + _yaml(profile),
            folder / "figures.csv": ",".join(FIGURES) + "\n",
            folder / "evidence.csv": ",".join(EVIDENCE) + "\n",
            params: _SCHEMA.format(path="../", name="params") + _yaml(settings),
        }
        for path, text in files.items():
            write_text(path, text)
        load_case(project, name, book)
    out.print(say("cli.new_done", files=", ".join(project.relative(path) for path in files)))
    out.print(say("cli.new_next", id=name), markup=False)


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
