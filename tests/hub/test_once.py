"""Parts of a page that are rendered once show the same to everybody."""

from django.template import Context, Template


def test_what_stands_in_it_is_rendered_once():
    template = Template("{% load once %}{% once %}{% now 'u' %}{% endonce %}")
    assert template.render(Context()) == template.render(Context())


def test_it_sees_the_name_of_the_site(settings):
    template = Template("{% load once %}{% once %}{{ site_name }}{% endonce %}")
    assert template.render(Context({"site_name": "Elsewhere"})) == settings.SITE_NAME


def test_it_sees_nothing_of_the_page():
    template = Template("{% load once %}{% once %}[{{ name }}]{% endonce %}{{ name }}")
    assert template.render(Context({"name": "Ada"})) == "[]Ada"
    assert template.render(Context({"name": "Grace"})) == "[]Grace"
