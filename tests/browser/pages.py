"""One page of every type, by what it is."""

VERTEBROPLASTY = "/procedures/vertebroplasty/"

PAGES = {
    "home": "/",
    "procedures": "/procedures/",
    "procedures-narrowed": "/procedures/?guidance=ct",
    "procedures-none": "/procedures/?guidance=ct&region=cervical&family=injection",
    "conditions": "/conditions/",
    "complications": "/complications/",
    "cases": "/cases/",
    "topics": "/topics/",
    "references": "/references/?page=2",
    "indications": "/indications/",
    "glossary": "/glossary/",
    "about": "/about/",
    "coverage": "/about/coverage/",
    "search": "/search/",
    "search-results": "/search/?q=cement+leak",
    "search-nothing": "/search/?q=zzzzqqqq",
    "tag": "/tags/bone-cement/",
    "procedure": "/procedures/piriformis-injection/",
    "condition": "/conditions/spondylodiscitis/",
    "finding": "/conditions/posterior-wall-disruption/",
    "complication": "/complications/cement-leakage/",
    "case": "/cases/t11-vertebroplasty/",
    "topic": "/topics/periprocedural-bleeding-risk/",
    "reference": "/references/clark2016/",
    "history": "/topics/of-two-versions/history/",
    "version": "/topics/of-two-versions/versions/1/",
    "not-found": "/nothing/",
    "gone": "/topics/withdrawn/",
    "gone-history": "/topics/withdrawn/history/",
}
# The longest of their types.
LONG = [VERTEBROPLASTY, "/conditions/osteoporotic-vertebral-compression-fracture/"]
STATUS = {"not-found": 404, "gone": 410}
