"""The codebook: every column of every table, every variable that communes report, every unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from ntm_analysis.dataset.schema import CODEBOOK, TABLES, Field, Table
from ntm_analysis.dataset.tables import to_arrow
from ntm_analysis.language import LANGUAGES, Lang, translate
from ntm_analysis.rulebook import Rulebook, Variable

_IN_COLUMN = "column:"


def codebook_table(rulebook: Rulebook) -> pa.Table:
    """Return the codebook: columns in the order of the tables, then variables, then units."""
    rows = [_column(rulebook, table, one) for table in (*TABLES, CODEBOOK) for one in table.fields]
    used = _uses(rulebook)
    rows += [
        _variable(rulebook, name, variable, used.get(name, ()))
        for name, variable in sorted(rulebook.variables.items())
    ]
    rows += [
        {
            **dict.fromkeys(CODEBOOK.columns, ""),
            **{"entry": "unit", "name": key, "kind": "unit", "source": "rulebook"},
            **{"label_vi": unit.label.vi, "label_en": unit.label.en},
        }
        for key, unit in sorted(rulebook.units.items())
    ]
    return to_arrow(CODEBOOK, pd.DataFrame(rows, columns=list(CODEBOOK.columns)))


def _unit(rulebook: Rulebook, key: str, lang: Lang) -> str:
    if key.startswith(_IN_COLUMN):
        return translate("dataset.unit_in", lang, column=key.removeprefix(_IN_COLUMN))
    return rulebook.units[key].label[lang] if key else ""


def _column(rulebook: Rulebook, table: Table, field: Field) -> dict[str, str]:
    return {
        "entry": "column",
        "table": table.name,
        "name": field.name,
        "label_vi": field.label("vi"),
        "label_en": field.label("en"),
        "kind": field.type,
        "unit": field.unit,
        "unit_vi": _unit(rulebook, field.unit, "vi"),
        "unit_en": _unit(rulebook, field.unit, "en"),
        "values": "; ".join(field.enum),
        "definition_vi": field.definition("vi"),
        "definition_en": field.definition("en"),
        "source": field.source,
    }


def _uses(rulebook: Rulebook) -> dict[str, list[str]]:
    used: dict[str, list[str]] = defaultdict(list)
    for key, loaded in sorted(rulebook.sets.items()):
        for code, indicator in loaded.indicators.items():
            for name in dict.fromkeys((*indicator.variables, *indicator.context)):
                used[name].append(f"{key} {code}")
    return used


def _variable(
    rulebook: Rulebook, name: str, variable: Variable, used: Sequence[str]
) -> dict[str, str]:
    definitions = {lang: _definition(rulebook, variable, lang) for lang in LANGUAGES}
    return {
        "entry": "variable",
        "table": "",
        "name": name,
        "label_vi": variable.label.vi,
        "label_en": variable.label.en,
        "kind": variable.kind,
        "unit": variable.unit,
        "unit_vi": _unit(rulebook, variable.unit, "vi"),
        "unit_en": _unit(rulebook, variable.unit, "en"),
        "values": "; ".join(f"{place}={key}" for place, key in enumerate(variable.grades)),
        "definition_vi": definitions["vi"],
        "definition_en": definitions["en"],
        "source": "; ".join(used) or "rulebook",
    }


def _definition(rulebook: Rulebook, variable: Variable, lang: Lang) -> str:
    parts = [variable.note[lang]] if variable.note else []
    if variable.part_of:
        whole = rulebook.variables[variable.part_of].label[lang]
        parts.append(translate("dataset.part_of", lang, whole=whole, name=variable.part_of))
    return " ".join(parts)


def codebook_markdown(codebook: pa.Table) -> str:
    """Return the codebook for reading: a section a table, then the variables, in both languages."""
    frame = codebook.to_pandas().fillna("")
    parts = [f"# {_both('dataset.codebook_title')}"]
    for table in (*TABLES, CODEBOOK):
        rows = frame[(frame["entry"] == "column") & (frame["table"] == table.name)]
        texts = [" / ".join(table.title(lang) for lang in LANGUAGES), ""]
        texts += [table.description(lang) + "\n" for lang in LANGUAGES]
        parts.append(f"## `{table.name}`: " + "\n".join([*texts, _lines(rows)]))
    for entry in ("variable", "unit"):
        rows = frame[frame["entry"] == entry]
        parts.append(f"## {_both(f'dataset.{entry}s_title')}\n\n" + _lines(rows))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _both(key: str) -> str:
    return " / ".join(translate(key, lang) for lang in LANGUAGES)


def _lines(rows: pd.DataFrame) -> str:
    heads = [_both(f"dataset.head_{key}") for key in ("name", "label", "kind", "unit", "text")]
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for row in rows.to_dict("records"):
        cells = [
            f"`{row['name']}`",
            f"{row['label_vi']} / {row['label_en']}",
            f"{row['kind']} ({row['values']})" if row["values"] else row["kind"],
            " / ".join(dict.fromkeys(u for u in (row["unit_vi"], row["unit_en"]) if u)),
            " / ".join(d for d in (row["definition_vi"], row["definition_en"]) if d),
        ]
        cells[-1] = f"{cells[-1]} [{row['source']}]".strip()
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
