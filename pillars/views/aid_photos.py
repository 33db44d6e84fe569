"""Photos of equipment: add one, take it along, take it back."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.entry import bind, form_page
from accounts.roles import Permission
from migrants.attached_files import body_of
from pillars.access import access_item, access_item_photo
from pillars.actions.aid_photos import add_item_photo, note_item_photo_opened, remove_item_photo
from pillars.forms.outreach import PhotoForm
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
def item_photo_new(request, seat, key):
    item = access_item(seat, key)
    form = bind(request, PhotoForm)
    if request.method == "POST" and form.is_valid():
        clean, caption = form.cleaned_data["file"], form.cleaned_data["caption"]
        add_item_photo(by=seat, item=item, key=form.entry_key, clean=clean, caption=caption)
        return redirect("pillars:item-detail", item.pk)
    return form_page(request, "pillars/item_photo_new.html", form, item=item)


@page("GET", may=Permission.SEE_PILLARS)
@csp_update({"sandbox": True})
def item_photo_download(request, seat, key):
    photo = access_item_photo(seat, key)
    body = body_of(photo)
    if body is None:
        raise Http404(_("The file is no longer kept."))
    if request.method == "GET":
        note_item_photo_opened(by=seat, photo=photo)
    answer = HttpResponse(body, content_type="image/png" if photo.kind == "png" else "image/jpeg")
    answer["Content-Disposition"] = f'attachment; filename="{photo.download_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("GET", "POST", may=Permission.LOG_RECORDS)
def item_photo_remove(request, seat, key):
    photo = access_item_photo(seat, key)
    if request.method == "POST":
        remove_item_photo(by=seat, photo=photo)
        return redirect("pillars:item-detail", photo.item_id)
    return render(request, "pillars/item_photo_remove.html", {"photo": photo, "item": photo.item})
