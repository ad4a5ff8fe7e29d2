"""What a run reports and what it keeps back: its findings against suppressions, policy and baseline, in this order. Pure.

It comes after everything that may be kept of a run: a suppression depends on its file's text alone, and policy and baseline are
applied to whatever was found. The rules about suppressions answer to policy, but to no comment and no baseline.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from incidentbook import rules, source
from incidentbook.finding import Finding
from incidentbook.frozen import frozen
from incidentbook.records.policy.checks import ChecksPolicy, PathChecks
from incidentbook.results import baseline
from incidentbook.results.baseline import may_be_known
from incidentbook.results.settled import BASELINE, COMMENT, POLICY, Kept, Settled
from incidentbook.rules import Rule, globs, suppressions
from incidentbook.rules.limits import MOST_HITS
from incidentbook.rules.suppressions import Suppression, Word

UNUSED = "unused-suppression"
_CODE = re.compile(r"[A-Za-z]{2,8}[0-9]+")


@frozen
class Terms:
    """What is known of a run when its findings are settled.

    Attributes:
        known: the fingerprints of the baseline; None where there is none.
        selected: the words that the caller has asked for: one that is a code or a name overrides policy's general `ignore`.
        ran: returns the rules that have run, where not all have; called only where there are suppressions.
        failed: whether one of them failed.

    """

    known: frozenset[str] | None = None
    selected: Collection[str] = ()
    ran: Callable[[], Sequence[Rule]] | None = None
    failed: bool = False


def settle(
    findings: Sequence[Finding], texts: Mapping[str, str], policy: ChecksPolicy, terms: Terms | None = None
) -> Settled:
    """Return what is reported of ``findings``, and what is kept back by what.

    Args:
        findings: all of those of the files in which they are, sorted.
        texts: the text of each of these files.
        policy: settings of the checker.
        terms: what else is known of the run.

    """
    terms = terms or Terms()
    left, by_comment = _by_comment(findings, texts, terms)
    by_policy = [found for found in left if _is_ignored(found, policy, terms)]
    ignored = frozenset(by_policy)
    judged = [_graded(found, policy) for found in left if found not in ignored]
    known = _known(judged, texts, terms.known or frozenset())
    kept = [*_kept(by_comment, COMMENT), *_kept(by_policy, POLICY), *_kept(known, BASELINE)]
    reported = tuple(found for found in judged if found not in known)
    return Settled(reported, tuple(kept), len(terms.known or ()) - len(known))


def _kept(findings: Iterable[Finding], by: str) -> Iterator[Kept]:
    return (Kept(found, by) for found in findings)


def _by_comment(
    findings: Sequence[Finding], texts: Mapping[str, str], terms: Terms
) -> tuple[list[Finding], list[Finding]]:
    """Part ``findings`` into what is left and what a comment keeps back."""
    left: list[Finding] = []
    kept: list[Finding] = []
    have_run = functools.cache(lambda word: _have_run(word, terms))
    for path, group in itertools.groupby(findings, key=lambda found: found.path):
        members = list(group)
        text = texts.get(path, "")
        there = _suppressions(path, text) if suppressions.MARK in text else ()
        speaking_of = suppressions.by_line(each for each in there if each.reason)
        words = {word.span: word.text for suppression in there for word in suppression.words}
        unused: list[Finding] = []
        for found in members:
            if found.rule == UNUSED:
                unused.append(found)
                continue
            used = list(_covering(found, speaking_of(found.span.line))) if may_be_known(found) else []
            (kept if used else left).append(found)
            for word in used:
                words.pop(word.span, None)
        cut = (
            {code for code, n in Counter(found.code for found in members).items() if n > MOST_HITS} if unused else set()
        )
        left += [
            found
            for found in unused
            if (named := words.get(found.span)) and have_run(named) and not _is_named(named, cut)
        ]
    return sorted(left, key=lambda found: found.sort_key), kept


def _suppressions(path: str, text: str) -> Sequence[Suppression]:
    return suppressions.of(source.load_as(path, text))


def _covering(found: Finding, there: Iterable[Suppression]) -> Iterator[Word]:
    """Yield the words by which the suppressions ``there`` keep a finding back."""
    for suppression in there:
        yield from (word for word in suppression.words if _means(word.text, found))


def _is_named(word: str, codes: Collection[str]) -> bool:
    """Whether a word of a suppression names one of the rules ``codes``, which do not show all that they have found."""
    return bool(codes) and any(rule.code in codes for rule in suppressions.named(word, rules.discover()))


def _have_run(word: str, terms: Terms) -> bool:
    """Whether all rules that a word of a suppression names have run to their end."""
    if terms.failed or terms.ran is None:
        return not terms.failed
    return {rule.code for rule in suppressions.named(word, rules.discover())} <= {rule.code for rule in terms.ran()}


def _is_ignored(found: Finding, policy: ChecksPolicy, terms: Terms) -> bool:
    asked_for = any(word.upper() == found.code or word == found.rule for word in terms.selected)
    if not asked_for and any(_means(word, found) for word in policy.ignore):
        return True
    return any(_means(word, found) for part in _parts(found, policy) for word in part.ignore)


def _graded(found: Finding, policy: ChecksPolicy) -> Finding:
    """Return the finding with policy's grade. One that its rule itself takes less seriously than others stays as it is."""
    grades = [*policy.grades.items(), *(pair for part in _parts(found, policy) for pair in part.grades.items())]
    meant = [grade for word, grade in grades if _means(word, found)]
    return replace(found, grade=meant[-1]) if meant and found.grade is _rule(found.code).grade else found


def _parts(found: Finding, policy: ChecksPolicy) -> Iterator[PathChecks]:
    """Yield policy's settings for the file of a finding; those that give no reason set nothing."""
    return (part for part in policy.paths if part.reason and globs.matcher(part.match)(found.path))


def _known(findings: Sequence[Finding], texts: Mapping[str, str], known: frozenset[str]) -> frozenset[Finding]:
    if not known:
        return frozenset()
    candidates = [found for found in findings if may_be_known(found)]
    made = baseline.fingerprints(candidates, texts)
    return frozenset(found for found, fingerprint in zip(candidates, made, strict=True) if fingerprint in known)


def _means(word: str, found: Finding) -> bool:
    """Whether ``word`` means the rule of a finding. The rules are loaded only where it may be a family."""
    if word == found.rule or (word != "" and found.code.startswith(word.upper())):
        return True
    return not _CODE.fullmatch(word) and _rule(found.code).family == word


def _rule(code: str) -> Rule:
    return next(rule for rule in rules.discover() if rule.code == code)
