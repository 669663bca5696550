"""Addresses under /account/ for somebody who is signed in."""

from django.urls import path

from miteinander.community.people.views import account, address, passkeys

app_name = "people"
urlpatterns = [
    path("", account.account_overview, name="account"),
    path("profile/", account.profile_edit, name="profile"),
    path("address/", address.address_edit, name="change_address"),
    path("address/code/", address.address_confirm, name="confirm_address"),
    path("languages/", account.language_list, name="languages"),
    path("devices/", account.device_list, name="devices"),
    path("devices/others/end/", account.device_end_others, name="end_others"),
    path("devices/<int:device_id>/end/", account.device_end, name="end_device"),
    path("passkeys/", passkeys.passkey_list, name="passkeys"),
    path("passkeys/options/", passkeys.passkey_options, name="passkey_options"),
    path("passkeys/add/", passkeys.passkey_add, name="add_passkey"),
    path("passkeys/<int:passkey_id>/remove/", passkeys.passkey_remove, name="remove_passkey"),
    path("data/", account.data_download, name="download"),
    path("close/", account.account_close, name="close"),
    path("closed/", account.account_closed, name="closed"),
]
