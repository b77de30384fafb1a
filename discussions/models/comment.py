"""A comment: what one person wrote in a thread."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from discussions.holds import why_held
from discussions.models.moderation import ModerationAction
from discussions.outbox import tell
from guides.fields import ProseField, readable
from guides.markdown import clean_text, render_comment

COMMENTS_A_THREAD = 50
FORMER = "A former member"  # stands for the name of somebody who left


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, and who may read them."""

    def visible_to(self, user) -> "CommentQuerySet":
        """Comments with a place in this person's page.

        Hidden and deleted ones keep their place as a stub, so that replies stand; so
        does spam that was answered. Held ones are seen by their author and by
        curators.
        """
        answers = Comment.objects.filter(in_reply_to=OuterRef("pk"))
        answered = Q(state__in=["held", "spam"]) & Exists(answers)
        placed = Q(state__in=[s for s in Comment.State if s.keeps_its_place])
        if not user.is_authenticated:
            seen = self.filter(placed | answered)
            return seen.annotate(is_held_open=Value(value=False))
        held = Q(state=Comment.State.HELD)
        if not (user.is_staff and user.has_perm("discussions.view_comment")):
            held &= Q(author=user)
        return self.filter(placed | answered | held).annotate(is_held_open=Q(held))

    def approved(self) -> "CommentQuerySet":
        """Those that everybody may read."""
        return self.filter(state=Comment.State.PUBLISHED)

    def of_threads(self, threads: models.QuerySet) -> "CommentQuerySet":
        """Those of these threads, in the order written: of each thread the first ones,
        and one more that tells whether there are others."""
        place = Window(RowNumber(), partition_by=F("thread"), order_by=F("pk").asc())
        numbered = self.filter(thread__in=threads).annotate(place=place)
        shown = numbered.filter(place__lte=COMMENTS_A_THREAD + 1)
        return shown.order_by("thread", "pk")


class Comment(models.Model):
    """What one person wrote in a thread; the first of a thread opens it."""

    class State(models.TextChoices):
        HELD = "held", "Held"
        PUBLISHED = "published", "Published"
        HIDDEN = "hidden", "Hidden"
        DELETED = "deleted", "Deleted by its author"
        SPAM = "spam", "Spam"

        @property
        def keeps_its_place(self) -> bool:
            """Whether everybody sees that the comment is or was there."""
            return self.value in {"published", "hidden", "deleted"}

    class HeldReason(models.TextChoices):
        FIRST = "first", "The first comment of a new member"
        LINK = "link", "A new member’s link"
        PERSON = "person", "This member’s comments wait"
        TRAP = "trap", "Fills in what people do not see"
        LOOK = "look", "A curator wants to look"

    thread = models.ForeignKey(
        "discussions.Thread", models.PROTECT, related_name="comments", db_index=False
    )
    in_reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="comments",
        db_index=False,
    )
    experience = models.CharField(max_length=160, blank=True)
    body = models.TextField(
        validators=[MaxLengthValidator(settings.COMMENT_MAX_LENGTH)]
    )
    body_html = models.TextField(editable=False)
    state = models.CharField(
        max_length=20, choices=State, default=State.PUBLISHED, editable=False
    )
    held_reason = models.CharField(
        max_length=20, choices=HeldReason, blank=True, editable=False
    )
    hidden_reason = ProseField(blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        # Every comment posted is written into each of these, so none says what another
        # says. Comments of a thread are found by the constraint comment_of_thread of
        # migration 0002, which has an index of thread and id.
        indexes = [
            models.Index(fields=["author", "created_at"], name="comment_of_author"),
            models.Index(
                fields=["hidden_by"],
                condition=Q(hidden_by__isnull=False),
                name="comment_hidden_by",
            ),
            models.Index(
                fields=["id"], condition=Q(state="held"), name="comment_that_is_held"
            ),
            models.Index(
                fields=["id"], condition=Q(state="spam"), name="comment_that_is_spam"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "key"], name="a_repeat_is_stored_once"
            ),
            models.UniqueConstraint(
                fields=["thread"],
                condition=Q(in_reply_to__isnull=True),
                name="one_comment_opens_a_thread",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["held", "published", "hidden", "deleted", "spam"]
                ),
                name="comment_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(hidden_reason=""),
                name="hidden_comment_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="held") ^ Q(held_reason=""),
                name="held_comment_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(in_reply_to=F("id")), name="comment_answers_another"
            ),
            models.CheckConstraint(
                condition=Q(body__length__lte=settings.COMMENT_MAX_LENGTH),
                name="comment_is_not_too_long",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"  # the admin's log keeps this, so it holds no words

    def save(self, *args, **kwargs) -> None:
        """Render the text when it may have changed."""
        given = kwargs.get("update_fields")
        if given is None or "body" in given:
            self.render()
            kwargs["update_fields"] = given and {*given, "body_html"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The permanent address, which leads to the comment's place."""
        return reverse("discussions:comment", args=[self.pk])

    def render(self) -> None:
        """Turn the Markdown into the HTML that is stored."""
        self.body = clean_text(self.body)
        self.body_html = render_comment(self.body)

    @property
    def author_name(self) -> str:
        """The author's name, or what stands for somebody who left."""
        return self.author.display_name if self.author else FORMER

    @property
    def is_stub(self) -> bool:
        """Whether only its place is shown.

        A held comment is one, unless `visible_to` found that its reader may see it.
        """
        return is_stub(self.state, getattr(self, "is_held_open", False))

    def can_be_edited_by(self, person) -> bool:
        """Whether this is its author, and the time to mend words is not over."""
        return is_recent(self.created_at) and self._is_kept_by(person)

    def can_be_deleted_by(self, person) -> bool:
        """Whether this is its author. There is no limit of time."""
        return self._is_kept_by(person)

    @transaction.atomic
    def edit(self, *, by, body: str) -> None:
        """Change the words; the earlier ones are kept for curators.

        A link that would have held the comment holds it now. Raises ValidationError
        when this person may not, or no longer.
        """
        now = self._locked()
        if not now.can_be_edited_by(by):
            raise ValidationError("This comment can no longer be edited.")
        if body == now.body:
            return
        self.earlier.create(body=now.body)
        self.body, self.edited_at = body, timezone.now()
        self.render()
        self.state, self.held_reason = now.state, now.held_reason
        if reason := why_held(by, self.body_html):
            self.state, self.held_reason = Comment.State.HELD, reason
        self.save()

    @transaction.atomic
    def delete_words(self, *, by) -> None:
        """Take its author's words away for good; a stub keeps the replies.

        Raises ValidationError when this person may not.
        """
        now = self._locked()
        if now.state == Comment.State.DELETED and now.author_id == by.pk:
            return
        if not now.can_be_deleted_by(by):
            raise ValidationError("This comment cannot be deleted.")
        self.forget_words()

    def forget_words(self) -> None:
        """Make words, earlier words and experience go; the place stays."""
        self.earlier.all().delete()
        self.state, self.held_reason = Comment.State.DELETED, ""
        self.body = self.experience = ""
        self.save()

    def approve(self, *, by, reason: str = "", note: str = "") -> None:
        """Show a held comment to everybody.

        Raises ValidationError when it is not held.
        """
        self._moderate("approve", by, reason, note)

    def hide(self, *, by, reason: str, note: str = "") -> None:
        """Take the words away and leave a stub with the reason, for all to see.

        Raises ValidationError when it is not shown or held, or no reason is given.
        """
        self._moderate("hide", by, reason, note)

    def restore(self, *, by, reason: str, note: str = "") -> None:
        """Show again what was hidden or taken for spam.

        Raises ValidationError when it was neither or no reason is given.
        """
        self._moderate("restore", by, reason, note)

    def hold(self, *, by, reason: str, note: str = "") -> None:
        """Show a comment to its author and curators only, until one has looked.

        Raises ValidationError when it is not published or no reason is given.
        """
        self._moderate("hold", by, reason, note)

    def mark_spam(self, *, by, reason: str = "Spam.", note: str = "") -> None:
        """Take away what only advertises. Replies keep their place.

        Raises ValidationError when it is not shown, held or hidden.
        """
        self._moderate("spam", by, reason, note)

    def keep(self, *, by, reason: str = "", note: str = "") -> None:
        """Leave a reported comment as it is.

        Raises ValidationError when nobody has reported it.
        """
        self._moderate("keep", by, reason, note)

    @transaction.atomic
    def hold_if_reported_often(self) -> None:
        """Hold it when enough members of some time have reported it.

        New accounts do not count: twenty made today hide nothing.
        """
        since = timezone.now() - settings.REPORTER_IS_KNOWN_AFTER
        known = self.reports.open().filter(by__date_joined__lt=since)
        is_shown = self._locked().state == Comment.State.PUBLISHED
        if is_shown and known.count() >= settings.REPORTS_THAT_HOLD:
            self.hold(by=None, reason="Several members have reported it.")

    def _is_kept_by(self, person) -> bool:
        states = {Comment.State.PUBLISHED, Comment.State.HELD}
        return self.state in states and self.author_id == person.pk is not None

    def _locked(self) -> "Comment":
        return Comment.objects.select_for_update(of=["self"]).get(pk=self.pk)

    @transaction.atomic
    def _moderate(self, verb: str, by, reason: str, note: str) -> None:
        now = self._locked()
        allowed, state = MODERATION[verb]
        has_reports = verb != "keep" or self.reports.open().exists()
        if now.state not in allowed or not has_reports:
            words = now.get_state_display().lower()
            raise ValidationError(f"This comment is {words}, so this cannot be done.")
        reason = readable(reason)
        if not reason and verb not in ModerationAction.NEEDS_NO_REASON:
            raise ValidationError("Give a reason. Its author and readers will see it.")
        action = ModerationAction.objects.create(
            comment=self, verb=verb, by=by, reason=reason, private_note=note.strip()
        )
        self.state = state or now.state
        hides = self.state == Comment.State.HIDDEN
        self.hidden_reason, self.hidden_by = (reason, by) if hides else ("", None)
        is_held = self.state == Comment.State.HELD
        self.held_reason = Comment.HeldReason.LOOK if is_held else ""
        self.save(update_fields=["state", "hidden_reason", "hidden_by", "held_reason"])
        if by:  # what the site does by itself leaves the reports to a curator
            self.reports.open().update(closed_by=action)
        tell("moderated", action=action.pk)


# What a verb of a curator may be done to, and the state that follows.
MODERATION = {
    "approve": ({"held"}, "published"),
    "hide": ({"published", "held"}, "hidden"),
    "restore": ({"hidden", "spam"}, "published"),
    "hold": ({"published"}, "held"),
    "spam": ({"published", "held", "hidden"}, "spam"),
    "keep": ({"published"}, None),
}


def is_stub(state: str, is_held_open: bool) -> bool:
    """Whether of a comment in this state only the place is shown."""
    return state != Comment.State.PUBLISHED and not is_held_open


def is_recent(moment: datetime) -> bool:
    """Whether words of this moment may still be mended by their author."""
    return timezone.now() - moment < settings.COMMENT_EDIT_TIME


class EarlierWords(models.Model):
    """What a comment said before its author edited it. Only curators see it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="earlier")
    body = models.TextField()
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "earlier words"

    def __str__(self) -> str:
        return f"Earlier words of comment {self.comment_id}"
