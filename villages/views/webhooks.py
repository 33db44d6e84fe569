"""Programs that are told of events: whom, what was told, sending it again, the end."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.reauthentication import asks_password
from accounts.roles import Permission
from villages.actions.webhooks import send_again, stop_webhook, subscribe
from villages.doors import page
from villages.enums import HookEvent
from villages.forms import refusals_on
from villages.forms.webhooks import ReplayForm, WebhookForm
from villages.webhook_access import access_webhook, stands, visible_webhooks

MAY = Permission.SUBSCRIBE


def labels(events):
    """Events as a person reads them."""
    return [str(event.label) for event in HookEvent if event.value in events]


@page("GET", may=MAY)
def webhook_list(request, seat):
    shown = keyset_page(
        visible_webhooks(seat), order=("-made_at", "-id"), cursor=request.GET.get("after", "")
    )
    context = {"page": shown, "webhooks": [(row, labels(row.events)) for row in shown]}
    return render(request, "villages/webhook_list.html", context)


@page("GET", "POST", may=MAY)
@asks_password
def webhook_new(request, seat):
    form = bind(request, WebhookForm, seat=seat)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            webhook, secret = subscribe(by=seat, key=form.entry_key, **form.facts)
            if not secret:  # the second delivery of this form: the secret was shown
                return redirect("villages:webhook-detail", webhook.pk)
            return render(request, "villages/webhook_once.html", {"webhook": webhook, "secret": secret})
    return form_page(request, "villages/webhook_new.html", form)


@page("GET", "POST", may=MAY)
def webhook_detail(request, seat, key):
    """What was told, the newest first; POST sends it again from a day on."""
    webhook = access_webhook(seat, key)
    form = bind(request, ReplayForm)
    if request.method == "POST" and form.is_valid():
        count = send_again(by=seat, webhook=webhook, since=form.cleaned_data["since"])
        said = ngettext("%(n)s message is sent again.", "%(n)s messages are sent again.", count)
        messages.success(request, said % {"n": count})
        return redirect("villages:webhook-detail", webhook.pk)
    shown = keyset_page(
        webhook.deliveries.all(), order=("-happened_at", "-id"), cursor=request.GET.get("after", "")
    )
    context = {
        "webhook": webhook,
        "labels": labels(webhook.events),
        "page": shown,
        "deliveries": [(row, *labels([row.event])) for row in shown],
        "stands": stands(webhook),
    }
    return form_page(request, "villages/webhook_detail.html", form, **context)


@page("POST", may=MAY)
def webhook_stop(_request, seat, key):
    stop_webhook(by=seat, webhook=access_webhook(seat, key))
    return redirect("villages:webhook-list")
