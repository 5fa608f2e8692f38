"""The editor over HTTP: what is typed is kept, what is wrong is said at its field, nothing is written but drafts."""

import pytest

from procedures.editorial import actions
from procedures.models import Act, Entry, Manuscript, Revision, State
from tests import worlds
from tests.admin.controls import EDIT, posted
from tests.views import markup

VERTEBROPLASTY = f"{EDIT}/procedure/vertebroplasty/"
TOPIC = f"{EDIT}/topic/bone-cement/"


def html(response):
    return response.content.decode()


def revisions(kind, slug):
    return Revision.objects.filter(kind=kind, slug=slug).count()


def latest(kind, slug):
    return Manuscript.objects.select_related("latest").get(kind=kind, slug=slug).latest


# -- open and save


@pytest.mark.parametrize(("kind", "slug"), worlds.TEXTS)
def test_saving_what_was_opened_makes_no_revision(desk, kind, slug):
    for address in (f"{EDIT}/{kind}/{slug}/", f"{EDIT}/{kind}/{slug}/text/"):
        form = posted(desk.get(address))
        response = desk.post(address, form | {"_do": "save"}, follow=True)

        assert "Nothing was changed" in html(response)
        assert revisions(kind, slug) == 1


@pytest.mark.parametrize(("kind", "slug"), worlds.TEXTS)
def test_editor_is_well_formed(desk, kind, slug):
    for mode in ("", "text/"):
        page = markup.read(html(desk.get(f"{EDIT}/{kind}/{slug}/{mode}")))

        assert page.faults == []
        assert sorted(set(page.ids)) == sorted(page.ids)
        assert set(page.refers) <= set(page.ids)


def test_a_change_is_a_draft_that_readers_do_not_see(desk, client, publisher):
    form = posted(desk.get(TOPIC))
    response = desk.post(TOPIC, form | {"title": "Canary cement", "_note": "Named anew.", "_do": "save"}, follow=True)

    assert "Saved as version 2" in html(response)
    assert "Canary" not in html(client.get("/topics/bone-cement/"))
    assert Manuscript.objects.get(kind="topic", slug="bone-cement").state == State.DRAFT
    revision = latest("topic", "bone-cement")
    assert (revision.title, revision.note, revision.by, revision.based_on.number) == (
        "Canary cement", "Named anew.", publisher, 1
    )  # fmt: skip
    assert revision.text == worlds.changed("topic", "bone-cement", title="Canary cement")


def test_a_draft_with_faults_is_saved_and_its_faults_are_listed(desk):
    form = posted(desk.get(TOPIC)) | {"summary": "", "tags": "Cement", "related": "topic:nowhere", "_do": "save"}
    response = desk.post(TOPIC, form, follow=True)

    assert revisions("topic", "bone-cement") == 2
    shown = html(response)
    assert "3 faults to mend" in shown
    assert '<a href="#f-summary">Summary</a>: is required; add it' in shown
    assert '<a href="#f-tags">Tags</a>: line 1: «Cement» does not have the form' in shown
    assert '<a href="#f-related">Related</a>: line 1: there is no topic «nowhere»' in shown
    assert (
        'id="f-summary" name="summary" aria-describedby="f-summary-help f-summary-faults" aria-invalid="true"' in shown
    )


def test_form_gives_the_faults_of_the_loader(desk):
    """At the same fields in the same words: only lines of a file are missing."""
    form = posted(desk.get(VERTEBROPLASTY)) | {
        "at_a_glance.access_gauge.low": "14",
        "risks.1.incidence.percent": "120",
        "risks.1.complication": "pregnancy",
        "indications.1.citations": "nobody2099",
        "steps.2.id": "access",
        "review_by": "soon",
    }
    desk.post(VERTEBROPLASTY, form | {"_do": "save"})
    reading = actions.read("procedure", "vertebroplasty", latest("procedure", "vertebroplasty").text)
    actions.check([reading])
    context = desk.get(VERTEBROPLASTY).context

    assert {(fault.field, fault.message) for fault in reading.faults} == {
        (fault.field, fault.message) for fault in context["faults"]
    }
    assert {fault.field for fault in context["faults"]} >= {
        "at_a_glance.access_gauge", "risks.1.incidence.percent", "risks.1.complication", "indications.1.citations.1",
        "steps.2.id", "review_by",
    }  # fmt: skip
    assert len(context["places"]) == len(context["faults"])


def test_check_says_what_is_wrong_and_writes_nothing(desk):
    form = posted(desk.get(TOPIC)) | {"summary": "See [[topic:nowhere]].", "_note": "why", "_do": "check"}
    response = desk.post(TOPIC, form)

    assert "there is no topic «nowhere»" in html(response)
    assert posted(response)["summary"] == ["See [[topic:nowhere]]."]
    assert posted(response)["_note"] == ["why"]
    assert revisions("topic", "bone-cement") == 1


@pytest.mark.parametrize(("field", "label"), [("summary", "Summary"), ("body", "Body")])
def test_what_cannot_be_saved_comes_back_as_typed(desk, field, label):
    form = posted(desk.get(TOPIC)) | {field: "A hidden \u202e character.", "_do": "save"}
    response = desk.post(TOPIC, form)

    assert response.status_code == 422
    assert "Not saved" in html(response)
    assert f"{label}</a>: holds the hidden character U+202E" in html(response)
    assert posted(response)[field] == ["A hidden \u202e character."]
    assert revisions("topic", "bone-cement") == 1


def test_labels_come_from_the_vocabulary(desk):
    shown = html(desk.get(VERTEBROPLASTY))

    assert (
        '<option value="sham-rct" selected>Sham-controlled trial</option>' in shown
        or 'value="sham-rct" selected>' in shown
    )
    assert '<option value="cement-leakage">Cement leakage</option>' in shown


# -- parts without JavaScript


def press(client, address, form, button):
    return client.post(address, form | {"_do": button})


def test_parts_are_added_filled_in_moved_and_removed(desk):
    response = press(desk, VERTEBROPLASTY, posted(desk.get(VERTEBROPLASTY)), "add:steps")
    form = posted(response) | {
        "title": "Kept while typing",
        "steps.3.id": "close",
        "steps.3.phase": "closure",
        "steps.3.title": "Close",
        "steps.3.body": "Press.",
        "steps.3.citations": "nice2013",
    }
    form = posted(press(desk, VERTEBROPLASTY, form, "add:steps.3.hazards")) | {"steps.3.hazards.1.text": "Bleeding."}
    form = posted(press(desk, VERTEBROPLASTY, form, "up:steps.3"))
    assert form["steps.2.id"] == ["close"] and form["steps.2.hazards.1.text"] == ["Bleeding."]
    assert form["steps.3.id"] == ["inject-cement"]
    form = posted(press(desk, VERTEBROPLASTY, form, "down:steps.2"))
    form = posted(press(desk, VERTEBROPLASTY, form, "remove:equipment.1"))
    assert revisions("procedure", "vertebroplasty") == 1

    response = desk.post(VERTEBROPLASTY, form | {"_do": "save"}, follow=True)

    assert "Saved as version 2" in html(response) and "fault" not in html(response)
    document = actions.read("procedure", "vertebroplasty", latest("procedure", "vertebroplasty").text).document
    assert document.title == "Kept while typing"
    assert [step.id for step in document.steps] == ["access", "inject-cement", "close"]
    assert document.steps[2].hazards[0].text == "Bleeding."
    assert document.steps[0].schematic == worlds.document("procedure", "vertebroplasty").steps[0].schematic
    assert document.equipment == []


def test_an_added_part_left_empty_is_dropped(desk):
    form = posted(press(desk, VERTEBROPLASTY, posted(desk.get(VERTEBROPLASTY)), "add:risks"))
    assert "risks.2.id" in form

    response = desk.post(VERTEBROPLASTY, form | {"_do": "save"}, follow=True)

    assert "Nothing was changed" in html(response)


@pytest.mark.parametrize("wish", ["remove:steps.9", "add:nowhere", "fly"])
def test_unknown_buttons_are_refused(desk, wish):
    assert press(desk, VERTEBROPLASTY, posted(desk.get(VERTEBROPLASTY)), wish).status_code == 400


# -- text mode


def test_text_mode_lists_faults_with_lines(desk):
    text = worlds.changed("topic", "bone-cement", tags=["Cement"], colour="grey")
    response = desk.post(f"{TOPIC}text/", {"_text": text, "_based_on": "1", "_do": "save"}, follow=True)

    shown = html(response)
    assert response.redirect_chain[-1][0] == f"{TOPIC}text/"
    assert 'data-line="5">Line 5</a>, tags.1: «Cement» does not have the form' in shown
    assert 'data-line="6">Line 6</a>, colour: is not a field here' in shown
    assert posted(response)["_text"][0].replace("\r\n", "\n") == text


def test_changing_mode_loses_nothing_and_writes_nothing(desk):
    form = posted(desk.get(VERTEBROPLASTY)) | {"title": "Typed", "steps.1.title": "", "_note": "why"}
    as_text = posted(desk.post(f"{VERTEBROPLASTY}text/", form | {"_do": "text"}))
    assert "title: Typed" in as_text["_text"][0]
    back = posted(desk.post(VERTEBROPLASTY, as_text | {"_do": "form"}))

    def values(form):
        return {name: [value.strip() for value in sent] for name, sent in form.items() if name != "csrfmiddlewaretoken"}

    def sent(form):
        return values({name: value if isinstance(value, list) else [value] for name, value in form.items()})

    assert sent(back) == sent(form)
    assert revisions("procedure", "vertebroplasty") == 1


def test_a_text_that_the_form_would_lose_stays_in_text_mode(desk, author):
    text = worlds.changed("topic", "bone-cement", colour="grey")
    actions.save_draft(kind="topic", slug="bone-cement", text=text, by=author, based_on=1)

    for response in (desk.get(TOPIC), desk.post(TOPIC, {"_text": text, "_based_on": "2", "_do": "form"})):
        assert posted(response)["_text"][0].replace("\r\n", "\n") == text
        assert "The form cannot show all of this text" in html(response)


@pytest.mark.parametrize(
    "text", ["", "no front matter", "---\na: [\n---\n", "---\nx: &a [*a]\n---\n", "---\n{}\n---\n"]
)
def test_unreadable_text_is_refused_and_comes_back(desk, text):
    response = desk.post(f"{TOPIC}text/", {"_text": text, "_based_on": "1", "_do": "save"})

    assert response.status_code == 422
    assert posted(response)["_text"][0].replace("\r\n", "\n") == text
    assert revisions("topic", "bone-cement") == 1


# -- conflict


@pytest.mark.parametrize("mode", ["", "text/"])
def test_conflict_shows_both_versions_and_keeps_what_was_typed(desk, author, mode):
    mine = posted(desk.get(f"{TOPIC}{mode}"))
    if mode:
        mine["_text"] = [mine["_text"][0].replace("hardens", "sets")]
    else:
        mine["summary"] = [mine["summary"][0].replace("hardens", "sets")]
    theirs = worlds.changed("topic", "bone-cement", title="Their cement")
    actions.save_draft(kind="topic", slug="bone-cement", text=theirs, by=author, based_on=1)

    response = desk.post(f"{TOPIC}{mode}", mine | {"_note": "mine", "_do": "save"})

    shown = html(response)
    assert response.status_code == 409
    assert "Version 2 was saved by author after you began" in shown
    assert "<ins>Their</ins>" in shown and "<ins>sets</ins>" in shown and "<del>hardens</del>" in shown
    form = posted(response)
    assert "sets within minutes" in form["_text" if mode else "summary"][0]
    assert form["_note"] == ["mine"] and form["_based_on"] == ["2"]
    assert latest("topic", "bone-cement").text == theirs

    response = desk.post(f"{TOPIC}{mode}", form | {"_do": "save"}, follow=True)
    assert "Saved as version 3" in html(response)
    assert Revision.objects.filter(kind="topic", slug="bone-cement", text=theirs).exists()


# -- new


def test_new_entry_from_choice_to_page(desk, client, publisher):
    assert desk.get(f"{EDIT}/new/").status_code == 200
    response = desk.get(f"{EDIT}/new/", {"kind": "topic", "slug": "needles"})
    assert not Manuscript.objects.filter(slug="needles").exists()
    address = f"{EDIT}/topic/needles/"
    assert desk.get(address).status_code == 404

    form = posted(response) | {"title": "Needles", "summary": "Steel, [@nice2013]."}
    assert desk.post(address, form | {"_do": "save"}, follow=True).redirect_chain == [(address, 302)]
    desk.post(f"{address}publish/", {"note": "First version.", "number": "1"})

    assert "Needles" in html(client.get("/topics/needles/"))
    assert latest("topic", "needles").by == publisher


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"kind": "topic", "slug": "Bad Slug"}, "cannot be a slug"),
        ({"kind": "topic", "slug": "bone-cement"}, "There is a topic «bone-cement» already"),
        ({"kind": "nothing", "slug": "x"}, "Choose a kind"),
        ({"kind": "topic", "slug": ""}, "Choose a kind"),
        ({"kind": "topic", "slug": "nul\x00"}, "cannot be a slug"),
    ],
)
def test_new_entry_needs_a_kind_and_a_free_slug(desk, query, says):
    response = desk.get(f"{EDIT}/new/", query)

    assert response.status_code == 422
    assert says in html(response)


def test_two_new_entries_of_one_name_conflict(desk, author):
    form = posted(desk.get(f"{EDIT}/new/", {"kind": "topic", "slug": "needles"})) | {"title": "Mine"}
    text = worlds.changed("topic", "bone-cement", title="Theirs")
    actions.save_draft(kind="topic", slug="needles", text=text, by=author)

    response = desk.post(f"{EDIT}/topic/needles/", form | {"_do": "save"})

    assert response.status_code == 409
    assert posted(response)["title"] == ["Mine"]


@pytest.mark.parametrize("path", ["topic/Bad", "nothing/bone-cement", "topic/nowhere", "topic/a--b"])
def test_entries_that_cannot_be_are_not_found(desk, path):
    assert desk.get(f"{EDIT}/{path}/").status_code == 404


def test_no_draft_is_made_under_a_name_that_cannot_be(desk):
    for path in ("topic/Bad", "nothing/x"):
        assert desk.post(f"{EDIT}/{path}/", {"title": "x", "_do": "save"}).status_code == 404
    assert not Manuscript.objects.filter(slug__in=["Bad", "x"]).exists()


# -- preview


def test_preview_shows_what_is_typed_and_keeps_nothing(desk):
    form = posted(desk.get(TOPIC)) | {"title": "Canary cement"}
    response = desk.post(f"{TOPIC}preview/", form)

    assert "Canary cement" in html(response)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert revisions("topic", "bone-cement") == 1
    assert Entry.objects.get(pk="topic:bone-cement").title == "Bone cement"


@pytest.mark.parametrize(("kind", "slug"), [key for key in worlds.TEXTS if key[0] != "term"])
def test_preview_of_every_kind(desk, kind, slug):
    response = desk.get(f"{EDIT}/{kind}/{slug}/preview/")

    assert response.status_code == 200
    assert worlds.document(kind, slug).title in html(response)


def test_preview_with_faults_says_which(desk):
    form = posted(desk.get(TOPIC)) | {"summary": "See [[topic:nowhere]]."}
    response = desk.post(f"{TOPIC}preview/", form)

    assert response.status_code == 422
    assert "there is no topic «nowhere»" in html(response)
    assert response["X-Robots-Tag"] == "noindex"


# -- names


def test_names_are_suggested(desk):
    def names(kind, words):
        return [row["name"] for row in desk.get(f"{EDIT}/names/{kind}/", {"q": words}).json()["results"]]

    assert names("reference", "trial of") == ["clark2016"]
    assert names("reference", "nice") == ["nice2013"]
    assert names("entry", "kümmell") in (["condition:kummell-disease"], [])  # SQLite folds ASCII only
    assert names("entry", "kummell") == ["condition:kummell-disease"]
    assert names("topic", "\x00%_") == []
    assert desk.get(f"{EDIT}/names/nothing/").status_code == 404


def test_acts_are_kept(desk, publisher):
    form = posted(desk.get(TOPIC)) | {"title": "Anew", "_note": "Named anew.", "_do": "save"}
    desk.post(TOPIC, form)

    act = Act.objects.order_by("-pk").first()
    assert (act.action, act.by, act.note) == ("save-draft", publisher, "Named anew.")
