"""Laws of the text form: reading what was written gives the same document, writing what was read the same text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.documents.read import read, read_data
from procedures.documents.schema import KINDS
from procedures.documents.write import to_data, write
from tests import strategies

every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
def test_text_and_document_are_the_same(kind):
    @given(strategies.documents(kind))
    def law(document):
        text = write(document)
        reading = read(kind, "x", text)
        assert reading.faults == []
        assert reading.document == document
        assert write(reading.document) == text

    law()


@every_kind
def test_data_and_document_are_the_same(kind):
    @settings(max_examples=25)
    @given(strategies.documents(kind))
    def law(document):
        reading = read_data(kind, "x", to_data(document))
        assert reading.faults == []
        assert reading.document == document

    law()


@given(kind=st.sampled_from(list(KINDS)), text=st.text(max_size=300))
def test_read_never_raises_for_any_text(kind, text):
    reading = read(kind, "x", text)

    assert reading.document is None
    assert reading.faults


@given(kind=st.sampled_from(list(KINDS)), front=strategies.raw_text, body=strategies.raw_text)
def test_read_never_raises_for_any_front_matter(kind, front, body):
    reading = read(kind, "x", f"---\ntitle: {front}\nsummary: x\n---\n{body}")

    assert (reading.document is None) == bool(reading.faults)
