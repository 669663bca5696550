"""Every address of the house, and who gets in by which method."""

from dataclasses import dataclass, field

VISITORS = {"anonymous", "deactivated"}
MEMBERS = {"member", "manager", "coordinator", "administrator"}
MANAGERS = {"manager", "coordinator", "administrator"}
COORDINATORS = {"coordinator", "administrator"}
ANY_COORDINATOR = {"coordinator", "coordinator elsewhere", "administrator"}
ADMINISTRATORS = {"administrator"}
PEOPLE = {
    "participant", "other participant", "member", "manager", "coordinator",
    "coordinator elsewhere", "administrator",
}  # fmt: skip
ROLES = VISITORS | PEOPLE
EVERYBODY = ROLES
NOBODY: set[str] = set()


@dataclass(frozen=True)
class Row:
    """Who gets in by which method; ``path`` names the arguments of the address."""

    who: set[str]
    methods: str = "GET"
    path: tuple[str, ...] = field(default=())


ORGANISATION, ACTIVITY, DATE, SEAT, TOKEN = (
    ("slug",),
    ("activity",),
    ("date",),
    ("seat",),
    ("token",),
)

MATRIX = {
    "technical:front_door": Row(EVERYBODY),
    "technical:alive": Row(EVERYBODY),
    "technical:ready": Row(EVERYBODY),
    "technical:metrics": Row(NOBODY),
    "technical:robots": Row(EVERYBODY),
    "keyed:personal_feed": Row(NOBODY, "GET", ("word",)),
    "web:home": Row(EVERYBODY),
    "web:about": Row(EVERYBODY),
    "web:how": Row(EVERYBODY),
    "web:plain": Row(EVERYBODY),
    "web:accessibility": Row(EVERYBODY),
    "web:feedback": Row(EVERYBODY, "GET POST"),
    "web:privacy": Row(EVERYBODY),
    "web:imprint": Row(EVERYBODY),
    "web:contact": Row(EVERYBODY),
    "web:setup": Row(EVERYBODY, "GET POST"),
    "web:setup_step": Row(EVERYBODY, "GET POST", ("step",)),
    "web:instance": Row(ADMINISTRATORS),
    "web:instance_edit": Row(ADMINISTRATORS, "GET POST", ("step",)),
    "account_login": Row(EVERYBODY, "GET POST"),
    "account_confirm_login_code": Row(EVERYBODY, "GET POST"),
    "mfa_login_webauthn": Row(EVERYBODY, "POST"),
    "mfa_login_webauthn_options": Row(EVERYBODY, "GET POST"),
    "account_logout": Row(EVERYBODY, "GET POST"),
    "people:account": Row(PEOPLE),
    "people:profile": Row(PEOPLE, "GET POST"),
    "people:languages": Row(PEOPLE, "GET POST"),
    "people:change_address": Row(PEOPLE, "GET POST"),
    "people:confirm_address": Row(PEOPLE, "GET POST"),
    "people:devices": Row(PEOPLE),
    "people:end_others": Row(PEOPLE, "POST"),
    "people:end_device": Row(PEOPLE, "POST", ("number",)),
    "people:passkeys": Row(PEOPLE),
    "people:passkey_options": Row(PEOPLE, "GET POST"),
    "people:add_passkey": Row(PEOPLE, "POST"),
    "people:remove_passkey": Row(PEOPLE, "POST", ("number",)),
    "people:download": Row(PEOPLE),
    "people:close": Row(PEOPLE, "GET POST"),
    "people:closed": Row(EVERYBODY),
    "accounts:list": Row(ADMINISTRATORS, "GET POST"),
    "accounts:detail": Row(ADMINISTRATORS, "GET POST", ("admin",)),
    "accounts:switch_on": Row(ADMINISTRATORS, "POST", ("admin",)),
    "regions:list": Row(EVERYBODY),
    "regions:detail": Row(EVERYBODY, "GET", ("region",)),
    "organisations:list": Row(EVERYBODY),
    "organisations:detail": Row(EVERYBODY, "GET", ORGANISATION),
    "organisations:coordination": Row(ANY_COORDINATOR),
    "organisations:invite": Row(ANY_COORDINATOR, "GET POST"),
    "organisations:roles": Row(ADMINISTRATORS, "GET POST"),
    "organisations:revoke_role": Row(ADMINISTRATORS, "POST", ("role",)),
    "organisations:dismiss_administrator": Row(ADMINISTRATORS, "POST", ("admin",)),
    "organisations:invitation": Row(NOBODY, "GET POST", ("word",)),
    "organisations:edit": Row(MANAGERS, "GET POST", ORGANISATION),
    "organisations:hide": Row(COORDINATORS, "POST", ORGANISATION),
    "organisations:show": Row(COORDINATORS, "POST", ORGANISATION),
    "organisations:members": Row(MANAGERS, "GET POST", ORGANISATION),
    "organisations:remove_member": Row(MANAGERS, "POST", ("slug", "membership")),
    "organisations:change_role": Row(MANAGERS, "POST", ("slug", "membership")),
    "organisations:withdraw_invitation": Row(NOBODY, "POST", ("slug", "number")),
    "activities:list": Row(EVERYBODY),
    "activities:detail": Row(EVERYBODY, "GET", DATE),
    "activities:sign_up": Row(EVERYBODY, "GET POST", DATE),
    "activities:signed_up": Row(NOBODY, "GET", ("word",)),
    "activities:seat": Row(EVERYBODY, "GET", TOKEN),
    "activities:give_back": Row(EVERYBODY, "POST", TOKEN),
    "activities:take_offer": Row(EVERYBODY, "POST", TOKEN),
    "activities:bring_fewer": Row(EVERYBODY, "POST", TOKEN),
    "activities:draw": Row(NOBODY, "GET", TOKEN),
    "activities:mine": Row(PEOPLE),
    "activities:plan": Row(PEOPLE),
    "activities:create": Row(PEOPLE, "GET POST"),
    "activities:tasks": Row(MEMBERS, "GET", ACTIVITY),
    "activities:edit_words": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_dates": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:series": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:copy": Row(MEMBERS, "POST", ACTIVITY),
    "activities:keep_template": Row(MEMBERS, "POST", ACTIVITY),
    "activities:edit_audience": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_languages": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_access": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_contact": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_seats": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:edit_giving": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:preview": Row(MEMBERS, "GET", ACTIVITY),
    "activities:publish": Row(MEMBERS, "POST", ACTIVITY),
    "activities:approve": Row(COORDINATORS, "POST", ACTIVITY),
    "activities:ask_back": Row(COORDINATORS, "GET POST", ACTIVITY),
    "activities:discard": Row(MEMBERS, "GET POST", ACTIVITY),
    "activities:hide": Row(COORDINATORS, "POST", ACTIVITY),
    "activities:show": Row(COORDINATORS, "POST", ACTIVITY),
    "activities:versions": Row(MEMBERS, "GET", ACTIVITY),
    "activities:version": Row(MEMBERS, "GET POST", ("activity", "language")),
    "activities:cancel_date": Row(MEMBERS, "GET POST", DATE),
    "activities:front_desk": Row(MEMBERS, "GET POST", DATE),
    "activities:walk_in": Row(MEMBERS, "GET POST", DATE),
    "activities:mark": Row(MEMBERS, "POST", SEAT),
    "activities:contact": Row(MEMBERS, "POST", SEAT),
    "activities:print": Row(MEMBERS, "GET", DATE),
    "activities:print_list": Row(MEMBERS, "POST", DATE),
    "activities:print_badges": Row(MEMBERS, "POST", DATE),
    "activities:slip": Row(EVERYBODY, "GET", TOKEN),
    "short_address": Row(NOBODY, "GET", ("word",)),
    "exchange:feeds": Row(EVERYBODY),
    "exchange:feed": Row(EVERYBODY),
    "exchange:date_ics": Row(EVERYBODY, "GET", DATE),
    "exchange:municipality_feed": Row(EVERYBODY, "GET", ("region",)),
    "exchange:organisation_feed": Row(EVERYBODY, "GET", ORGANISATION),
    "exchange:language_feed": Row(EVERYBODY, "GET", ("language",)),
    "exchange:my_calendar": Row(PEOPLE),
    "exchange:create_key": Row(PEOPLE, "POST"),
    "exchange:revoke_key": Row(PEOPLE, "POST"),
    "exchange:import_calendar": Row(MEMBERS, "GET POST", ORGANISATION),
    "notifications:write": Row(MEMBERS, "GET POST", DATE),
    "notifications:reminders": Row(EVERYBODY, "GET POST", ("reminder_key",)),
    "notifications:resume": Row(EVERYBODY, "POST", ("reminder_key",)),
    "audit:record": Row(ADMINISTRATORS),
    "ui:gallery": Row(EVERYBODY),
}
