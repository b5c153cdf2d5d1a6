from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User


@pytest.fixture
def curator(client):
    """Somebody of the group that a migration made, and nothing more."""
    user = User.objects.create_user("curator", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="Curators"))
    client.force_login(user)
    return client
