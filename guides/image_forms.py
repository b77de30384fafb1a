"""What somebody sends to put a picture into a guide."""

from django import forms
from django.core.exceptions import ValidationError

from guides.fields import readable
from guides.markdown import clean_line
from guides.models import Guide, Image
from guides.models.image import TOO_MANY
from guides.picture_kinds import MOST_BYTES, TOO_LARGE, Picture

KINDS = "image/png,image/jpeg,image/webp,image/gif,image/avif"
TOO_OFTEN = "You have sent many files. Wait an hour, then send the next one."


class ImageForm(forms.Form):
    """A file, and what it shows in words for those who cannot see it."""

    image = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": KINDS}),
        help_text="PNG, JPEG, WebP, GIF or AVIF, up to 10 MB. We keep the image "
        "alone: the place and time in a photo are taken out.",
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose it again.",
        },
    )
    alt = forms.CharField(
        label="Description",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": None}),
        help_text="Say in one sentence what a reader would miss without the image: "
        "“The form goes to finance first, then to the board.”",
        error_messages={
            "required": "Say what the image shows, or tick that it is decoration only.",
            "max_length": "This is too long: the limit is 300 characters.",
        },
    )
    is_decorative = forms.BooleanField(
        label="It is decoration only, and nobody misses anything without it",
        required=False,
    )

    def __init__(self, *args, guide: Guide, by, is_too_often=False, **given) -> None:
        super().__init__(*args, **given)
        self.guide, self.by, self.is_too_often = guide, by, is_too_often
        self.fields["alt"].required = not self.data.get("is_decorative")

    def clean_image(self) -> Picture:
        """The picture made ready; refused before it is read where that can be."""
        file = self.cleaned_data["image"]
        if self.is_too_often:
            raise ValidationError(TOO_OFTEN, code=TOO_MANY)
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        Image.objects.check_room(self.guide, self.by)
        from guides.pictures import prepare  # loads Pillow, which few requests need

        return prepare(file.read())

    def clean_alt(self) -> str:
        """The description as it is stored, in which something can be seen."""
        field, words = self.fields["alt"], self.cleaned_data["alt"]
        if field.required and not readable(words):
            raise ValidationError(field.error_messages["required"])
        return readable(clean_line(words))

    def clean_is_decorative(self) -> bool:
        """An image says something or it is decoration: one of the two."""
        is_decorative = self.cleaned_data["is_decorative"]
        if is_decorative and self.cleaned_data.get("alt"):
            words = "A decoration needs no description. Untick this or empty that."
            raise ValidationError(words)
        return is_decorative

    def save(self) -> Image | None:
        """The new picture; None, with the reason among the errors, if there is none."""
        given = dict(self.cleaned_data)
        picture = given.pop("image")
        try:
            return Image.objects.add(self.guide, picture, by=self.by, **given)
        except ValidationError as error:
            self.add_error(None, error)
            return None
