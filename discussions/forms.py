"""What a member types when they ask or answer."""

import re
import uuid
from html import unescape

from django import forms
from django.conf import settings

from accounts.names import is_visible
from discussions.models import Comment, Thread
from guides.markdown import clean_text, render_comment


class CommentForm(forms.ModelForm):
    """A reply in a thread. The key makes a repeated post lead to the first one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Comment
        fields = ["body"]
        labels = {"body": "Your reply"}
        help_texts = {
            "body": "Markdown works: *emphasis*, - lists, > quotes and links."
        }
        widgets = {"body": forms.Textarea(attrs={"rows": 8})}
        error_messages = {
            "body": {
                "required": "Write something first.",
                "max_length": "This is too long: the limit is "
                f"{settings.COMMENT_MAX_LENGTH:,} characters.",
            }
        }

    def clean_body(self) -> str:
        """Refuse a comment in which nothing can be seen."""
        body = clean_text(self.cleaned_data["body"]).strip()
        shown = unescape(re.sub(r"<[^>]*>", "", render_comment(body)))
        if not is_visible(shown):
            raise forms.ValidationError("Write something first.")
        return body


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
        widget=forms.RadioSelect,
    )
    field_order = ["kind", "body", "key"]

    class Meta(CommentForm.Meta):
        labels = {"body": "Your words"}
