"""Accounts of every sort, and clients that are signed in as them.

nobody   staff in no group
chief    a superuser
sign_in  account → client
"""

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def nobody(db):
    return User.objects.create_user("nobody", is_staff=True)


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief")


@pytest.fixture
def sign_in():
    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def desk(sign_in, publisher):
    """A client signed in as a publisher, who may do everything that editors do."""
    return sign_in(publisher)
