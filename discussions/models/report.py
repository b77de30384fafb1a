"""What readers point out to curators."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from discussions.limits import check_limits, take_turns
from discussions.models.moderation import ModerationAction
from guides.fields import ProseField

LONGEST_REPORT = 1_000


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, and which of them wait."""

    def open(self) -> "ReportQuerySet":
        """Those that no curator has looked at."""
        return self.filter(closed_by__isnull=True)


class Report(models.Model):
    """Somebody says what is wrong with a comment or a guide. Only curators see it."""

    class Reason(models.TextChoices):
        UNKIND = "unkind", "Unkind, or about a person"
        PRIVATE = "private", "Somebody’s private details or case"
        SECRET = "secret", "Not for the public: above OFFICIAL, or live procurement"
        WRONG = "wrong", "Wrong or out of date"
        SPAM = "spam", "Advertising or spam"
        ILLEGAL = "illegal", "Against the law"
        OTHER = "other", "Something else"

    comment = models.ForeignKey(
        "discussions.Comment", models.CASCADE, null=True, related_name="reports"
    )
    guide = models.ForeignKey(
        "guides.Guide", models.CASCADE, null=True, related_name="reports"
    )
    reason = models.CharField(max_length=20, choices=Reason)
    words = ProseField(blank=True, max_length=LONGEST_REPORT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reports",
    )
    network = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        "discussions.ModerationAction",
        models.PROTECT,
        null=True,
        related_name="closed_reports",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["network", "created_at"], name="report_of_network"),
            models.Index(
                fields=["comment"],
                condition=Q(closed_by__isnull=True),
                name="open_report_of_comment",
            ),
            models.Index(
                fields=["guide"],
                condition=Q(closed_by__isnull=True),
                name="open_report_of_guide",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=True) ^ Q(guide__isnull=True),
                name="report_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["by", "comment"],
                condition=Q(closed_by__isnull=True),
                name="one_open_report_of_a_comment_each",
            ),
            models.UniqueConstraint(
                fields=["by", "guide"],
                condition=Q(closed_by__isnull=True),
                name="one_open_report_of_a_guide_each",
            ),
            models.CheckConstraint(
                condition=Q(words__length__lte=LONGEST_REPORT),
                name="report_is_not_too_long",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.comment or self.guide}"

    @classmethod
    @transaction.atomic
    def file(cls, *, network: str, by=None, **given) -> "Report":
        """Tell curators. A second report by the same person adds nothing, and no more
        do the same words from the same network.

        Raises TooMany when a network or a person has reported too much.
        """
        about = {name: given.get(name) for name in ("comment", "guide")}
        reported = about["comment"] or about["guide"]
        # One at a time, so that a double click or three reporters at once all count.
        one = type(reported).objects.select_for_update(of=["self"], no_key=True)
        one.get(pk=reported.pk)
        same = about if by else {"network": network, **about, **given}
        if first := cls.objects.open().filter(by=by, **same).first():
            return first
        take_turns(f"reports of {by.pk if by else network}")
        sent = cls.objects.filter(by=by) if by else cls.objects.filter(network=network)
        check_limits(sent, settings.REPORT_LIMITS)
        report = cls.objects.create(network=network, by=by, **given)
        if report.comment:
            report.comment.hold_if_reported_often()
        return report

    @transaction.atomic
    def close(self, *, by, reason: str = "", note: str = "") -> None:
        """Leave what is reported as it is, and close all that was said about it.

        Raises ValidationError when the comment itself still waits for a decision.
        """
        about = {"comment": self.comment, "guide": self.guide}
        waiting = Report.objects.open().filter(**about)
        if not waiting.select_for_update(of=["self"]).exists():
            return
        if self.comment and self.comment.state in {"published", "held"}:
            self.comment.keep(by=by, reason=reason, note=note)
        else:
            keep = ModerationAction(verb="keep", by=by, reason=reason, **about)
            keep.private_note = note.strip()
            keep.save()
            waiting.update(closed_by=keep)
