"""The photo of a child: add one, look at it, take it back. Only while the guardian allows it."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.entry import bind, form_page
from accounts.roles import Permission
from migrants.attached_files import body_of
from pillars.actions.child_photos import add_child_photo, forget_child_photo, note_child_photo_opened
from pillars.child_access import access_child, access_child_photo
from pillars.forms.outreach import PhotoForm
from pillars.views.saving import saved
from villages.doors import page


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_photo_new(request, seat, key):
    child = access_child(seat, key)
    form = bind(request, PhotoForm)

    def add():
        return add_child_photo(by=seat, child=child, key=form.entry_key, clean=form.cleaned_data["file"])

    if request.method == "POST" and form.is_valid() and saved(form, add):
        return redirect("pillars:child-detail", child.pk)
    return form_page(request, "pillars/child_photo_new.html", form, child=child)


@page("GET", may=Permission.SEE_CHILDREN)
@csp_update({"sandbox": True})
def child_photo_download(request, seat, key):
    photo = access_child_photo(seat, key)
    body = body_of(photo)
    if body is None:
        raise Http404(_("The file is no longer kept."))
    if request.method == "GET":
        note_child_photo_opened(by=seat, photo=photo)
    answer = HttpResponse(body, content_type="image/png" if photo.kind == "png" else "image/jpeg")
    answer["Content-Disposition"] = f'attachment; filename="{photo.download_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_photo_remove(request, seat, key):
    photo = access_child_photo(seat, key)
    if request.method == "POST":
        forget_child_photo(by=seat, child=photo.child)
        return redirect("pillars:child-detail", photo.child_id)
    return render(request, "pillars/child_photo_remove.html", {"child": photo.child})
