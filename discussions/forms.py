"""What a member types when they ask or answer."""

import re
import uuid
from html import unescape

from django import forms
from django.conf import settings

from accounts.names import is_visible
from discussions.models import Thread
from guides.markdown import clean_text, render_comment


class EditForm(forms.Form):
    """The words of a comment."""

    body = forms.CharField(
        label="Leave a reply",
        help_text="Markdown works: *emphasis*, - lists, > quotes and links.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write something first."},
    )

    def clean_body(self) -> str:
        """Refuse a comment that is too long, or in which nothing can be seen."""
        body = clean_text(self.cleaned_data["body"]).strip()
        # As it is stored: browsers send each line end as two characters, and some
        # letters become two.
        if len(body) > settings.COMMENT_MAX_LENGTH:
            limit = f"the limit is {settings.COMMENT_MAX_LENGTH:,} characters."
            raise forms.ValidationError(f"This is too long: {limit}")
        shown = unescape(re.sub(r"<[^>]*>", "", render_comment(body)))
        if not is_visible(shown):
            raise forms.ValidationError("Write something first.")
        return body


class CommentForm(EditForm):
    """A reply in a thread. The key makes a repeated post lead to the first one."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(  # people do not see it, so what fills it in is none
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    field_order = ["body", "key", "website"]

    def clean_key(self) -> uuid.UUID:
        """A page that was built for everybody carries no key; each post has one."""
        return self.cleaned_data["key"] or uuid.uuid4()

    def for_posting(self) -> dict[str, object]:
        """What the verb that posts it is given."""
        given = dict(self.cleaned_data)
        return given | {"is_trapped": bool(given.pop("website"))}


class ThreadForm(CommentForm):
    """The first comment of a new thread."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[
            (Thread.Kind.QUESTION, "A question"),
            (Thread.Kind.CORRECTION, "Something is wrong or out of date"),
            (Thread.Kind.FIELD_NOTE, "A field note: how it is where I work"),
            (Thread.Kind.COMMENT, "Something else"),
        ],
        initial=Thread.Kind.QUESTION,
    )
    field_order = ["body", "kind", "key"]
