"""Public profiles, and the pages on which people say who they are."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.doors import sign_in_first
from accounts.experience import MOST_LINES, Experience
from accounts.models import User
from accounts.profile_forms import ExperienceForm, ProfileForm


@require_safe
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """What somebody has done and published here. Nothing that they did not say."""
    if handle != handle.lower():
        return redirect("accounts:person", handle.lower(), permanent=True)
    people = User.objects.filter(is_active=True).prefetch_related("experiences")
    context = {"person": get_object_or_404(people, handle=handle)}
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def profile(request: HttpRequest) -> HttpResponse:
    """Change the name, the handle and the lines of experience."""
    person = User.objects.get(pk=request.user.pk)  # a form writes into its own copy
    form = ProfileForm(request.POST or None, instance=person)
    if form.is_valid() and form.save_unless_taken():
        messages.success(request, "Your profile is saved.")
        return redirect("accounts:profile")
    lines = list(request.user.experiences.all())
    context = {"form": form, "lines": lines, "has_room": len(lines) < MOST_LINES}
    return render(request, "accounts/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def experience(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a line of experience, or change one's own."""
    line = Experience(person=request.user)
    if pk:
        line = get_object_or_404(request.user.experiences, pk=pk)
    form = ExperienceForm(request.POST or None, instance=line)
    if form.is_valid():
        try:
            form.instance.keep()
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, "Your experience is saved.")
            return redirect("accounts:profile")
    context = {"form": form, "pk": pk}
    return render(request, "accounts/profile_experience.html", context)


@require_POST
@login_required
def experience_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own line of experience. A second time does no harm."""
    request.user.experiences.filter(pk=pk).delete()
    messages.success(request, "The line is deleted.")
    return redirect("accounts:profile")
