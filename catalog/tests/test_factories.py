"""Every kind of row can be made up, and what is made up is what a form would let through."""

from __future__ import annotations

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from catalog.tests import factories

# simple_history makes these, and a row of each with every change of the model that they are the history of
MODELS = [model for model in apps.get_app_config("catalog").get_models() if not hasattr(model, "history_id")]
FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type) and issubclass(made, DjangoModelFactory) and made is not DjangoModelFactory
}


def test_every_model_has_one():
    assert set(FACTORIES) == set(MODELS)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_makes_rows_that_are_valid_and_differ(model):
    once = model.__name__.endswith("State")
    for made in FACTORIES[model].create_batch(1 if once else 3):
        # rows that no form makes may have empty fields that a form would ask for
        empty = [field.name for field in model._meta.fields if getattr(made, field.attname) in field.empty_values]
        made.full_clean(exclude=empty)
    assert model.objects.count() == (1 if once else 3)
