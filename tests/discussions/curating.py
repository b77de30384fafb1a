"""What a curator does in the admin's lists."""

from bs4 import BeautifulSoup


def decide(browser, rows, verb: str, **typed):
    """Choose rows of a list that shows all, choose a verb and answer its questions."""
    model = type(rows[0])._meta
    address = f"/admin/{model.app_label}/{model.model_name}/?show=all"
    if model.model_name == "member":
        address = address.partition("?")[0]
    chosen = {"action": verb, "_selected_action": [row.pk for row in rows]}
    return browser.post(address, chosen | {"confirmed": "1"} | typed, follow=True)


def queue(browser, **chosen) -> list:
    """The comments of the queue, from the top."""
    page = browser.get("/admin/discussions/comment/", chosen)
    return list(page.context["cl"].result_list)


def message(answer) -> BeautifulSoup:
    """What the admin says after a verb."""
    return BeautifulSoup(answer.content, "html.parser").select_one(".messagelist")
