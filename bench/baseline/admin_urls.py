"""Django's admin over visits, as a project sets it up: its own defaults, relations fetched with the rows."""

from django.contrib import admin
from django.urls import path

from migrants.models import ServiceVisit


class Site(admin.AdminSite):
    def has_permission(self, request):
        return request.user.is_authenticated


class VisitAdmin(admin.ModelAdmin):
    list_display = (
        "visited_on",
        "person",
        "visitor_name",
        "topic",
        "channel",
        "outcome",
        "village",
        "logged_by",
    )
    list_select_related = ("person", "village", "logged_by")
    list_per_page = 25
    ordering = ("-visited_on", "-id")
    search_fields = ("visitor_name",)
    list_filter = ("topic", "outcome")

    def has_view_permission(self, *_asked):
        return True

    has_module_permission = has_change_permission = lookup_allowed = has_view_permission

    def has_add_permission(self, *_asked):
        return False

    has_delete_permission = has_add_permission


site = Site(name="admin")
site.register(ServiceVisit, VisitAdmin)
urlpatterns = [path("admin/", site.urls)]
