"""A comment: what one person wrote in a thread."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from discussions.models.moderation import ModerationAction
from guides.fields import ProseField, readable
from guides.markdown import clean_text, render_comment

COMMENTS_A_THREAD = 50


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, and who may read them."""

    def visible_to(self, user) -> "CommentQuerySet":
        """Comments with a place in this person's page.

        Hidden and deleted ones keep their place as a stub, so that replies stand.
        Held ones are seen by their author and by curators; spam by nobody.
        """
        if user.has_perm("discussions.view_comment"):
            return self.exclude(state=Comment.State.SPAM)
        seen = Q(state__in=[s for s in Comment.State if s.keeps_its_place])
        if user.is_authenticated:
            seen |= Q(state=Comment.State.HELD, author=user)
        return self.filter(seen)

    def for_page(self) -> "CommentQuerySet":
        """With all that the page shows, thread by thread, in the order written.

        A thread shows its first comments only; `place` counts from 1, so that the
        one more that is fetched tells that there are others.
        """
        place = Window(RowNumber(), partition_by=F("thread"), order_by=F("pk").asc())
        people = self.select_related("thread", "author", "in_reply_to__author")
        numbered = people.annotate(place=place).order_by("thread", "pk")
        return numbered.filter(place__lte=COMMENTS_A_THREAD + 1)


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

    thread = models.ForeignKey(
        "discussions.Thread", models.PROTECT, related_name="comments"
    )
    in_reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="comments",
    )
    experience = models.CharField(max_length=160, blank=True)
    body = models.TextField(
        validators=[MaxLengthValidator(settings.COMMENT_MAX_LENGTH)]
    )
    body_html = models.TextField(editable=False)
    state = models.CharField(
        max_length=20, choices=State, default=State.PUBLISHED, editable=False
    )
    hidden_reason = ProseField(blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["thread", "id"], name="comment_in_thread")]
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
                condition=~Q(in_reply_to=F("id")), name="comment_answers_another"
            ),
            models.CheckConstraint(
                condition=Q(body__length__lte=settings.COMMENT_MAX_LENGTH),
                name="comment_is_not_too_long",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:60]}"

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
        return self.author.display_name if self.author else "A former member"

    @property
    def author_initials(self) -> str:
        """The letters that stand where a picture would."""
        return self.author.initials if self.author else "–"

    @property
    def is_stub(self) -> bool:
        """Whether only its place is shown."""
        return self.state in {Comment.State.HIDDEN, Comment.State.DELETED}

    @transaction.atomic
    def hide(self, *, by, reason: str, note: str = "") -> None:
        """Take the words away and leave a stub with the reason, for all to see.

        Raises ValidationError when it is not published or no reason is given.
        """
        self._change(
            Comment.State.PUBLISHED,
            Comment.State.HIDDEN,
            ModerationAction(verb=ModerationAction.Verb.HIDE, by=by, reason=reason),
            note,
        )

    @transaction.atomic
    def restore(self, *, by, reason: str, note: str = "") -> None:
        """Show a hidden comment again.

        Raises ValidationError when it is not hidden or no reason is given.
        """
        self._change(
            Comment.State.HIDDEN,
            Comment.State.PUBLISHED,
            ModerationAction(verb=ModerationAction.Verb.RESTORE, by=by, reason=reason),
            note,
        )

    def _change(self, old: str, new: str, action: "ModerationAction", note: str):
        now = Comment.objects.select_for_update(of=["self"]).get(pk=self.pk)
        if now.state != old:
            state = now.get_state_display().lower()
            raise ValidationError(f"This comment is {state}, so this cannot be done.")
        action.reason, action.private_note = readable(action.reason), note.strip()
        if not action.reason:
            raise ValidationError("Give a reason. Its author and readers will see it.")
        hides = new == Comment.State.HIDDEN
        self.state = new
        self.hidden_reason = action.reason if hides else ""
        self.hidden_by = action.by if hides else None
        self.save(update_fields=["state", "hidden_reason", "hidden_by"])
        action.comment = self
        action.save()
