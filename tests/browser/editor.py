"""What a writer does on the page on which guides are written."""

from playwright.sync_api import expect

from guides.models import Edition, Guide


def edit(live_server, draft) -> str:
    slug = Guide.objects.get(pk=draft.guide_id).slug
    return f"{live_server.url}/guides/{slug}/edit/"


def body_of(draft) -> str:
    return Edition.objects.get(pk=draft.pk).body


def state(tab):
    return tab.locator("[data-state]")


def type_offline(tab, words: str) -> None:
    """Type without a network, and leave."""
    tab.context.set_offline(True)
    tab.get_by_label("The text", exact=True).fill(words)
    expect(state(tab)).to_have_attribute("data-is", "lost")
    tab.close()
    tab.context.set_offline(False)
