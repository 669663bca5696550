from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from miteinander.community.people import permissions
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor, can

STATES = st.fixed_dictionaries(
    {
        "is_active": st.booleans(),
        "is_administrator": st.booleans(),
        "account_since": st.sampled_from([None, clock.now()]),
    }
)


class RulesAgreeTests(TestCase):
    @given(mine=STATES, theirs=STATES)
    def test_the_people_in_the_list_are_those_the_rule_allows(
        self, mine: dict[str, object], theirs: dict[str, object]
    ) -> None:
        me, other = PersonFactory.create(**mine), PersonFactory.create(**theirs)

        for actor in (me, other, AnonymousUser(), SystemActor()):
            listed = set(Person.objects.filter(permissions.visible_to(actor)))
            allowed = {person for person in (me, other) if can(actor, "people.export", person)}
            assert listed == allowed

    @given(mine=STATES)
    def test_only_active_accounts_act(self, mine: dict[str, object]) -> None:
        me = PersonFactory.create(**mine)

        acts = bool(mine["is_active"] and mine["account_since"])

        assert permissions.is_person(me) is acts
        assert can(me, "people.change", me) is acts
        assert permissions.is_administrator(me) is (acts and mine["is_administrator"])
