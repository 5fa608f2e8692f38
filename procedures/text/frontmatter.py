"""Front matter: the YAML between two `---` lines, read as text with line numbers, written canonically.

Every scalar is read as text; the schema gives types. Refused, because a document never needs them and each
has been used to harm: anchors and aliases, tags, duplicate keys, more than one document, deep nesting.
"""

import re
from dataclasses import dataclass, field
from io import StringIO

import yaml
from yaml.cyaml import CEmitter
from yaml.resolver import BaseResolver

MAX_BYTES = 1_000_000
_MAX_DEPTH = 10


class _Dumper(CEmitter, BaseResolver):
    """A YAML writer for which every scalar is text, so that `no` and `1.50` need no quotes."""

    def __init__(self, stream):
        # libyaml takes a negative width as «never fold»: one paragraph is one line.
        CEmitter.__init__(self, stream, width=-1, allow_unicode=True)
        BaseResolver.__init__(self)


@dataclass
class FrontMatter:
    """What was read: `data` of dict, list and str; `lines` maps a path such as ("steps", 2, "body") to its
    line; `body` is the text after the front matter and `body_line` the line on which it begins.
    `faults` are (line, field, message).
    """

    data: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: list = field(default_factory=list)


def read(text):
    """Split and parse a text; never raises, faults are in the result."""
    result = FrontMatter(lines={(): 1})
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("---\n"):
        result.faults.append((1, "front matter", "the file must begin with a line `---`"))
        return result
    end = re.search(r"^---[ ]*$\n?", text[4:], re.MULTILINE)
    if end is None:
        result.faults.append((1, "front matter", "the closing line `---` is missing"))
        return result
    source = text[4 : 4 + end.start()]
    rest = text[4 + end.end() :]
    body = rest.lstrip("\n")
    result.body = body
    result.body_line = text[: len(text) - len(body)].count("\n") + 1
    try:
        if _harmful(result, source):
            return result
        node = yaml.compose(source, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context
        result.faults.append((mark.line + 2 if mark else 1, "front matter", f"not valid YAML: {problem}"))
        return result
    except yaml.reader.ReaderError as error:
        line = source[: error.position].count("\n") + 2
        result.faults.append((line, "front matter", f"a character that YAML does not allow: {error.reason}"))
        return result
    if not isinstance(node, yaml.MappingNode):
        result.faults.append((2, "front matter", "must be fields, one `name: value` a line"))
        return result
    result.data = _plain(node, (), result)
    return result


def _harmful(result, source):
    """Record the first alias, anchor, tag or too deep nesting; True stops the reading before it is built."""
    depth = 0
    for event in yaml.parse(source, Loader=yaml.CBaseLoader):
        line = event.start_mark.line + 2
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem = "anchors and aliases (& and *) are not allowed; write the value out, or quote it"
        elif getattr(event, "tag", None):
            problem = f"the tag {event.tag} is not allowed; remove it"
        elif depth > _MAX_DEPTH:
            problem = f"nested more than {_MAX_DEPTH} deep"
        if problem:
            result.faults.append((line, "front matter", problem))
            return True
    return False


def _plain(node, path, result):
    # A literal block's text begins on the line after its `|`.
    offset = 1 if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else 0
    result.lines[path] = node.start_mark.line + 2 + offset
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), result) for index, child in enumerate(node.value)]
    values = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 2
        if not isinstance(key_node, yaml.ScalarNode):
            result.faults.append((line, dotted(path), "a field's name must be a word"))
            continue
        key = key_node.value
        if key in values:
            result.faults.append((line, dotted((*path, key)), "this field stands twice; remove one"))
            continue
        values[key] = _plain(value_node, (*path, key), result)
        if not (isinstance(value_node, yaml.ScalarNode) and value_node.style in ("|", ">")):
            result.lines[(*path, key)] = line
    return values


def dotted(path):
    """A path as people write it, parts counted from 1: `steps.3.body`."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path) or "front matter"


def write(data, body=""):
    """The canonical text of `data` (dict, list and str, in the order given) and `body`."""
    stream = StringIO()
    dumper = _Dumper(stream)
    dumper.open()
    dumper.serialize(_node(data))
    dumper.close()
    dumper.dispose()
    return f"---\n{stream.getvalue()}---\n" + (f"\n{body}\n" if body else "")


def _node(value):
    if isinstance(value, dict):
        pairs = [(_node(key), _node(item)) for key, item in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    if isinstance(value, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(item) for item in value], flow_style=False)
    assert isinstance(value, str), f"front matter holds text only, not {type(value)}"
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)
