"""Addresses under /account/ for the way in and out, under the names allauth asks for."""

from django.urls import path

from miteinander.community.people.views import passkeys, sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in_screen, name="account_login"),
    path("sign-in/code/", sign_in.code_screen, name="account_confirm_login_code"),
    path("sign-in/passkey/", passkeys.passkey_sign_in, name="mfa_login_webauthn"),
    path(
        "sign-in/passkey/options/",
        passkeys.passkey_sign_in_options,
        name="mfa_login_webauthn_options",
    ),
    path("sign-out/", sign_in.sign_out_screen, name="account_logout"),
]
