"""The kinds without parts of their own: complication, case, topic, reference, term."""

from django.db import models

from procedures.documents.schema import vocabulary
from procedures.models.entry import Entry
from procedures.models.values import one_of


class Complication(Entry):
    pass


class Case(Entry):
    age_band = models.CharField(max_length=20)
    sex = models.CharField(max_length=20)
    levels = models.JSONField(default=list)
    conditions = models.ManyToManyField("Condition", related_name="cases")
    procedures = models.ManyToManyField("Procedure", related_name="cases")
    complications = models.ManyToManyField("Complication", related_name="cases")
    teaches = models.JSONField(default=list)
    rights = models.CharField(max_length=600)

    class Meta:
        constraints = [
            one_of("case_age_band", "age_band", vocabulary.AgeBand),
            one_of("case_sex", "sex", vocabulary.Sex),
        ]


class Topic(Entry):
    pass


class Term(Entry):
    pass


class Reference(Entry):
    """A source, in CSL terms."""

    type = models.CharField(max_length=20)
    evidence = models.CharField(max_length=40)
    author = models.JSONField(default=list)
    issued = models.CharField(max_length=10, null=True)
    container_title = models.CharField(max_length=600, null=True)
    volume = models.CharField(max_length=600, null=True)
    issue = models.CharField(max_length=600, null=True)
    page = models.CharField(max_length=600, null=True)
    publisher = models.CharField(max_length=600, null=True)
    doi = models.CharField(max_length=200, null=True)
    pmid = models.CharField(max_length=9, null=True)
    pmcid = models.CharField(max_length=12, null=True)
    url = models.CharField(max_length=500, null=True)
    language = models.CharField(max_length=5, null=True)
    seen = models.CharField(max_length=20)
    checked = models.DateField(null=True)
    retracted = models.BooleanField(default=False)
    note = models.TextField(null=True)

    class Meta:
        constraints = [
            one_of("reference_type", "type", vocabulary.ReferenceType),
            one_of("reference_evidence", "evidence", vocabulary.Evidence),
            one_of("reference_seen", "seen", vocabulary.Seen),
        ]

    @property
    def short(self):
        """Who and when, in few words: «Clark et al. 2016»."""
        names = [author.get("family") or author.get("literal") for author in self.author]
        who = " and ".join(names) if len(names) <= 2 else f"{names[0]} et al."
        title = self.title if len(self.title) <= 60 else f"{self.title[:57].rstrip()}…"
        return " ".join(part for part in (who or self.container_title or title, self.year) if part)

    @property
    def year(self):
        return (self.issued or "")[:4]

    @property
    def authors(self):
        """All authors in a line, families first."""
        return ", ".join(
            author.get("literal") or " ".join(filter(None, (author.get("family"), author.get("given"))))
            for author in self.author
        )

    @property
    def identifiers(self):
        """[(sort, text, address)] of where the source can be found."""
        found = []
        if self.doi:
            found.append(("DOI", self.doi, f"https://doi.org/{self.doi}"))
        if self.pmid:
            found.append(("PMID", self.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"))
        if self.pmcid:
            found.append(("PMCID", self.pmcid, f"https://www.ncbi.nlm.nih.gov/pmc/articles/{self.pmcid}/"))
        if self.url:
            found.append(("Address", self.url, self.url))
        return found
