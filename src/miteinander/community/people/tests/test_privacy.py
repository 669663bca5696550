from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from miteinander.foundation.core.jobs import recurring_jobs
from miteinander.foundation.core.privacy import Privacy, kept_for, retention_rules

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("miteinander.")
    for model in config.get_models(include_auto_created=True)
]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_called_personal_or_other_exactly_once(model: Any) -> None:
    privacy: Privacy = model.privacy

    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    elsewhere = {field.name for field in model._meta.private_fields}
    named = [*privacy.personal, *privacy.other]

    assert sorted(set(named) - elsewhere) == sorted(fields)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_personal_fields_have_an_end(model: Any) -> None:
    privacy: Privacy = model.privacy

    assert bool(privacy.personal) == bool(privacy.retention)
    if privacy.retention:
        assert kept_for(privacy.retention).days == settings.RETENTION_DAYS[privacy.retention]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_field_that_points_at_a_person_is_personal(model: Any) -> None:
    privacy: Privacy = model.privacy

    pointing = {
        field.name
        for field in model._meta.fields
        if field.related_model is apps.get_model(settings.AUTH_USER_MODEL)
    }

    assert pointing <= set(privacy.personal)


def test_rules_and_constants_agree_and_each_rule_has_its_recurring_job() -> None:
    rules = {rule.key: rule for rule in retention_rules()}

    assert set(rules) == set(settings.RETENTION_DAYS)
    for rule in rules.values():
        assert rule.job in recurring_jobs(), rule.key
        assert recurring_jobs()[rule.job].every <= rule.period, rule.key


def test_every_rule_begins_a_line_of_the_privacy_notice() -> None:
    for rule in retention_rules():
        assert str(rule.label).endswith(":"), rule.key
        assert len(str(rule.label).split()) > 2, rule.key
