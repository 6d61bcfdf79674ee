"""Check the code of a jurisdiction: of a country, or of a part of one (ISO 3166)."""

from __future__ import annotations

import re

COUNTRIES = (
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br "
    "bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz "
    "ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw "
    "gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky "
    "kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv "
    "mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py "
    "qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg "
    "th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm "
    "zw"
)
"""The codes of the countries of ISO 3166-1."""

RESERVED = "eu uk un"
"""Codes that ISO 3166-1 reserves, and that law goes by."""

CODES = frozenset(f"{COUNTRIES} {RESERVED}".split())

SUBDIVISION = re.compile(r"[a-z0-9]{1,3}")


def check_jurisdiction(text: str) -> str:
    """Check that a text is the code of a country or of a part of one: `cn`, `us-ca`, or `eu`.

    Raises:
        ValueError: ISO 3166 has no such country.
    """
    country, dash, part = text.partition("-")
    if country not in CODES or (dash and not SUBDIVISION.fullmatch(part)):
        raise ValueError(
            f"{text!r:.80} must be the code of a country in lower case (ISO 3166-1), as `cn`, of a "
            "part of one (ISO 3166-2), as `us-ca`, or `eu`, `uk` or `un`"
        )
    return text
