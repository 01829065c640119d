"""Views are a colleague's own, unless they share them."""

import pytest
from django.utils import timezone

from donations.lists.models import SavedView
from donations.lists.saving import NameTaken, delete_view, rename_view, save_view, views_of
from donations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@example.org", is_staff=True)


@pytest.fixture
def ion() -> User:
    return User.objects.create_user("ion@example.org", is_staff=True)


def a_view(owner: User, name: str = "Monthly", *, is_shared: bool = False) -> SavedView:
    return save_view(
        owner=owner,
        room="supporters",
        name=name,
        query="kind=regular",
        is_shared=is_shared,
        at=timezone.now(),
    )


def test_their_own_and_what_is_shared(ana: User, ion: User) -> None:
    own, shared = a_view(ana), a_view(ion, "again", is_shared=True)
    a_view(ion)
    assert list(views_of(user=ana, room="supporters")) == [shared, own]
    assert not views_of(user=ana, room="donations").exists()


def test_saving_the_second_time_is_the_same_view(ana: User, ion: User) -> None:
    assert a_view(ana) == a_view(ana)
    assert a_view(ion) != a_view(ana)


def test_renamed(ana: User) -> None:
    view = a_view(ana)
    rename_view(view=view, name="Loyal", is_shared=True, at=timezone.now())
    assert SavedView.objects.get(name="Loyal").is_shared


def test_renamed_the_second_time(ana: User) -> None:
    view = a_view(ana)
    for _time in range(2):
        rename_view(view=view, name="Loyal", is_shared=False, at=timezone.now())
    assert SavedView.objects.get().name == "Loyal"


def test_no_two_views_of_one_name(ana: User) -> None:
    a_view(ana)
    other = a_view(ana, "Other")
    with pytest.raises(NameTaken):
        rename_view(view=other, name="Monthly", is_shared=False, at=timezone.now())


def test_deleted_by_its_owner_alone_and_once(ana: User, ion: User) -> None:
    view = a_view(ana, is_shared=True)
    assert not delete_view(owner=ion, number=view.pk)
    assert delete_view(owner=ana, number=view.pk)


def test_deleted_the_second_time(ana: User) -> None:
    number = a_view(ana).pk
    delete_view(owner=ana, number=number)
    assert not delete_view(owner=ana, number=number)
