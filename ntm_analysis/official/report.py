"""The appraisal report, in the order of official ones: bases, I results, II conclusion, III."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntm_analysis.capitals import lower_first
from ntm_analysis.communes.papers import Document
from ntm_analysis.language import translate
from ntm_analysis.narrative.filters import listing, no_stop
from ntm_analysis.narrative.titles import legal_name
from ntm_analysis.narrative.views import print_requirement
from ntm_analysis.numbers import format_date
from ntm_analysis.official import fields
from ntm_analysis.official.deeds import deeds_of
from ntm_analysis.official.recommendations import recommendations
from ntm_analysis.official.results import OPEN, conclusion, open_as, requirements, results
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.wording import listed, sentence, sentences, spoken
from ntm_analysis.rulebook import parse_requirement


def report(setting: Setting) -> fields.Report:
    """Return the fields of the appraisal report."""
    made = setting.report
    planned = made.case.appraisal.plan
    return fields.Report(
        **setting.common("report"),
        bases=bases(setting),
        period=period(setting),
        team=team(setting),
        visits=visits(setting),
        dossier=dossier(setting),
        leadership=leadership(setting),
        base_set=base_set(setting),
        criteria=tuple(_criterion(setting, number) for number in made.criteria),
        conditions=conditions(setting),
        plan_year=str(planned.year if planned else made.case.params.year + 1),
        plan=tuple(_plan(setting)),
        concluded_dossier=concluded_dossier(setting),
        concluded_level=concluded_level(setting),
        concluded_conditions=concluded_conditions(setting),
        proposal=proposal(setting),
        recommendations=recommendations(setting),
        closing=_closing(setting),
    )


def _criterion(setting: Setting, number: int) -> fields.Criterion:
    name = setting.report.case.rules.loaded.criterion[number].name[setting.lang]
    return fields.Criterion(
        number=f"{number:02d}",
        name=name,
        place=f"4.{number}",
        requirements=requirements(setting, number),
        results=results(setting, number),
        conclusion=conclusion(setting, number),
    )


# Bases ----------------------------------------------------------------------------------------


def bases(setting: Setting) -> tuple[str, ...]:
    """Return the legal bases, each as official papers have it: “Căn cứ …;”."""
    appraisal = setting.report.case.appraisal
    found = []
    for basis in appraisal.legal_bases:
        text = decision_text(setting, basis) if isinstance(basis, str) else _paper(setting, basis)
        found.append(setting.say("basis", text=text))
    if appraisal.petition:
        found.append(setting.say("basis_petition", text=_paper(setting, appraisal.petition)))
    else:
        found.append(setting.say("basis_petition", text=setting.blank("petition")))
    found.append(setting.say("basis_results", commune=setting.commune))
    return listed(found)


def decision_text(setting: Setting, key: str, *, about: bool = True) -> str:
    """Return a decision by kind, number, day, issuer, and what it is about."""
    decision, lang = setting.report.case.rules.rulebook.decisions[key], setting.lang
    parts = [legal_name(decision, lang)]
    if decision.date:
        parts.append(translate("report.dated", lang, date=format_date(decision.date, lang)))
    parts.append(translate("report.issued_by", lang, issuer=decision.issuer[lang]))
    if about:
        parts.append(lower_first(decision.title[lang]))
    return " ".join(parts)


def _cited(setting: Setting, key: str) -> str:
    """Return a decision in text: after its first citation by kind and number alone."""
    if key in setting.report.case.appraisal.legal_bases:
        return legal_name(setting.report.case.rules.rulebook.decisions[key], setting.lang)
    return decision_text(setting, key, about=False)


def _paper(setting: Setting, document: Document) -> str:
    # What the appraised report does not tell is no part of a legal basis.
    text = setting.report.document_text(document)
    text = text.partition(" (báo cáo không nêu")[0].partition(" (the report gives neither")[0]
    return lower_first(text) if not document.number else text


# Part I ---------------------------------------------------------------------------------------


def period(setting: Setting) -> str:
    """Return when the appraisal was made."""
    given, lang = setting.report.case.appraisal.period, setting.lang
    if given is None:
        return setting.blank("period")
    first, last = format_date(given.from_, lang), format_date(given.until, lang)
    return translate("report.period", lang, first=first, last=last)


def team(setting: Setting) -> str:
    """Return who appraised."""
    members = [
        ", ".join(filter(None, (m.name, *(t[setting.lang] for t in (m.post, m.role) if t))))
        for m in setting.office.team
    ]
    return "; ".join(members) or setting.blank("team")


def visits(setting: Setting) -> str:
    """Return where the team went."""
    places = [visit.place[setting.lang] for visit in setting.office.visits]
    return listing(places, setting.lang) or setting.blank("visits")


def dossier(setting: Setting) -> tuple[str, ...]:
    """Return what the dossier holds and lacks, a line each."""
    appraisal, lang = setting.report.case.appraisal, setting.lang
    items = appraisal.dossier.items
    lines = []
    if not items:
        return (setting.say("dossier_unlisted"),)
    there = [lower_first(item.name[lang]) for item in items if item.present]
    gone = [lower_first(item.name[lang]) for item in items if item.present is False]
    unsure = [lower_first(item.name[lang]) for item in items if item.present is None]
    for key, names in (("there", there), ("gone", gone), ("unsure", unsure)):
        if names:
            fields_ = {"count": len(names), "items": "; ".join(names)}
            lines.append(setting.say(f"dossier_{key}", **fields_))
    named = {item.condition for item in items if item.present and item.condition}
    papers = [
        condition.paper[lang]
        for condition in setting.report.case.rules.loaded.about.conditions
        if condition.paper
        and condition.key not in named
        and setting.report.conditions[condition.key].conclusion not in ("met", "not_applicable")
    ]
    if papers:
        lines.append(setting.say("dossier_papers", items="; ".join(papers)))
    return tuple(lines)


def leadership(setting: Setting) -> tuple[str, ...]:
    """Return how the work was led, in the words of the commune's papers."""
    led, lang = setting.report.case.appraisal.leadership, setting.lang
    lines = []
    if led.documents:
        papers = [setting.report.document_text(document) for document in led.documents]
        lines.append(setting.say("led_papers", papers="; ".join(papers)))
    done = [fact.text[lang] for fact in led.facts]
    done += deeds_of(setting, "leadership")
    if done:
        lines.append(setting.say("led_facts", text=sentences(done)))
    return tuple(lines) or (setting.say("led_nothing"),)


def base_set(setting: Setting) -> str:
    """Return what is known of the base set."""
    base, lang = setting.report.case.appraisal.base_set, setting.lang
    parts = []
    if base.recognised:
        key = "base_by" if base.by else "base"
        by = base.by[lang] if base.by else ""
        parts.append(setting.say(key, year=base.recognised, commune=setting.commune, by=by))
    else:
        parts.append(setting.say("base_unknown", commune=setting.commune))
    counts = [
        translate(f"report.base_{kind}", lang, count=f"{met}/{total}" if total else met)
        for kind, met, total in (
            ("criteria", base.criteria_met, base.criteria_total),
            ("indicators", base.indicators_met, base.indicators_total),
        )
        if met is not None
    ]
    if counts:
        against = [_cited(setting, key) for key in base.against]
        key = "base_claim_against" if against else "base_claim"
        text = {"counts": listing(counts, lang), "against": listing(against, lang)}
        parts.append(setting.say(key, **text))
    return sentences(parts)


def conditions(setting: Setting) -> tuple[str, ...]:
    """Return how each condition of recognition stands."""
    report_, lang = setting.report, setting.lang
    lines = []
    for condition in report_.case.rules.loaded.about.conditions:
        said = report_.case.appraisal.conditions.get(condition.key)
        stands = report_.conditions[condition.key]
        parts = [condition.name[lang]]
        if said and said.statement:
            parts.append(setting.say("condition_said", text=lower_first(said.statement[lang])))
        else:
            parts.append(setting.say("condition_silent"))
        if said and said.document:
            parts.append(setting.say("condition_paper", text=_paper(setting, said.document)))
        by, reason = report_.viewer.decided(condition.key)
        word = translate(f"conclusion.{stands.conclusion}", lang).lower()
        if by:
            key = "condition_decided_why" if reason else "condition_decided"
            told = setting.say(key, by=by, conclusion=word, reason=no_stop(reason))
        else:
            told = setting.say("condition_concluded", conclusion=word)
        lines.append(f"{parts[0]}: {sentence('; '.join(parts[1:]))} {sentence(told)}")
    return tuple(lines)


def _plan(setting: Setting) -> Iterator[str]:
    planned, lang = setting.report.case.appraisal.plan, setting.lang
    units = setting.report.case.rules.rulebook.units
    done = list(deeds_of(setting, "plan"))
    overall = list(deeds_of(setting, "plan", aims=True))
    if planned is None and not done and not overall:
        yield setting.say("plan_none")
        return
    if overall:
        yield setting.say("plan_aims", text=sentences(overall))
    aims: dict[str, dict[str, None]] = {}
    for target in planned.targets if planned else ():
        aim = target.text[lang] if target.text else ""
        if target.requires and target.unit:
            requirement = parse_requirement(target.requires)
            aim = spoken(print_requirement(requirement, units[target.unit], lang), lang)
        said = setting.say("target", name=lower_first(target.name[lang]), aim=aim)
        aims.setdefault(target.period[lang], {})[said] = None
    if aims:
        spans = [f"{_span(setting, when)}: {'; '.join(named)}" for when, named in aims.items()]
        yield setting.say("targets", aims=sentences(spans))
    if planned and planned.tasks:
        fields_ = [
            f"{part.field[lang]}: {no_stop('; '.join(task[lang] for task in part.tasks))}"
            for part in planned.tasks
        ]
        yield setting.say("tasks", tasks=sentences(fields_))
    if done:
        yield sentences(done)
    if not aims and not done and not overall and not (planned and planned.tasks):
        yield setting.say("plan_empty")


def _span(setting: Setting, when: str) -> str:
    """Return the time of a target as a sentence begins with it."""
    if re.fullmatch(r"\d{4}", when):
        return setting.say("in_year", year=when)
    return setting.say("in_years", years=when) if re.fullmatch(r"\d{4}\D\d{4}", when) else when


# Part II --------------------------------------------------------------------------------------


def concluded_dossier(setting: Setting) -> str:
    """Return the conclusion on the dossier."""
    items = setting.report.case.appraisal.dossier.items
    if not items:
        return setting.say("dossier_unlisted")
    there = sum(item.present is True for item in items)
    whole = setting.say("dossier_count", there=there, total=len(items))
    lacking = setting.report.open_conditions
    if not lacking:
        return whole
    return f"{whole} {setting.say('dossier_lacks', names='; '.join(lacking))}"


def concluded_level(setting: Setting) -> tuple[str, ...]:
    """Return the conclusion on criteria and indicators: only what is concluded."""
    made, lang = setting.report, setting.lang
    counts = made.counts
    met = [n for n in made.criteria if setting.concluded(n) in ("met", "not_applicable")]
    lines = [
        setting.say(
            "level_concluded",
            commune=setting.commune,
            criteria=f"{len(met)}/{len(made.criteria)}",
            indicators=f"{counts.concluded}/{len(made.indicators)}",
            on=format_date(made.case.params.on, lang),
            set=lower_first(made.case.rules.name(lang)),
        )
    ]
    claim = made.case.appraisal.claim
    if claim and claim.indicators_met != counts.concluded:
        claimed = f"{claim.criteria_met}/{claim.criteria_total}"
        indicators = f"{claim.indicators_met}/{claim.indicators_total}"
        open_ = {open_as(view) for view in made.indicators.values() if not view.concluded}
        key = "level_claimed" if open_ - {"threshold"} else "level_claimed_only"
        lines.append(setting.say(key, criteria=claimed, indicators=indicators))
    for key in OPEN:
        codes = [view.code for view in made.indicators.values() if open_as(view) == key]
        if codes:
            fields_ = {"count": len(codes), "codes": listing(codes, lang)}
            lines.append(setting.say(f"level_{key}", **fields_))
    if made.unlisted:
        lines.append(setting.say("level_unlisted", count=made.unlisted))
    return tuple(lines)


def concluded_conditions(setting: Setting) -> str:
    """Return the conclusion on the conditions of recognition."""
    made, lang = setting.report, setting.lang
    if not made.case.rules.loaded.about.conditions:
        return setting.say("conditions_none")
    open_ = [one for one in made.open_conditions if one not in made.failed_conditions]
    parts = []
    if made.failed_conditions:
        parts.append(setting.say("conditions_failed", names=listing(made.failed_conditions, lang)))
    if open_:
        parts.append(setting.say("conditions_open", names=listing(open_, lang)))
    return sentences(parts) or setting.say("conditions_met")


def proposal(setting: Setting) -> str:
    """Return what is proposed: recognition where all is concluded, else that it is not yet."""
    key = "proposal" if setting.report.eligible else "proposal_not_yet"
    return setting.say(
        key,
        commune=setting.commune,
        level=setting.report.case.rules.loaded.about.level[setting.lang],
        year=setting.report.case.params.year,
        appraiser=setting.appraiser,
    )


def _closing(setting: Setting) -> str:
    key = "closing" if setting.report.eligible else "closing_not_yet"
    return setting.say(
        key,
        appraiser=setting.appraiser,
        receiver=setting.receiver,
        commune=setting.commune,
        level=setting.report.case.rules.loaded.about.level[setting.lang],
        year=setting.report.case.params.year,
    )
