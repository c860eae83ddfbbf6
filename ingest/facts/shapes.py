"""The shapes of short lines: a person, a title, an address, a label, an organisation, running text."""

from __future__ import annotations

import re

from ingest.repeated import remembered

#: Ends of titles that no surname has.
_TITLES = (
    *(
        "konsulent",
        "direktør",
        "formand",
        "chef",
        "leder",
        "sekretær",
        "behandler",
        "fuldmægtig",
        "borgmester",
        "koordinator",
    ),
    *("planlægger", "ingeniør", "rådgiver", "referent", "kasserer", "medarbejder", "arkitekt", "forperson"),
)
#: Words with a capital that are no part of a name.
_TITLE_PARTS = frozenset(
    """adm. kst. fung. vice konst. daglig mvh hilsen kære hej hr. fru lord dear officer manager adviser advisor
    secretary councillor""".split()  # noqa: SIM905
)
_PARTICLES = frozenset(("von", "van", "der", "de", "da", "la", "el", "al", "af", "zu", "bin"))
#: Words, or ends of words, that make a capitalised line an organisation or a place and not a person.
_ORGANISATION = re.compile(
    r"(?:kommun(?:en?)?s?|udvalg(?:et)?|forvaltning(?:en)?|råd(?:et)?|center(?:et)?|centret|afdeling(?:en)?"
    r"|sekretariat(?:et)?"
    r"|styrelse(?:n)?|ministerie(?:t|r)|ministeriet|skole(?:n|r)?|børnehave(?:n)?|børnehuset"
    r"|forening(?:en)?|bestyrelse(?:n)?"
    r"|kontor(?:et)?|rådhus(?:et)?|byråd(?:et)?|magistrat(?:en)?|region|stab|hospital(?:et)?"
    r"|bibliotek(?:et)?|institut(?:tet)?"
    r"|fonden|fond|selskab(?:et)?|a/s|aps|i/s|nævn(?:et)?|service|koncern|koncernservice|netværk(?:et)?"
    r"|gruppe(?:n)?|parter(?:ne)?"
    r"|repræsentation(?:en)?|forbund(?:et)?|union(?:en)?|universitet(?:et)?|gymnasium|museum|museet"
    r"|politi(?:et)?|stad|stift"
    r"|kulturhus|beboerhus(?:et)?|enhed(?:en)?|team"
    r"|kreds(?:en)?|klub(?:ben)?|laug(?:et)?|council|authority|department|association|ministry)$"
)
#: Ends of capitalised words that no person bears.
_MATTER = re.compile(
    r"(?:sagsnr|dok|bilag|indstilling|beslutning|notat|referat|dagsorden|telefon|hus(?:et)?|møde(?:t)?"
    r"|plan(?:en)?|politik(?:ken)?"
    r"|strategi(?:en)?|charter|aftale(?:n)?|budget(?:tet)?|regnskab(?:et)?|høring(?:en)?|svar|brev"
    r"|økonomi|løsning|resume|resumé)$"
)
_ORG_START = re.compile(
    r"(?:rådet|udvalget|foreningen|center|centret|kontoret|afdelingen|stiftelsen|institut|skole"
    r"|børnehuset|grundejerforeningen"
    r"|beboerforeningen|andelsboligforeningen|boligforeningen|ejerforeningen|ministeriet|borgmesteren"
    r"|økonomi og|teknik og|børn og|by og"
    r"|plan og|byg og|social og|kultur og|sundhed og|skole og|natur og|vej og|miljø og|\d{1,2}\. kontor|kontor)\b"
)
#: `Vedtægt for Ældrerådet` is a paper, whoever it is for.
_PAPER_OF = re.compile(
    r"[a-zæøå-]{0,24}(?:vedtægt(?:er)?|aftale|politik|strategi|plan|regulativ|forretningsorden|kommissorium|kontrakt"
    r"|overenskomst|retningslinjer|beretning|redegørelse|rapport|regnskab|budget|takster|instruks|charter)"
    r" (?:for|om|mellem|af|med|vedrørende|på|fra)\b"
)
_ROLE = re.compile(
    r"(?:borgmester|borgmesteren|rådmand|mand|direktør|chef|leder|konsulent|formand|forperson|fuldmægtig"
    r"|sekretær|behandler|referent|kasserer"
    r"|ingeniør|planlægger|koordinator|arkitekt|jurist|medarbejder|rådgiver|minister|rektor|inspektør"
    r"|repræsentant|advokat|pædagog"
    r"|lærer|bestyrer|forstander|assistent|specialist|ekspert|bibliotekar|provst|præst|ordfører"
    r"|talsperson|biolog|læge|controller"
    r"|administrator|ansvarlig|revisor|økonom|partner|vært|ejer|sagkyndig|suppleant|medlem|projektleder"
    r"|teknikker|tekniker|geograf"
    r"|gartner|sociolog|antropolog|statistiker|analytiker|kurator|dirigent|protokolfører|ombudsmand"
    r"|kommitteret|mayor|cand\.[a-zæøå]{2,12}|(?:næst)?fmd|student|praktikant|vejleder"
    r"|officer|manager|adviser|advisor|councillor|secretary|chair(?:man|woman|person)?|handläggare|ordförande|sekreterare)"
    r"(?:en|n|er|inde)?(?!\w)"
)
_NOT_ROLE = re.compile(r"[.!?]$|^(?:til|fra|att|kære|vedr|bilag|side|sagsbehandler|kontakt|cc|kopi)\b")
_FOR_ANOTHER = re.compile(r"/|sign\.?|[pef]\.? ?(?:[bvm]\.? ?)?[bv]?\.?", re.IGNORECASE)
_DEGREE = re.compile(r"(?<!\w)(?:(?:cand|mag|dr|ph)\.(?: ?[a-zæøå]{1,12}\.){1,3}|(?:næst)?fmd\.)$")
_STREET = re.compile(
    r"^[\wæøåéüÆØÅ.' -]{2,40}?(?:vej|gade|plads|allé|alle|boulevard|stræde|torv|kaj|brygge|vænge|vænget"
    r"|marken|parken|haven|bakken|stien|gården"
    r"|toften|lunden|skoven|engen|banke|alléen|gaden|pladsen|torvet|strøget|plads|plan)(?:en|et"
    r"|s)? \d{1,4} ?[A-Za-z]?\b",
    re.IGNORECASE,
)
#: An address has one; that is seen at once.
_FIGURE = re.compile(r"\d")
_POSTCODE = re.compile(r"^(?:DK-? ?|SE-? ?)?\d{3} ?\d{1,2} [A-ZÆØÅ][\wæøåö]")
_HOUSE = re.compile(r"^[A-ZÆØÅ][\w.' -]{2,40} \d{1,3} ?[A-Z]?(?:, .{1,24})?$")
_PLACE = re.compile(
    r"^(?:rådhuset|(?:town|city) hall|christiansborg(?: slot)?$|postboks \d+|boks \d+|(?:danmark|denmark|sverige|sweden"
    r"|norge|norway|finland|england|scotland|united kingdom|ireland|germany|the netherlands)$)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:sags?(?:nr|nummer|id)|sags-id|sag ?nr|sag:|j\.? ?nr|journal|dok(?:ument)?\.? ?(?:nr|nummer|id)"
    r"|dok\b|dato|mødedato|mødested|mødetidspunkt|tidspunkt|tid:|sted\b"
    r"|sagsbehandler|kontakt|telefon|telefax|tlf|fax|mobil|direkte|e-?mail|mail|www|http|ean|cvr|se-?nr"
    r"|deres|jeres|vores|(?:(?:our|your|vår|ert?) )?ref\b|dnr\b|udvalg:|afdeling:|til ?stede|tilstede"
    r"|fraværende|fravær|afbud|kopi|cc\b|bcc|fra:?\s|sendt|emne:?$|kle|indsendt|svarnummer|postnr"
    r"|side \d|starttidspunkt|åbent|lukket|kontor:|enhed:|initialer"
    r"|att\b|attention|brevid|initiativ|deltagere|mødeleder)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"^(?:kære|hej|til rette vedkommende|goddag|ærede|dear)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(?:(?:med )?(?:de )?(?:venlige?|kærlige?|bedste|mange|varme) hilsen(?:er)?|(?:med )?(?:venlige"
    r"|bedste|mange|kærlige|de bedste) hilsner|hilsen|mvh|m\.v\.h|v\.h"
    r"|(?:med )?(?:vänliga?|bästa) hälsning(?:ar)?|yours (?:sincerely|faithfully|truly)|(?:kind|best) regards|sincerely"
    r"|på (?!dagsorden)[^.]{3,60}vegne|på vegne af [^.]{3,80}|p\.?u\.?v|p\.?b\.?v"
    r"|sign(?=[.:]?$)|mødet (?:er |blev )?(?:hævet|sluttede?|slut|afsluttet)(?: (?:kl|den)[^a-zæøå]{1,24})?"
    r"|rigtig(?:heden af)? udskrift(?:en)? bekræftes|underskrevet(?: digitalt| elektronisk)?(?: af)?"
    r"|underskrifter?(?:sblad)?|dato(?: og |/| / )underskrift"
    r"|for [A-ZÆØÅ][^.]{3,60})[:.,]{0,2}$",
    re.IGNORECASE,
)
_CLOSING_RUN_ON = re.compile(
    r"(?:(?:med )?(?:venlig|kærlig|bedste) hilsen|(?:venlige|bedste|mange|de bedste) hilsner|hilsen"
    r"|mvh\.?)[,:]? (?P<rest>\S.+)",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"^(?:/|[eE]\. ?[bB]\.|[pP]\. ?[vV]\.|[pP]\. ?[bB]\. ?[vV]\.|[sS]ign\.?:?(?= )|f\.|[fF]ung\.) {0,2}(?=[A-ZÆØÅ/])"
    r"|(?:,? (?:e\.b\.|p\.v\.|sign\.|\(sign\.?\)|\([A-ZÆØÅ]{1,3}\)))$"
)
#: How every decoration before a name begins, and every one after it ends.
_DECORATION_STARTS = ("/", "e.", "E.", "p.", "P.", "sign", "Sign", "f.", "fung.", "Fung.")
_DECORATION_ENDS = ("e.b.", "p.v.", "sign.", ")")
#: How long an item may take, behind its title: `(20 min.)`, `(ca. 5 minutter)`, `(kl. 17.00-17.20)`.
DURATION = re.compile(
    r"[ \t]*[(\[](?:ca\. ?)?(?:[0-9]{1,3} ?min(?:ut(?:ter)?)?\.?|kl\. ?[0-9.:]{1,5}(?: ?- ?[0-9.:]{1,5})?)[)\]]$"
)
_PREPOSITIONS = frozenset({"For", "Til", "Fra", "Af", "På", "Med", "Ved", "Om", "Vedr", "Ad", "Efter", "Under"})
_INITIALS = re.compile(r"(?:[A-ZÆØÅ]\.-?){1,3}")


@remembered
def is_person(text: str) -> bool:
    """Tell a line that is a person's name only: two to five words with capitals, none of an organisation."""
    words = text.replace(" - ", "-").strip(" ,;:").split()
    if not 2 <= len(words) <= 5 or len(text) > 50:
        return False
    if not all(_is_name_word(word) or word in _PARTICLES for word in words) or len(words[-1]) < 2:
        return False
    if (
        (_FIGURE.search(text) and _STREET.match(text))
        or read_role(words[0])
        or (len(words) > 2 and words[-1].lower().endswith(_TITLES))
    ):
        return False
    return (
        words[0] not in _PARTICLES
        and words[0] not in _PREPOSITIONS
        and not any(_ORGANISATION.search(word.lower()) or _MATTER.search(word.lower()) for word in words)
    )


def _is_name_word(word: str) -> bool:
    if not word[0].isupper() or any(c.isdigit() for c in word) or word.lower() in _TITLE_PARTS:
        return False
    if _INITIALS.fullmatch(word):
        return True
    if len(word) <= 2:
        return word[-1] in "." or word.isalpha()
    return any(c.islower() for c in word) and all(c.isalpha() or c in "-.'’" for c in word)


@remembered
def read_role(text: str) -> str | None:
    """Return the title that a line is (`Adm. direktør`, `Formand, Valby Lokaludvalg`), or `None`."""
    shown = text.strip(" ,;")
    if not shown or len(shown) > 70 or len(shown.split()) > 8 or not shown[0].isalnum():
        return None
    lower = shown.lower()
    if (_NOT_ROLE.search(lower) and not lower.endswith("adm.") and not _DEGREE.search(lower)) or any(
        c in shown for c in ":?\t"
    ):
        return None
    return shown if _ROLE.search(lower.split(",")[0]) else None


def undecorate(text: str) -> str:
    """Cut `e.b.`, `p.v.`, a slash and a party's letter from a signer's line."""
    text = text.strip()
    while text.startswith(_DECORATION_STARTS) or text.endswith(_DECORATION_ENDS):
        plain = _DECORATION.sub("", text).strip()
        if plain == text:
            break
        text = plain
    return text


@remembered
def is_address(text: str) -> bool:
    """Tell a street, a postcode with its town, a town hall."""
    if _POSTCODE.match(text) or _PLACE.match(text):
        return True
    numbered = len(text) < 60 and _FIGURE.search(text)
    street = (_STREET.match(text) or _HOUSE.match(text)) if numbered else None
    return street is not None and all(
        word[0].isupper() or not word[0].isalpha() for word in text.split(",")[0].split()[:-1]
    )


@remembered
def is_label(text: str) -> bool:
    """Tell a line of metadata by its label."""
    return bool(_LABEL.match(text))


def is_salutation(text: str) -> bool:
    """Tell `Kære …`."""
    return bool(_SALUTATION.match(text)) and len(text) < 90


def is_closing(text: str) -> bool:
    """Tell the line after which a letter's signers stand."""
    return len(text) < 100 and bool(_CLOSING.match(text))


def stands_for_another(text: str) -> bool:
    """Tell a line between closing and name that says somebody signs for another (`p.v.`, `e.b.`, `/`)."""
    return len(text) < 8 and _FOR_ANOTHER.fullmatch(text) is not None


def closing_name(text: str) -> str | None:
    """Return what follows a closing on its own line (`Venlig hilsen Bo Lund`), or `None`."""
    found = _CLOSING_RUN_ON.match(text) if len(text) < 110 else None
    return found["rest"] if found else None


@remembered
def is_organisation(text: str) -> bool:
    """Tell a line that names a body, an office or a society and says nothing more."""
    if len(text) > 90 or text.endswith("."):
        return False
    lower = text.lower()
    if _ORG_START.match(lower):
        return True
    if _PAPER_OF.match(lower):
        return False
    words = re.split(r"[ ,]+", lower.rstrip(", "))
    return (
        bool(words)
        and any(_ORGANISATION.search(word) for word in words)
        and all(
            word[:1].isupper()
            or not word[:1].isalpha()
            or word in ("og", "for", "i", "af", "på", "med", "den", "de")
            or word.endswith("-")
            for word in text.split()
        )
    )


def is_prose(text: str) -> bool:
    """Tell running text from the short lines of a head."""
    if text.endswith(".") and len(text) > 40 and text.count(" ") > 3:
        return True
    return len(text) > 110 or (len(text) > 45 and text.endswith((".", ":", ",")) and text.count(" ") > 5)
