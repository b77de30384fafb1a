"""Pictures: the page on which they are added to a guide, and their files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.doors import comes_too_often, sign_in_first
from guides import image_names
from guides.addresses import guide_at
from guides.image_forms import ImageForm
from guides.models import Guide, Image
from guides.models.image import TOO_MANY

FOR_GOOD = "public, max-age=31536000, immutable"  # a changed image has another name
AN_HOUR = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def guide_images(request: HttpRequest, slug: str) -> HttpResponse:
    """A guide's pictures, each with the line that puts it into the text, and a form
    for one more."""
    guide, elsewhere = guide_at(request, slug, "guides:images")
    if elsewhere:
        return elsewhere
    get_object_or_404(Guide.objects.editable_by(request.user), pk=guide.pk)
    given = {"guide": guide, "by": request.user}
    if request.method != "POST":
        return _page(request, ImageForm(**given))
    given["is_too_often"] = comes_too_often(request, "image")
    form = ImageForm(request.POST, request.FILES, **given)
    image = form.save() if form.is_valid() else None
    return _added(request, image) if image else _refused(request, form)


@require_POST
@sign_in_first
def image_delete(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take a picture out of a guide that no reader has seen it in."""
    guides = Guide.objects.editable_by(request.user)
    related = Image.objects.select_related("guide")
    image = get_object_or_404(related, guide__in=guides, guide__slug=slug, name=name)
    try:
        image.discard()
        messages.success(request, "The image is deleted. Take its line out too.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("guides:images", slug)


@require_safe
def image_file(request: HttpRequest, name: str, width: int) -> HttpResponse:
    """One file of a picture, to be kept for good once its guide is public."""
    needed = ("name", "sizes", "guide__visibility")
    images = Image.objects.select_related("guide").only(*needed)
    image = get_object_or_404(images, name=name)
    if width not in image.bytes_by_width or not _may_see(request, image):
        raise Http404
    etag = f'"{name}-{width}"'
    response = get_conditional_response(request, etag=etag)
    response = response or _content(request, image, width)
    response["ETag"] = etag
    response["Cache-Control"] = FOR_GOOD if image.is_public else "private, no-store"
    return response


@require_safe
def image_widest(request: HttpRequest, name: str) -> HttpResponse:
    """The address in the text leads to the widest file; its name says which."""
    return redirect(image_names.widest(name), permanent=True)


def _page(request: HttpRequest, form: ImageForm, status: int = 200) -> HttpResponse:
    guide = form.guide
    context = {
        "form": form,
        "guide": guide,
        "edition": guide.live_edition or guide.draft,
        "images": guide.images.all(),
    }
    return render(request, "guides/guide_images.html", context, status=status)


def _added(request: HttpRequest, image: Image) -> HttpResponse:
    if _wants_json(request):
        names = ("markdown", "name", "alt")
        return JsonResponse({name: getattr(image, name) for name in names}, status=201)
    messages.success(request, "The image is added. Copy its line into the text.")
    return redirect("guides:images", image.guide.slug)


def _refused(request: HttpRequest, form: ImageForm) -> HttpResponse:
    waits = any(form.has_error(field, TOO_MANY) for field in (None, "image"))
    status = 429 if waits else 422
    if _wants_json(request):
        response = JsonResponse({"errors": form.errors}, status=status)
    else:
        response = _page(request, form, status)
    if waits:
        response["Retry-After"] = AN_HOUR
    return response


def _wants_json(request: HttpRequest) -> bool:
    kinds = ["text/html", "application/json"]
    return request.get_preferred_type(kinds) == "application/json"


def _may_see(request: HttpRequest, image: Image) -> bool:
    # A public picture is the same for everyone, so nobody is asked who they are.
    visible = Image.objects.visible_to
    return image.is_public or visible(request.user).filter(pk=image.pk).exists()


def _content(request: HttpRequest, image: Image, width: int) -> HttpResponse:
    given = {"content_type": "image/webp"}
    if request.method == "HEAD":
        response = HttpResponse(**given)
        response["Content-Disposition"] = "inline"
    else:
        try:
            response = FileResponse(image.open(width), **given)
        except FileNotFoundError:
            raise Http404 from None
    response["Content-Length"] = image.bytes_by_width[width]
    return response
