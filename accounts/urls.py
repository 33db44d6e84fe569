"""Sign-in under django-allauth's names, and the own account.

Only these of allauth's addresses exist: no sign-up, no e-mail. The second factor adds its four here.
"""

from django.urls import include, path

from accounts import views

own = [
    path("account/", views.account, name="account"),
    path("account/password/changed/", views.password_changed, name="password-changed"),
    path("account/sessions/", views.session_list, name="session-list"),
    path("account/sessions/end-others/", views.session_end_others, name="session-end-others"),
    path("account/sessions/<uuid:public_id>/end/", views.session_end, name="session-end"),
    path("account/mail/", views.mail, name="mail"),
    path("notifications/", views.notification_list, name="notification-list"),
    path("notifications/<uuid:key>/", views.notification, name="notification"),
    path("welcome/done/", views.welcome_done, name="welcome-done"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
]

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("account/password/", views.password_change, name="account_change_password"),
    path("account/reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("", include((own, "accounts"))),
]
