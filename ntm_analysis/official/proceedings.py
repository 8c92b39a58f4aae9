"""The minutes of the appraisal, and the submission to the body that recognises."""

from __future__ import annotations

from ntm_analysis.communes.office import Attendee, Member
from ntm_analysis.numbers import format_date
from ntm_analysis.official import fields
from ntm_analysis.official.report import (
    bases,
    concluded_conditions,
    concluded_level,
    dossier,
    proposal,
)
from ntm_analysis.official.results import conclusion
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.wording import listed


def minutes(setting: Setting) -> fields.Minutes:
    """Return the fields of the minutes; what happened there only the office knows."""
    office, lang = setting.office, setting.lang
    meeting = office.meeting
    at = meeting.at[lang] if meeting and meeting.at else setting.blank("at")
    begun = meeting.begun if meeting and meeting.begun else setting.blank("begun")
    ended = meeting.ended if meeting and meeting.ended else setting.blank("ended")
    if meeting and meeting.on:
        day = format_date(meeting.on, lang)
        begun = setting.say("time_and_day", time=begun, day=day)
        ended = setting.say("time_and_day", time=ended, day=day)
    people = tuple(
        fields.Person(
            one.name,
            one.post[lang] if one.post else setting.blank("post"),
            one.role[lang] if one.role else setting.blank("role"),
        )
        for one in office.team
    ) or (fields.Person(setting.blank("name"), setting.blank("post"), setting.blank("role")),)
    seen = tuple(
        fields.Seen(
            one.place[lang],
            format_date(one.on, lang, "short") if one.on else setting.blank("visit_day"),
            one.seen[lang] if one.seen else setting.blank("seen"),
        )
        for one in office.visits
    ) or (fields.Seen(setting.blank("visits"), setting.blank("visit_day"), setting.blank("seen")),)
    opinions = tuple(
        setting.say("opinion", by=one.by[lang], text=one.text[lang])
        for one in (meeting.opinions if meeting else ())
    ) or (setting.blank("opinions"),)
    leader = next(
        (one for one in office.team if one.role and one.role.vi.casefold() == "trưởng đoàn"), None
    )
    keeper = meeting.secretary if meeting else None
    attendees = tuple(
        fields.Attendee(one.name, one.post[lang] if one.post else setting.blank("attendee_post"))
        for one in (meeting.attendees if meeting else ())
    ) or (fields.Attendee(setting.blank("attendee"), setting.blank("attendee_post")),)
    return fields.Minutes(
        **setting.common("minutes", _copies(setting)),
        at=at,
        begun=begun,
        ended=ended,
        team=people,
        attendees=attendees,
        chair=_in_full(setting, leader, "chair"),
        secretary=_in_full(setting, keeper, "secretary"),
        secretary_name=keeper.name if keeper else setting.blank("secretary_name"),
        visits=seen,
        dossier=dossier(setting),
        results=tuple(conclusion(setting, number) for number in setting.report.criteria),
        opinions=opinions,
        conclusion=(*concluded_level(setting), concluded_conditions(setting)),
        head_of_team=leader.name if leader else setting.blank("team_head"),
        head_of_commune=setting.signature(office.head_of_commune, "commune_head"),
    )


def _in_full(setting: Setting, person: Member | Attendee | None, key: str) -> str:
    """Return somebody with the office held."""
    if person is None:
        return setting.blank(key)
    return ", ".join(filter(None, (person.name, person.post[setting.lang] if person.post else "")))


def _copies(setting: Setting) -> tuple[str, ...]:
    """Return who gets the minutes: the commune, whom the office names, the file."""
    others = [one[setting.lang] for one in setting.office.recipients]
    commune = setting.say("committee_of_commune", commune=setting.commune)
    others = others or [setting.blank("recipients")]
    return listed([commune, *others, setting.say("file_copy_minutes")])


def submission(setting: Setting) -> fields.Submission:
    """Return the fields of the submission: it asks for recognition only where all is concluded."""
    eligible = setting.report.eligible
    about = setting.say(
        "about" if eligible else "about_not_yet",
        commune=setting.commune_in_full,
        level=setting.report.case.rules.loaded.about.level[setting.lang],
        year=setting.report.case.params.year,
    )
    enclosed = ("enclosed_report", "enclosed_summary", "enclosed_minutes", "enclosed_evidence")
    return fields.Submission(
        **setting.common("submission"),
        bases=bases(setting),
        about=about,
        results=(*concluded_level(setting), concluded_conditions(setting)),
        proposal=proposal(setting),
        enclosed=listed([setting.say(key) for key in enclosed]),
    )
