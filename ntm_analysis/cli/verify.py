"""`ntm verify`: whether a report still follows from its inputs."""

from __future__ import annotations

import json
from dataclasses import asdict

from rich.text import Text

from ntm_analysis.cli.console import BAD_INPUT, out, stop, told, write
from ntm_analysis.cli.data import project_here
from ntm_analysis.language import say
from ntm_analysis.verification import Verification, verify

_MOST = 40
"""Differences told one by one."""
_LONG = 160


def verify_report(report: str, *, as_json: bool) -> None:
    """Make a report anew and say what differs; exit code 1 if anything does."""
    project = project_here()
    with told():
        found = verify(project, report)
    if as_json:
        write(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    else:
        _show(found)
    if not found.holds:
        stop(BAD_INPUT)


def _plain(found: Verification) -> dict[str, object]:
    return {
        "id": found.id,
        "report": str(found.folder),
        "holds": found.holds,
        "made": found.made,
        "record_agrees": found.record.agrees,
        "inputs": [asdict(one) for one in found.inputs],
        "differences": [{**asdict(one), "from": list(inputs)} for one, inputs in found.differences],
    }


def _show(found: Verification) -> None:
    def line(text: str, style: str = "") -> None:
        out.print(Text(text, style=style), soft_wrap=True)

    line(say("verify.of", id=found.id or "?", folder=str(found.folder)), "bold")
    if not found.record.agrees:
        line(f"✗ {say('verify.record_differs')}", "red")
    for one in found.changed:
        values = f": {one.then[:12]} → {one.now[:12]}" if one.then and one.now else ""
        line(f"  {say(f'verify.{one.state}', name=one.name)}{values}", "yellow")
    same = sum(one.state == "same" for one in found.inputs)
    line(say("verify.inputs", same=same, all=len(found.inputs)))
    if not found.made:
        line(say("verify.not_made", files=", ".join(found.missing) or "params/"), "red")
        return
    for other, inputs in found.differences[:_MOST]:
        parts = (other.file, other.row, other.what, other.column)
        place = ":".join(str(part) for part in parts if part)
        values = say("verify.values", report=_short(other.report), now=_short(other.now))
        cause = say("verify.from", inputs=", ".join(inputs)) if inputs else say("verify.edited")
        line(f"✗ {place}: {values}. {cause}", "red")
    if (more := len(found.differences) - _MOST) > 0:
        line(say("verify.more", count=more))
    if found.differences:
        line(say("verify.differs", count=len(found.differences)), "bold red")
    elif found.changed:
        line(f"✓ {say('verify.same_result')}", "green")
    else:
        line(f"✓ {say('verify.holds')}", "green")


def _short(text: str) -> str:
    return f"{text[:_LONG]}…" if len(text) > _LONG + 1 else text or "–"
