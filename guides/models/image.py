"""Pictures in guides, and who may see them."""

import logging
import re
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from guides import image_names
from guides.fields import LineField
from guides.models.edition import Edition
from guides.models.guide import Guide
from guides.models.workflow import LOOKED_AT
from guides.picture_kinds import Picture

logger = logging.getLogger(__name__)

# A merged guide's pictures were public, and its words may live on in the other one.
PUBLIC = (Guide.Visibility.LIVE, Guide.Visibility.WITHDRAWN, Guide.Visibility.MERGED)
A_DAY = timedelta(days=1)
SMALL = 240  # pixels, the longer side of a picture in a list
MARKS = re.compile(r"([\\`*_~\[\]<>&!])")  # that Markdown may read within a line
TOO_MANY = "too-many"  # the code of an error that time alone puts right


class ImageQuerySet(models.QuerySet["Image"]):
    """Pictures, and who may see them."""

    def visible_to(self, user) -> "ImageQuerySet":
        """Pictures this person may see: of guides that everybody may read, of drafts
        of their own guides, and every one for a curator."""
        if user.is_staff and user.has_perm("guides.view_edition"):
            return self
        seen = Q(guide__visibility__in=PUBLIC)
        if user.is_authenticated:
            seen |= Q(guide__owner=user)
            seen |= Q(guide__in=user.editions.values("guide"))
        return self.filter(seen)

    def check_room(self, guide: Guide, by) -> None:
        """Raise ValidationError when the guide is full or this person has added
        enough for a day."""
        if self.filter(guide=guide).count() >= settings.IMAGES_A_GUIDE:
            most = f"A guide can have {settings.IMAGES_A_GUIDE} images."
            raise ValidationError(f"{most} Delete one that you do not need first.")
        since = timezone.now() - A_DAY
        today = self.filter(uploaded_by=by, created_at__gt=since)
        if today.count() >= settings.IMAGES_A_DAY:
            most = f"You can add {settings.IMAGES_A_DAY} images in a day."
            raise ValidationError(f"{most} Come back tomorrow.", code=TOO_MANY)

    @transaction.atomic
    def add(
        self, guide: Guide, picture: Picture, *, by, alt: str, is_decorative: bool
    ) -> "Image":
        """Keep a picture for a guide; its files and its row, or nothing.

        Raises ValidationError when there is no room, when it has neither words nor
        is decoration, or when the files cannot be stored.
        """
        # Two at once count in turn. Comments on the guide need not wait for it.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        Guide.objects.select_for_update(of=["self"], no_key=True).get(pk=guide.pk)
        self.check_room(guide, by)
        image = self.model(
            name=image_names.new_name(picture.width, picture.height),
            guide=guide,
            alt=alt,
            is_decorative=is_decorative,
            uploaded_by=by,
            sizes=[len(picture.files[width]) for width in sorted(picture.files)],
        )
        image.full_clean(exclude=["guide", "uploaded_by"], validate_unique=False)
        image.save()
        image.store(picture)
        return image


class Image(models.Model):
    """A picture in a guide, as a few WebP files of different widths."""

    name = models.CharField(max_length=32, unique=True, editable=False)
    guide = models.ForeignKey(Guide, models.PROTECT, related_name="images")
    alt = LineField("description", max_length=300, blank=True)
    is_decorative = models.BooleanField("decoration only", default=False)
    sizes = ArrayField(
        models.PositiveIntegerField(),
        editable=False,
        help_text="Bytes of each file, the narrowest first.",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="images",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["uploaded_by", "created_at"], name="images_of_a_day")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=f"^{image_names.NAME}$"),
                name="image_name_says_its_size",
            ),
            models.CheckConstraint(
                condition=Q(is_decorative=True, alt="")
                | Q(is_decorative=False) & ~Q(alt=""),
                name="image_has_words_or_is_decoration",
                violation_error_message="Describe the image, or say that it is "
                "decoration only: one of the two.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or "Decoration"

    def get_absolute_url(self) -> str:
        """The widest file."""
        return image_names.widest(self.name)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return self.guide.visibility in PUBLIC

    @property
    def markdown(self) -> str:
        """The line that puts it into a text."""
        words = MARKS.sub(r"\\\1", self.alt)
        return f"![{words}]({image_names.FOLDER}{self.name})"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of the widest file."""
        return image_names.size_of(self.name)

    @property
    def small(self) -> dict[str, object]:
        """The narrowest file, and the size it has in a list."""
        width, height = self.size
        share = min(1, SMALL / max(width, height))
        narrowest = image_names.widths_of(width)[0]
        return {
            "address": image_names.address_of(self.name, narrowest),
            "width": max(1, round(width * share)),
            "height": max(1, round(height * share)),
        }

    @property
    def bytes_by_width(self) -> dict[int, int]:
        """How many bytes each file has."""
        widths = image_names.widths_of(self.size[0])
        return dict(zip(widths, self.sizes, strict=True))

    def open(self, width: int):
        """The file of this width, to read. Raises FileNotFoundError."""
        return default_storage.open(self._file(width))

    def store(self, picture: Picture) -> None:
        """Write its files. Raises ValidationError when the storage cannot take them."""
        try:
            for width, content in picture.files.items():
                default_storage.save(self._file(width), ContentFile(content))
        except Exception as error:  # each storage raises what it likes
            logger.exception("An image could not be stored.")
            words = "We could not store the image. Try again in a few minutes."
            raise ValidationError(words) from error

    @transaction.atomic
    def discard(self) -> None:
        """Delete the picture and its files.

        Raises ValidationError when readers have seen it in an edition, of whichever
        guide: those stay as they were read. So does what was handed in.
        """
        texts = Edition.objects.filter(body__contains=self.name)
        mine = texts.filter(guide=self.guide)
        # A picture of a guide that is not public shows in no other one.
        if (texts if self.is_public else mine).published().exists():
            raise ValidationError("Readers have seen this image, so it stays.")
        if mine.filter(state__in=LOOKED_AT).exists():
            raise ValidationError(
                "This image is in the text that was handed in. Take the text back and "
                "its line out of it, then delete the image."
            )
        files = [self._file(width) for width in self.bytes_by_width]
        self.delete()
        transaction.on_commit(lambda: [default_storage.delete(file) for file in files])

    def _file(self, width: int) -> str:
        return image_names.address_of(self.name, width).removeprefix("/")
