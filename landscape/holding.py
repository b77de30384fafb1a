"""What holds in the place of a policy, if what replaced it was replaced too."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from landscape.models import Policy, PolicyRelation
from landscape.wording import in_part


@dataclass(frozen=True)
class Heir:
    """A policy in the place of another one: since when, and for what if not for all;
    what it still holds for, if it ended but for that."""

    policy: Policy
    since: str
    scope: str
    limits: str = ""

    @property
    def is_no_more(self) -> bool:
        """Whether it ended too, and nothing of it is left."""
        return self.policy.status in Policy.ENDED and not self.limits


def heirs_of(policy: Policy, steps: Iterable[PolicyRelation]) -> list[Heir]:
    """What stands in the place of a policy today; if nothing does, what did last.
    steps: those by which others replace it. Only if one of these ended too, a query
    finds what came after that."""
    onwards = defaultdict(list)
    for step in steps:
        onwards[step.other_id].append(step)
    first = [step.policy for step in onwards[policy.pk]]
    ended = [heir.pk for heir in first if heir.status in Policy.ENDED]
    for step in PolicyRelation.objects.onwards_from(ended) if ended else ():
        onwards[step.other_id].append(step)

    def follow(key: int, since: str = "", scopes: tuple[str, ...] = ()) -> list[Heir]:
        found = []
        for step in onwards[key]:
            way = max(since, step.since), (*scopes, step.scope)
            here = _heir(step, *way, onwards[step.policy_id])
            has_ended = step.policy.status in Policy.ENDED
            later = follow(step.policy_id, *way) if has_ended else []
            found += later if later and here.is_no_more else [here, *later]
        return found

    heirs = list({heir.policy.pk: heir for heir in follow(policy.pk)}.values())
    return [heir for heir in heirs if not heir.is_no_more] or heirs


def _heir(step: PolicyRelation, since: str, scopes: tuple[str, ...], onwards) -> Heir:
    scope = ", ".join(dict.fromkeys(filter(None, scopes)))
    left = ""
    if step.policy.status in Policy.ENDED:
        left = in_part((after.scope, after.still_for) for after in onwards)
    return Heir(step.policy, since, scope, left)
