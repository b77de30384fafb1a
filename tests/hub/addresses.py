"""Every address of the URLconf, with real rows behind it."""

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import make_comment, make_image, make_topic, make_user, publish
from tests.guides.landscape import make_body, make_policy, make_term
from tests.guides.pathways import make_pathway


def every_name(resolver=None, namespace: str = "") -> list[str]:
    """The full name of every route but those of the admin."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else ""
                found += every_name(entry, inner or namespace)
        elif isinstance(entry, URLPattern) and entry.name:
            found.append(f"{namespace}{entry.name}")
    return found


def make_site() -> dict[str, object]:
    """Rows for one page of each kind, by the argument that names them."""
    topic = make_topic()
    guide = publish()
    guide.topics.add(topic)
    publish(guide)
    comment = make_comment(guide, make_user())
    comment.author.experiences.create(role="delivery manager")
    image = make_image(guide, comment.author)
    registers = {"policy": make_policy(), "organisation": make_body()}
    guides = {"guide": guide, "topic": topic, "comment": comment, "image": image}
    return guides | registers | {"term": make_term(), "pathway": make_pathway()}


def address_of(name: str, rows: dict[str, object]) -> str:
    """The address of a route, with these rows."""
    guide, comment = rows["guide"], rows["comment"]
    arguments = {
        "accounts:experience": [comment.author.experiences.get().pk],
        "accounts:experience-delete": [comment.author.experiences.get().pk],
        "accounts:person": [comment.author.handle],
        "accounts:session-end": [1],
        "discussions:comment": [comment.pk],
        "discussions:comment-delete": [comment.pk],
        "discussions:comment-edit": [comment.pk],
        "discussions:mail-stop": ["forged"],
        "discussions:notifications": [],
        "discussions:reply": [guide.slug, comment.thread_id],
        "discussions:report-comment": [comment.pk],
        "discussions:thread": [guide.slug, comment.thread_id],
        "guides:compare": [guide.slug, 1, 2],
        "guides:desk": [],
        "guides:edition": [guide.slug, 1],
        "guides:edition-restore": [guide.slug, 1],
        "guides:new": [],
        "guides:new-autosave": [],
        "guides:new-preview": [],
        "guides:cite": [],
        "guides:paste": [],
        "guides:image": [rows["image"].name],
        "guides:image-delete": [guide.slug, rows["image"].name],
        "guides:image-file": [rows["image"].name, rows["image"].size[0]],
        "guides:topic": [rows["topic"].slug],
        "guides:topic-feed": [rows["topic"].slug],
        "hub:page": ["about"],
        **{
            f"guides:{name}": [rows["pathway"].slug]
            for name in ("pathway", "plan", "plan-start", "plan-delete", "plan-file")
        },
        **{
            f"landscape:{kind}{form}": [rows[kind].slug]
            for kind in ("policy", "organisation", "term")
            for form in ("", "-json")
        },
        "mfa_edit_webauthn": [1],
        "mfa_remove_webauthn": [1],
        "account_confirm_email": ["key"],
        "account_reset_password_from_key": ["uid", "key"],
    }
    of_a_guide = name.startswith(("discussions:", "guides:"))
    whole = {"guides:list", "guides:feed", "guides:pathways", "guides:why"}
    given = [guide.slug] if of_a_guide and name not in whole else []
    return reverse(name, args=arguments.get(name, given))
