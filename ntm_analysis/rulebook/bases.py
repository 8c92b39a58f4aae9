"""The decisions that an appraisal rests on: those in force at its place and on its day."""

from __future__ import annotations

from ntm_analysis.rulebook.in_force import NATIONAL, RulesInForce


def legal_bases(rules: RulesInForce) -> tuple[str, ...]:
    """Return the keys of the decisions in force, the criteria set's own in their order first.

    A decision of another province is none of them, nor one that was made after the day. Those that
    set a threshold in force belong to them, and those on the conditions of recognition.

    Parameters
    ----------
    rules : RulesInForce
    """
    about = rules.loaded.about
    here = (NATIONAL, rules.place)
    named = [
        *about.decisions,
        *(rule.decision for rule in rules.rules if rule.decision),
        *(
            span.decision
            for rule in rules.rules
            for span in rule.indicator.in_force
            if any(span.covers(place, rules.on) for place in here)
        ),
        *(condition.decision for condition in about.conditions),
    ]
    found = []
    for key in dict.fromkeys(named):
        decision = rules.rulebook.decisions[key]
        since = decision.in_force or decision.date
        sets_a_rule = key in named[len(about.decisions) :]
        known = since is not None or sets_a_rule
        if decision.place in here and known and (since is None or since <= rules.on):
            found.append(key)
    return tuple(sorted(found, key=lambda key: rules.rulebook.decisions[key].place != NATIONAL))
