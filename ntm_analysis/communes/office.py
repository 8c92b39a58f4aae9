"""What only the appraising office knows: who signs, the team, the meeting, numbers and days."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from ntm_analysis.communes.schema import Label, Schema


class Member(Schema):
    """One member of the appraisal team.

    Attributes
    ----------
    name : str
    post : Label or None
        Office held: *Trưởng phòng Nông nghiệp*.
    role : Label or None
        Place in the team: *Trưởng đoàn*.
    """

    name: str
    post: Label | None = None
    role: Label | None = None


class Visit(Schema):
    """A place that the team went to, and what it saw there."""

    place: Label
    on: dt.date | None = None
    seen: Label | None = None


class Opinion(Schema):
    """What somebody said at the meeting of the appraisal."""

    by: Label
    text: Label


class Attendee(Schema):
    """Somebody at the meeting who is not of the team, and the office held."""

    name: str
    post: Label | None = None


class Meeting(Schema):
    """The meeting at which the minutes were taken; times as written, `14 giờ 00`.

    Attributes
    ----------
    at : Label or None
    on : date or None
    begun, ended : str or None
    attendees : tuple of Attendee
        Who took part beside the team: the commune, the other bodies.
    secretary : Attendee or None
        Who took the minutes, and signs them beside the head of the team.
    opinions : tuple of Opinion
    """

    at: Label | None = None
    on: dt.date | None = None
    begun: str | None = None
    ended: str | None = None
    attendees: tuple[Attendee, ...] = ()
    secretary: Attendee | None = None
    opinions: tuple[Opinion, ...] = ()


class Signatory(Schema):
    """Who signs.

    Attributes
    ----------
    name : str or None
    post : Label
        *Chủ tịch*, *Phó Chủ tịch*.
    in_place_of : Label or None
        Whose post a deputy signs in place of (KT.).
    """

    name: str | None = None
    post: Label
    in_place_of: Label | None = None


class PaperMarks(Schema):
    """The number and day that a document was given when it was issued."""

    number: str | None = None
    date: dt.date | None = None


PaperName = Literal["report", "request", "minutes", "submission"]


class Office(Schema):
    """What only the appraising office knows, for the documents that it signs.

    Attributes
    ----------
    place : Label or None
        Where documents are dated: *Thanh Liêm*.
    superior : Label or None
        The body above the issuing one, where the head names it.
    symbol : str or None
        The office's mark in numbers: `UBND`.
    unit : str or None
        The mark of the unit that drafts: `NN`, in a letter's number and beside the file copy.
    signatory : Signatory or None
    head_of_commune : Signatory or None
        Who signs the minutes for the commune.
    recipients : tuple of Label
        Who gets a copy.
    team : tuple of Member
    visits : tuple of Visit
    meeting : Meeting or None
    recommendations : tuple of Label
        What the appraiser recommends beside what follows from the results.
    papers : mapping of document to PaperMarks
        Numbers and days, once given.
    """

    place: Label | None = None
    superior: Label | None = None
    symbol: str | None = None
    unit: str | None = None
    signatory: Signatory | None = None
    head_of_commune: Signatory | None = None
    recipients: tuple[Label, ...] = ()
    team: tuple[Member, ...] = ()
    visits: tuple[Visit, ...] = ()
    meeting: Meeting | None = None
    recommendations: tuple[Label, ...] = ()
    papers: dict[PaperName, PaperMarks] = Field({})
