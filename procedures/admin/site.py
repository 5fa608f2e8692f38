"""The admin site under the product's name: its lists, the dashboard, and one answer to who may not do something."""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from taggit.models import Tag

from procedures.admin import lists
from procedures.admin.frame import VIEW, refusal
from procedures.editorial.permissions import NotAllowed
from procedures.models import Act, Manuscript, Revision, State, Vocabulary

_LISTS = {
    Manuscript: lists.Entries,
    Revision: lists.Revisions,
    Act: lists.Acts,
    Vocabulary: lists.Vocabularies,
}
_SHOWN = 20


class PedicleAdminSite(AdminSite):
    site_title = "Pedicle"
    site_header = "Pedicle: the editors' desk"
    index_title = "Editors' desk"
    enable_nav_sidebar = False

    def __init__(self, *args, **kwargs):
        # Here and not by import: the module of a site is imported while the site is being made.
        super().__init__(*args, **kwargs)
        for model, model_admin in _LISTS.items():
            self.register(model, model_admin)

    def register(self, model_or_iterable, admin_class=None, **options):
        """As in Django, without taggit's own list: an entry's tags stand in its text and nowhere else."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        super().register([model for model in models if model is not Tag], admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """As in Django, and who may not is told so on a page of the desk."""

        def guarded(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except (NotAllowed, PermissionDenied) as error:
                return refusal(request, str(error))

        return super().admin_view(update_wrapper(guarded, view), cacheable)

    def index(self, request, extra_context=None):
        return super().index(request, (extra_context or {}) | _dashboard(request.user))


def _dashboard(user):
    if not user.has_perm(VIEW):
        return {}
    drafts = (
        Manuscript.objects.filter(state=State.DRAFT)
        .select_related("latest__by", "live")
        .defer("latest__text", "live__text")
    )
    acts = Act.objects.select_related("by", "revision").defer("revision__text")
    return {
        "drafts": drafts.order_by("-changed_at")[:_SHOWN],
        "draft_count": drafts.count(),
        "acts": acts.order_by("-pk")[:_SHOWN],
    }
