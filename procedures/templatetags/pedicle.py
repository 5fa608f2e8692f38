"""Formatting for templates: Markdown, numbers, verdicts. No queries."""

from django import template
from django.utils.safestring import mark_safe

from procedures.models import entry_url
from procedures.text.plain import first_sentence as to_first_sentence
from procedures.text.plain import plain as to_plain

register = template.Library()

# A verdict is always shape, word and colour: the mark and the tone of every code that judges.
_VERDICTS = {
    "strength:indicated": ("●", "indicated"),
    "strength:selected": ("▲", "caution"),
    "strength:caution": ("▲", "caution"),
    "strength:no-statement": ("○", "none"),
    "grade:absolute": ("✕", "against"),
    "grade:relative": ("✕", "against"),
    "grade:caution": ("▲", "caution"),
    "direction:for": ("●", "indicated"),
    "direction:conditional": ("▲", "caution"),
    "direction:against": ("✕", "against"),
    "direction:none": ("○", "none"),
    "verdict:favors": ("●", "indicated"),
    "verdict:no-difference": ("○", "none"),
    "verdict:against": ("✕", "against"),
    "verdict:mixed": ("▲", "caution"),
    "verdict:descriptive": ("○", "none"),
}


@register.filter
def block(text, page):
    """Markdown of several paragraphs as HTML, with the page's links and source numbers."""
    return mark_safe(page.renderer.block(text)) if text else ""  # noqa: S308  sanitised in procedures.text.render


@register.filter
def inline(text, page):
    """A short Markdown text as HTML."""
    return mark_safe(page.renderer.inline(text)) if text else ""  # noqa: S308  sanitised in procedures.text.render


@register.filter
def plain(text):
    """Markdown as plain words."""
    return to_plain(text)


@register.filter
def first_sentence(text):
    """The first sentence of a Markdown text, in plain words."""
    return to_first_sentence(text)


@register.filter
def number(value):
    """8.0000 → 8, 0.5000 → 0.5."""
    return f"{value.normalize():f}" if value is not None else ""


@register.filter
def incidence(risk):
    """«14 of 157 levels (9%)», «3.5–23% of patients (across series)»; empty where the record has no number."""
    percent, low, high = risk.incidence_percent, risk.incidence_low, risk.incidence_high
    span = ""
    if low is not None:
        span = f"{number(low)}–{number(high)}%" if low != high else f"{number(low)}%"
        if risk.incidence_range_is:
            span += f" ({risk.incidence_range_is})"
    if risk.incidence_events is not None:
        shown = f"{risk.incidence_events:,} of {risk.incidence_total:,} {risk.incidence_of}"
        shown += f" ({number(percent)}%)" if percent is not None else f" ({_share(risk)}%)"
        return f"{shown}; {span}" if span else shown
    if percent is not None:
        return f"{number(percent)}% of {risk.incidence_of}" + (f"; {span}" if span else "")
    return f"{span} of {risk.incidence_of}" if span else ""


def _share(risk):
    """n/N in percent, to one decimal, or to two significant digits where it is small."""
    share = risk.incidence_events * 100 / risk.incidence_total
    return f"{share:.1f}".removesuffix(".0") if share >= 1 or not share else f"{share:.2g}"


@register.filter
def effect(study):
    """«difference 1.3 points (95% CI 0.1 to 2.6)»."""
    if study.effect_value is None:
        return ""
    text = f"{study.effect_measure}: {number(study.effect_value)}"
    if study.effect_unit:
        text += f" {study.effect_unit}"
    if study.effect_low is not None:
        level = f"{number(study.effect_level)}% CI " if study.effect_level is not None else ""
        text += f" ({level}{number(study.effect_low)} to {number(study.effect_high)})"
    return text


@register.filter
def label(code, page):
    """The readers' word of a code: `{{ "phase:access"|label:page }}`."""
    return page.labels[code].label if code in page.labels else code


@register.filter
def code(value, vocabulary):
    """`{{ step.phase|code:"phase" }}` → `phase:access`."""
    return f"{vocabulary}:{value}"


@register.inclusion_tag("components/verdict.html")
def verdict(vocabulary, value, page):
    """The pill of a judging code."""
    row = page.labels[f"{vocabulary}:{value}"]
    mark, tone = _VERDICTS[row.pk]
    return {"mark": mark, "tone": tone, "label": row.label, "meaning": row.meaning}


@register.simple_tag
def url_of(entry, anchor=""):
    """The address of an entry or of a part of it."""
    return entry_url(entry.kind, entry.slug, anchor)


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    """The page's query string with changes: None removes a name."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def adding(context, name, value):
    """The page's query string with one more value of a name; back to the first page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query.appendlist(name, value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def without(context, name, value):
    """The page's query string without one value of a name; back to the first page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query.setlist(name, [item for item in query.getlist(name) if item != value])
    return f"?{query.urlencode()}"
