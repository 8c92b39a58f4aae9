"""How well a draft is, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from ntm_analysis.law.draft import Draft


@dataclass
class Score:
    """Cells drafted right, left to a person, wrong with a mark and wrong without one."""

    right: int = 0
    left: int = 0
    wrong_marked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lefts: list[str] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.right + self.left + len(self.wrong) + len(self.wrong_marked)

    def __str__(self) -> str:
        return (
            f"{self.right}/{self.all} right, {self.left} left, {len(self.wrong_marked)} wrong "
            f"marked, {len(self.wrong)} wrong unmarked"
        )


def score(draft: Draft, truth: dict[tuple[str, str, str], str]) -> Score:
    """Compare a draft with what a person reads."""
    result = Score()
    found = {(one.code, one.limb, one.division): one for one in draft.items if one.code}
    for key, wanted in truth.items():
        one = found.pop(key, None)
        if one is None or one.reading.sure == "person":
            result.left += 1
            result.lefts.append(f"{key} {one and (one.printed, [str(w) for w in one.reading.why])}")
        elif one.reading.requires.replace("<=", "<").replace(">=", ">") == "":
            result.left += 1
        elif one.reading.requires == wanted:
            result.right += 1
        else:
            told = f"{key} {one.printed!r}: {one.reading.requires}, wanted {wanted}"
            (result.wrong if one.reading.sure == "sure" else result.wrong_marked).append(told)
    for key, one in found.items():
        if one.reading.sure != "person" and one.reading.requires:
            told = f"{key} {one.printed!r}: {one.reading.requires}, not in the annex"
            (result.wrong if one.reading.sure == "sure" else result.wrong_marked).append(told)
    return result
