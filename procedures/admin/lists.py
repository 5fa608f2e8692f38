"""The lists of the desk. They show; nothing is added, changed or deleted behind the editor's back."""

from django.contrib import admin
from django.db.models import F, Q
from django.urls import path, reverse
from django.utils.html import format_html

from procedures.admin import acts, editor
from procedures.admin.frame import VIEW
from procedures.documents.schema import KINDS
from procedures.models import entry_url


class KindFilter(admin.SimpleListFilter):
    title = parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(kind, kind) for kind in KINDS]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class UnpublishedFilter(admin.SimpleListFilter):
    title = "unpublished changes"
    parameter_name = "unpublished"

    def lookups(self, request, model_admin):
        return [("yes", "yes"), ("no", "no")]

    def queryset(self, request, queryset):
        unpublished = Q(live=None) | ~Q(live=F("latest"))
        return {"yes": queryset.filter(unpublished), "no": queryset.exclude(unpublished)}.get(self.value(), queryset)


class ReadOnlyList(admin.ModelAdmin):
    """A list without forms: no address to add, change or delete exists."""

    list_display_links = None
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(VIEW)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return [path("", self.admin_site.admin_view(self.changelist_view), name=name)]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related or ())


class Entries(ReadOnlyList):
    """Every entry as editors hold it, with the ways to its pages."""

    list_display = ("name", "kind", "slug", "state", "live_version", "has_changes", "changed", "pages")
    list_filter = (KindFilter, "state", UnpublishedFilter)
    search_fields = ("title", "slug")
    search_help_text = "Words of the title, or a slug."
    ordering = ("-changed_at", "-pk")
    list_select_related = ("latest", "live")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("latest__text", "live__text")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, (extra_context or {}) | {"title": "Entries"})

    @admin.display(description="title", ordering="title")
    def name(self, manuscript):
        return format_html('<a href="{}">{}</a>', _url("entry_edit", manuscript), manuscript.title)

    @admin.display(description="live", ordering="live__number", empty_value="none")
    def live_version(self, manuscript):
        return manuscript.live and manuscript.live.number

    @admin.display(description="unpublished")
    def has_changes(self, manuscript):
        return f"version {manuscript.latest.number}" if manuscript.has_unpublished_changes else "none"

    @admin.display(description="changed", ordering="changed_at")
    def changed(self, manuscript):
        return f"{manuscript.changed_at:%Y-%m-%d %H:%M}"

    @admin.display(description="pages")
    def pages(self, manuscript):
        history = format_html(
            '<a href="{}">History<span class="visually-hidden"> of {}</span></a>',
            _url("entry_history", manuscript),
            manuscript.title,
        )
        if not manuscript.live_id:
            return history
        public = format_html(
            '<a href="{}">Page<span class="visually-hidden"> of {} on the site</span></a>',
            entry_url(manuscript.kind, manuscript.slug),
            manuscript.title,
        )
        return format_html("{} · {}", history, public)

    def get_urls(self):
        views = {
            "new/": (editor.new, "entry_new"),
            "names/<str:kind>/": (editor.names, "entry_names"),
            "<str:kind>/<str:slug>/": (editor.edit, "entry_edit"),
            "<str:kind>/<str:slug>/text/": (editor.edit_text, "entry_text"),
            "<str:kind>/<str:slug>/preview/": (editor.preview, "entry_preview"),
            "<str:kind>/<str:slug>/publish/": (acts.publish, "entry_publish"),
            "<str:kind>/<str:slug>/withdraw/": (acts.withdraw, "entry_withdraw"),
            "<str:kind>/<str:slug>/rename/": (acts.rename, "entry_rename"),
            "<str:kind>/<str:slug>/history/": (acts.history, "entry_history"),
            "<str:kind>/<str:slug>/restore/<int:number>/": (acts.restore, "entry_restore"),
        }
        own = [path(route, self.admin_site.admin_view(view), name=name) for route, (view, name) in views.items()]
        return super().get_urls() + own


class Revisions(ReadOnlyList):
    list_display = ("title", "kind", "slug", "number", "origin", "by", "created_at", "note")
    list_filter = (KindFilter, "origin")
    search_fields = ("title", "slug", "note")
    ordering = ("-pk",)
    list_select_related = ("by",)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("text")


class Acts(ReadOnlyList):
    list_display = ("at", "by", "action", "kind", "slug", "edition", "note")
    list_filter = (KindFilter, "action")
    search_fields = ("slug", "note")
    ordering = ("-pk",)
    list_select_related = ("by",)


class Vocabularies(ReadOnlyList):
    list_display = ("name", "code", "label", "meaning")
    search_fields = ("name", "code", "label")
    ordering = ("name", "position")
    list_per_page = 200


def _url(name, manuscript):
    return reverse(f"admin:{name}", args=(manuscript.kind, manuscript.slug))
