"""What the page on which guides are written sends."""


def edit(guide) -> str:
    return f"/guides/{guide.slug}/edit/"


def words_of(edition, **changed) -> dict:
    """What the edit page sends back."""
    names = ("title", "summary", "body", "version")
    about = {"public_benefit": edition.guide.public_benefit}
    about["topics"] = [topic.pk for topic in edition.guide.topics.all()]
    return {name: getattr(edition, name) for name in names} | about | changed
