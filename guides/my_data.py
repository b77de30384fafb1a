"""What a person wrote into guides, and what becomes of it when they leave."""

from typing import Any

from accounts.models import User
from guides.models import (
    Edition,
    Guide,
    GuideAction,
    OldSlug,
    Plan,
    ReviewTask,
    Topic,
    Verification,
)

GOES = {
    "guides.edition_editors.user": "That you helped with an edition of a guide",
    "guides.plan.person": "Your plans for pathways, with your ticks",
}
DECISIONS = "When guides were published, withdrawn or moved, and why"
STAYS = {
    "guides.edition.created_by": "Guides that you wrote, signed “A former member”",
    "guides.edition.published_by": DECISIONS,
    "guides.edition.approved_by": DECISIONS,
    "guides.edition.reviewer": DECISIONS,
    "guides.guide.owner": "Guides that were in your care",
    "guides.guide.visibility_changed_by": DECISIONS,
    "guides.guide.offered_to": "Guides that were offered to your care",
    "guides.guideaction.by": DECISIONS,
    "guides.guideaction.person": DECISIONS,
    "guides.guideaction.former_owner": DECISIONS,
    "guides.reviewtask.closed_by": "When you followed up what had changed",
    "guides.verification.by": "When guides were found still correct",
    "guides.image.uploaded_by": "Images that you added to guides",
    "guides.oldslug.changed_by": DECISIONS,
    "guides.topic.merged_by": "When topics were merged",
}


def export_for(person: User) -> dict[str, Any]:
    """Editions with their texts, and what was done to guides."""
    texts = ("title", "summary", "body", "muted_terms", "byline", "change_note")
    texts = (*texts, "override_reason")
    dates = ("state", "created_at", "published_at")
    edition = ("guide__slug", "number")
    decided = Guide.objects.filter(visibility_changed_by=person)
    moved = OldSlug.objects.filter(changed_by=person)
    merged = Topic.objects.filter(merged_by=person)
    published = Edition.objects.filter(published_by=person)
    done = GuideAction.objects.filter(by=person)
    checked = Verification.objects.filter(by=person)
    followed = ReviewTask.objects.filter(closed_by=person)
    task = ("guide__slug", "state", "note", "closed_at")
    decision = ("slug", "visibility", "visibility_reason", "visibility_changed_at")
    plans = Plan.objects.filter(person=person).with_done()
    plan = ("pathway__slug", "starts_on", "place", "profession", "tier", "done_steps")
    image = ("name", "alt", "guide__slug", "created_at")
    return {
        "editions": list(person.editions.values(*edition, *texts, *dates)),
        "helped_with": list(person.edits.values(*edition)),
        "published": list(published.values(*edition, "published_at")),
        "in_my_care": list(person.guides.values("slug", "visibility", "created_at")),
        "shown_or_withdrawn": list(decided.values(*decision)),
        "decisions": list(done.values("guide__slug", "verb", "reason", "at")),
        "checked": list(checked.values("guide__slug", "basis", "note", "at")),
        "followed_up": list(followed.values(*task)),
        "merged_topics": list(merged.values("slug", "merged_into__slug", "merged_at")),
        "images": list(person.images.values(*image)),
        "plans": list(plans.values(*plan)),
        "moved": list(moved.values("slug", "guide__slug", "changed_at")),
    }


def forget(person: User) -> None:
    """Delete drafts that the person wrote alone, and pictures that only these had;
    what readers saw stays."""
    drafts = person.editions.drafts()
    drafts.exclude(pk__in=drafts.filter(editors__in=_others(person))).delete()
    unseen = Guide.objects.filter(visibility="unpublished", editions=None)
    for image in person.images.filter(guide__in=unseen).select_related("guide"):
        image.discard()


def _others(person: User):
    return User.objects.exclude(pk=person.pk)
