"""The group whose members look after the site, and exactly what they may do."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

NAME = "Curators"
RIGHTS = {
    "accounts.curatornote": ["view", "add"],
    "accounts.user": ["view"],
    "discussions.comment": ["view", "change"],
    "discussions.member": ["view", "change"],
    "discussions.moderationaction": ["view"],
    "discussions.report": ["view", "change"],
    "guides.citation": ["view"],
    "guides.edition": ["view"],
    "guides.emptysearch": ["view"],
    "guides.guide": ["view", "add", "change"],
    "guides.guideaction": ["view"],
    "guides.pathway": ["view", "add", "change"],
    "guides.reads": ["view"],
    "guides.reviewtask": ["view", "change"],
    "guides.step": ["view", "add", "change", "delete"],
    "guides.topic": ["view", "add", "change"],
    "guides.unknownacronym": ["view"],
    "guides.verification": ["view"],
    "hub.homeguide": ["view", "add", "change", "delete"],
    "hub.homesearch": ["view", "add", "change", "delete"],
    "hub.homesection": ["view", "add", "change", "delete"],
    "hub.page": ["view", "change"],
    "landscape.formername": ["view", "add", "change", "delete"],
    "landscape.jurisdiction": ["view", "add", "change"],
    "landscape.organisation": ["view", "add", "change"],
    "landscape.policy": ["view", "add", "change"],
    "landscape.policyrelation": ["view", "add", "change", "delete"],
    "landscape.succession": ["view", "add", "change", "delete"],
    "landscape.term": ["view", "add", "change"],
}


def make_group(apps=installed):
    """Make the group, or give it back its rights. Returns the group."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for label in {name.split(".")[0] for name in RIGHTS}:
        # Rights are made after the last migration, which a fresh database awaits.
        create_permissions(installed.get_app_config(label), verbosity=0, apps=apps)
    group, _ = Group.objects.get_or_create(name=NAME)
    rights = []
    for name, verbs in RIGHTS.items():
        label, model = name.split(".")
        codenames = [f"{verb}_{model}" for verb in verbs]
        rights += Permission.objects.filter(
            content_type__app_label=label, codename__in=codenames
        )
    group.permissions.set(rights)
    return group
