"""The controlled vocabularies: the codes that fields may hold.

The words that readers see for each code, its meaning and its order stand in `fixtures/vocabulary.json`;
a test holds the two together.
"""

from enum import StrEnum


class Family(StrEnum):
    AUGMENTATION = "augmentation"
    INJECTION = "injection"
    BIOPSY = "biopsy"
    DISC = "disc"


class Region(StrEnum):
    CERVICAL = "cervical"
    THORACIC = "thoracic"
    LUMBAR = "lumbar"
    SACRUM = "sacrum"
    SACROILIAC_JOINT = "sacroiliac-joint"
    BUTTOCK = "buttock"
    DISC = "disc"


class Guidance(StrEnum):
    FLUOROSCOPY = "fluoroscopy"
    BIPLANE_FLUOROSCOPY = "biplane-fluoroscopy"
    CT = "ct"
    CT_FLUOROSCOPY = "ct-fluoroscopy"
    CONE_BEAM_CT = "cone-beam-ct"
    ULTRASOUND = "ultrasound"
    MRI = "mri"


class Approach(StrEnum):
    TRANSPEDICULAR = "transpedicular"
    PARAPEDICULAR = "parapedicular"
    COSTOTRANSVERSE = "costotransverse"
    POSTEROLATERAL = "posterolateral"
    ANTEROLATERAL = "anterolateral"
    TRANSORAL = "transoral"
    SHORT_AXIS = "short-axis"
    LONG_AXIS = "long-axis"
    TRANSILIAC = "transiliac"
    TRANSFORAMINAL = "transforaminal"
    INTRA_ARTICULAR = "intra-articular"
    PERIARTICULAR = "periarticular"
    INTRAMUSCULAR = "intramuscular"
    PERINEURAL = "perineural"
    INTERLAMINAR = "interlaminar"


class Position(StrEnum):
    PRONE = "prone"
    SUPINE = "supine"
    LATERAL = "lateral"


class Anesthesia(StrEnum):
    NONE = "none"
    LOCAL = "local"
    MODERATE_SEDATION = "moderate-sedation"
    GENERAL = "general"


class Filler(StrEnum):
    NONE = "none"
    PMMA = "pmma"
    CALCIUM_PHOSPHATE = "calcium-phosphate"
    CORTICOSTEROID = "corticosteroid"
    LOCAL_ANESTHETIC = "local-anesthetic"
    BOTULINUM_TOXIN = "botulinum-toxin"
    CONTRAST = "contrast"


class Setting(StrEnum):
    OUTPATIENT = "outpatient"
    DAY_CASE = "day-case"
    INPATIENT = "inpatient"


class Strength(StrEnum):
    """How strongly the cited sources speak for a procedure in a condition."""

    INDICATED = "indicated"
    SELECTED = "selected"
    CAUTION = "caution"
    NO_STATEMENT = "no-statement"


class Grade(StrEnum):
    """How strongly the cited sources speak against a procedure in a condition."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    CAUTION = "caution"


class Phase(StrEnum):
    PREPARATION = "preparation"
    POSITIONING = "positioning"
    ACCESS = "access"
    TREATMENT = "treatment"
    SAMPLING = "sampling"
    CEMENT = "cement"
    INJECTION = "injection"
    CLOSURE = "closure"
    AFTERCARE = "aftercare"


class Severity(StrEnum):
    """What the event usually means for the patient, as the cited source describes it."""

    SILENT = "silent"
    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    FATAL = "fatal"
    VARIABLE = "variable"


class Design(StrEnum):
    SHAM_RCT = "sham-rct"
    RCT = "rct"
    SYSTEMATIC_REVIEW = "systematic-review"
    META_ANALYSIS = "meta-analysis"
    NETWORK_META_ANALYSIS = "network-meta-analysis"
    PROSPECTIVE_COHORT = "prospective-cohort"
    RETROSPECTIVE_COHORT = "retrospective-cohort"
    CASE_CONTROL = "case-control"
    REGISTRY = "registry"
    CLAIMS_DATABASE = "claims-database"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    BENCH = "bench"
    COST = "cost"
    DIAGNOSTIC_ACCURACY = "diagnostic-accuracy"


class Verdict(StrEnum):
    """Which way a study's result points for the procedure."""

    FAVORS = "favors"
    NO_DIFFERENCE = "no-difference"
    AGAINST = "against"
    MIXED = "mixed"
    DESCRIPTIVE = "descriptive"


class Direction(StrEnum):
    """What a body says of a procedure in a condition."""

    FOR = "for"
    CONDITIONAL = "conditional"
    AGAINST = "against"
    NONE = "none"


class CodeSystem(StrEnum):
    ICD10CM = "ICD-10-CM"
    ICD10PCS = "ICD-10-PCS"
    MESH = "MeSH"
    CPT = "CPT"
    HCPCS = "HCPCS"


class ConditionType(StrEnum):
    DISEASE = "disease"
    FINDING = "finding"


class AgeBand(StrEnum):
    UNDER_18 = "0-17"
    TWENTIES = "18-29"
    THIRTIES = "30-39"
    FORTIES = "40-49"
    FIFTIES = "50-59"
    SIXTIES = "60-69"
    SEVENTIES = "70-79"
    EIGHTIES = "80-89"
    NINETY_AND_OVER = "90-and-over"
    NOT_STATED = "not-stated"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    NOT_STATED = "not-stated"


class Evidence(StrEnum):
    """What kind of source a reference is."""

    GUIDELINE = "guideline"
    CONSENSUS = "consensus"
    HEALTH_TECHNOLOGY_ASSESSMENT = "health-technology-assessment"
    COVERAGE_POLICY = "coverage-policy"
    REGULATORY = "regulatory"
    SYSTEMATIC_REVIEW = "systematic-review"
    RANDOMIZED_TRIAL = "randomized-trial"
    OBSERVATIONAL = "observational"
    CASE_REPORT = "case-report"
    LABORATORY = "laboratory"
    REVIEW = "review"
    TEXTBOOK = "textbook"
    CLASSIFICATION = "classification"
    TRIAL_REGISTRATION = "trial-registration"
    OTHER = "other"


class Seen(StrEnum):
    """How much of a source was read for what rests on it."""

    FULL_TEXT = "full-text"
    ABSTRACT = "abstract"
    EXCERPT = "excerpt"
    SECOND_HAND = "second-hand"


class ReferenceType(StrEnum):
    """The types of CSL 1.0.2 that the base uses."""

    ARTICLE = "article"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BOOK = "book"
    CHAPTER = "chapter"
    DATASET = "dataset"
    DOCUMENT = "document"
    PAPER_CONFERENCE = "paper-conference"
    REGULATION = "regulation"
    REPORT = "report"
    THESIS = "thesis"
    WEBPAGE = "webpage"


VOCABULARIES = {
    "family": Family,
    "region": Region,
    "guidance": Guidance,
    "approach": Approach,
    "position": Position,
    "anesthesia": Anesthesia,
    "filler": Filler,
    "setting": Setting,
    "strength": Strength,
    "grade": Grade,
    "phase": Phase,
    "severity": Severity,
    "design": Design,
    "verdict": Verdict,
    "direction": Direction,
    "code-system": CodeSystem,
    "condition-type": ConditionType,
    "age-band": AgeBand,
    "sex": Sex,
    "evidence": Evidence,
    "seen": Seen,
    "reference-type": ReferenceType,
}
