"""The form of an entry: data ↔ what a browser posts, parts added, removed and moved, faults at their fields.

A field's name in HTML is its path as faults are reported, parts counted from 1: `steps.3.hazards.1.text`. So a
fault finds its field by name, and nothing is numbered twice. Pure: no Django, no database.

    parse(flat(data)) == data    for all data that the form can show (`shows`)
"""

from collections import defaultdict
from dataclasses import dataclass, field

from procedures.admin.fields import Field

# No schema nests deeper; a longer name was not made by our form.
_DEEPEST = 12
_HEADING = 90


# -- posted ↔ data ------------------------------------------------------------------------------------------


def parse(root, posted):
    """Posted values ({name: [value, …]}) → data of dict, list and str. What is empty is absent.

    A part without any value stays as {}, so that one just added can be filled in; `prune` drops it.
    """
    return _parsed_group(root, "", posted, _part_numbers(posted))


def _parsed_group(group, name, posted, numbers):
    data = {}
    for each in group.fields:
        value = _parsed(each, _join(name, each.name), posted, numbers)
        if value:
            data[each.name] = value
    return data


def _parsed(each, name, posted, numbers):
    if each.sort == "group":
        return _parsed_group(each, name, posted, numbers)
    if each.sort == "parts":
        return [_parsed_group(each, _join(name, number), posted, numbers) for number in sorted(numbers[name])]
    values = [normal(value) for value in posted.get(name, ())]
    if each.sort == "choices":
        return [value for value in values if value]
    value = values[-1] if values else ""
    if each.sort == "lines":
        return [line.strip() for line in value.split("\n") if line.strip()]
    if each.sort == "flag":
        return "true" if values else ""
    if each.sort != "text":
        value = value.replace("\n", " ").strip()
    return value if value.strip() else ""


def normal(value):
    """Typed text with LF line ends. A NUL, which no database keeps and no browser types, is made visible."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def _part_numbers(posted):
    """{name of a list: numbers of its parts} that occur in the posted names."""
    numbers = defaultdict(set)
    for name in posted:
        steps = name.split(".", _DEEPEST)
        for index, step in enumerate(steps):
            if step.isascii() and step.isdigit() and len(step) < 6:
                numbers[".".join(steps[:index])].add(int(step))
    return numbers


def prune(data):
    """The data without empty parts."""
    if isinstance(data, dict):
        pruned = {name: prune(value) for name, value in data.items()}
        return {name: value for name, value in pruned.items() if value}
    if isinstance(data, list):
        return [value for value in map(prune, data) if value]
    return data


def flat(root, data):
    """Data → what a browser would post: {name: [value, …]}."""
    posted = {}
    _flatten(root, "", data, posted)
    return posted


def _flatten(group, name, data, posted):
    for each in group.fields:
        own, value = _join(name, each.name), data.get(each.name)
        if each.sort == "group":
            _flatten(each, own, value if isinstance(value, dict) else {}, posted)
        elif each.sort == "parts":
            for number, part in enumerate(value if isinstance(value, list) else [], 1):
                _flatten(each, _join(own, number), part if isinstance(part, dict) else {}, posted)
        elif each.sort in ("choices", "flag"):
            posted |= {own: _texts(value)} if value else {}
        else:
            posted[own] = ["\n".join(_texts(value))]


def shows(root, data):
    """Whether the form holds all of the data, so that editing in it loses nothing. (A draft may hold a field
    that the schema does not know, or a list where a text belongs; text mode shows those.)
    """
    return parse(root, flat(root, data)) == data


def _texts(value):
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def _join(name, step):
    return f"{name}.{step}" if name else str(step)


# -- parts --------------------------------------------------------------------------------------------------

ADD, REMOVE, UP, DOWN = "add", "remove", "up", "down"


def change(root, data, wish):
    """Do what a button asks (`add:steps`, `remove:steps.2`, `up:steps.2`, `down:steps.2`) to the data, in place.

    Returns the name of the part to show afterwards. Raises ValueError for a wish that no button of ours makes.
    """
    verb, _, name = wish.partition(":")
    if verb not in (ADD, REMOVE, UP, DOWN) or not name:
        raise ValueError(f"«{wish}» is not a change of parts")
    steps = [int(step) - 1 if step.isascii() and step.isdigit() else step for step in name.split(".", _DEEPEST)]
    number = None if verb == ADD else steps.pop()
    parts = _parts_at(root, data, steps)
    if verb == ADD:
        parts.append({})
        return _join(name, len(parts))
    if not isinstance(number, int) or not 0 <= number < len(parts):
        raise ValueError(f"there is no part {name}")
    of = name.rpartition(".")[0]
    if verb == REMOVE:
        del parts[number]
        return of
    other = min(max(number + (1 if verb == DOWN else -1), 0), len(parts) - 1)
    parts[number], parts[other] = parts[other], parts[number]
    return _join(of, other + 1)


def _parts_at(root, data, steps):
    """The list of parts at a path; groups and lists on the way that are absent are made."""
    group, place = root, data
    for index, step in enumerate(steps):
        if isinstance(step, int):
            if not isinstance(place, list) or not 0 <= step < len(place):
                raise ValueError("there is no such part")
            place = place[step]
            continue
        group = next((each for each in group.fields if each.name == step), None)
        if group is None or group.sort not in ("group", "parts") or not isinstance(place, dict):
            raise ValueError(f"there is no list «{step}»")
        place = place.setdefault(step, {} if group.sort == "group" else [])
        if group.sort == "parts" and index < len(steps) - 1 and not isinstance(steps[index + 1], int):
            raise ValueError(f"«{step}» is a list; say which part")
    if group.sort != "parts" or not isinstance(place, list):
        raise ValueError("that is not a list of parts")
    return place


# -- shown --------------------------------------------------------------------------------------------------


@dataclass
class Node:
    """A field, or one part of a list, as a template shows it."""

    field: Field
    name: str
    label: str
    value: str = ""
    options: list = field(default_factory=list)  # (code, label, chosen)
    faults: list = field(default_factory=list)
    nodes: list = field(default_factory=list)  # of a group or of a part
    parts: list = field(default_factory=list)
    number: int | None = None  # of a part, from 1
    is_last: bool = False
    heading: str = ""
    is_open: bool = False
    is_filled: bool = False

    @property
    def id(self):
        return f"f-{self.name}"

    @property
    def next(self):
        """The number that a part added to this list gets."""
        return len(self.parts) + 1

    @property
    def id_before(self):
        return self._sibling(-1)

    @property
    def id_after(self):
        return self._sibling(1)

    @property
    def id_of_list(self):
        return f"f-{self.name.rpartition('.')[0]}"

    def _sibling(self, step):
        return f"{self.id_of_list}.{self.number + step}"

    @property
    def template(self):
        return f"admin/procedures/fields/{self.field.sort}.html"

    @property
    def described_by(self):
        ids = [f"{self.id}-help"] if self.field.help or self.field.hint or self.field.default else []
        return " ".join([*ids, f"{self.id}-faults"] if self.faults else ids)

    @property
    def rows(self):
        """The height of a textarea that shows most of its text."""
        lines = sum(1 + len(line) // 90 for line in self.value.split("\n"))
        return min(max(lines + (self.field.sort == "text"), 2), 24)


@dataclass(frozen=True)
class Place:
    """A fault in the summary: the field it stands at, or None for the whole entry."""

    id: str | None
    label: str
    message: str


def bind(root, data, *, faults=(), labels=None, shown=""):
    """(root node, [Place]) of data. `faults` have a dotted `field` and a `message`; `labels` gives the words for
    (vocabulary, code); `shown` is the part to open.
    """
    binding = _Binding(faults, labels or {}, shown)
    node = binding.group(root, "", "", data)
    binding.claim(node)
    return node, binding.places


class _Binding:
    def __init__(self, faults, labels, shown):
        self.waiting = [(fault.field, fault.message) for fault in faults]
        self.labels = labels
        self.shown = shown
        self.places = []

    def claim(self, node):
        """Give a node the faults at it and below it that no node further in has taken."""
        below = f"{node.name}."
        mine = [each for each in self.waiting if not node.name or each[0] == node.name or each[0].startswith(below)]
        for each in mine:
            self.waiting.remove(each)
            path, message = each
            rest = path.removeprefix(below) if path != node.name else ""
            if rest and node.name:
                message = f"line {rest}: {message}" if rest.isdigit() else f"{rest}: {message}"
            node.faults.append(message)
            whole = not node.name
            self.places.append(Place(None if whole else node.id, path if whole else node.label, message))
        return bool(mine)

    def group(self, each, name, label, data, number=None):
        """The node of a group, or of a part where a number is given."""
        data = data if isinstance(data, dict) else {}
        node = Node(each, name, label, number=number, is_filled=bool(data))
        for child in each.fields:
            own = f"{label} › {child.label}" if label else child.label
            node.nodes.append(self.field(child, _join(name, child.name), own, data.get(child.name)))
        faulty = bool(node.name and self.claim(node)) or any(child.faults or child.is_open for child in node.nodes)
        node.is_open = faulty or bool(name) and (self.shown == name or self.shown.startswith(f"{name}."))
        return node

    def field(self, each, name, label, value):
        if each.sort == "group":
            return self.group(each, name, label, value)
        node = Node(each, name, label)
        if each.sort == "parts":
            parts = value if isinstance(value, list) else []
            for number, part in enumerate(parts, 1):
                bound = self.group(each, _join(name, number), f"{label} {number}", part, number)
                bound.heading = _heading(each, part)
                bound.is_last = number == len(parts)
                node.parts.append(bound)
            node.is_filled = bool(parts)
            node.is_open = any(part.is_open for part in node.parts) or self.shown == name
        elif each.sort in ("choice", "choices"):
            node.options = self.options(each, _texts(value))
        elif each.sort == "flag":
            node.value = "true" if value else ""
        else:
            node.value = "\n".join(_texts(value))
        self.claim(node)
        return node

    def options(self, each, chosen):
        """The codes in their order; one that is chosen but unknown is shown, not dropped."""
        known = [
            (code, self.labels.get((each.vocabulary, code)) or _words(code), code in chosen) for code in each.codes
        ]
        return known + [(code, f"{code} (not a choice)", True) for code in chosen if code not in each.codes]


def _heading(each, part):
    """What tells a part from its neighbors: its first short values, the title before others."""
    part = part if isinstance(part, dict) else {}
    names = [field.name for field in each.fields if field.sort in ("line", "choice", "number", "text")]
    names.sort(key=lambda name: name not in ("id", "title"))
    values = [part[name] for name in names if isinstance(part.get(name), str)][:3]
    words = " · ".join(" ".join(value.split()) for value in values)
    return words if len(words) <= _HEADING else words[: _HEADING - 1].rstrip() + "…"


def _words(code):
    words = code.replace("-", " ")
    return words[0].upper() + words[1:]
