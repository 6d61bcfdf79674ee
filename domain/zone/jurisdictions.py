"""Tell the zone of a jurisdiction, where it has one.

Countries are those of which `zone.tab` of the IANA Time Zone Database (VERSION) names one
zone, and those whose zones have told the same time since 2000: Germany, Malaysia, the Marshall
Islands and Uzbekistan. Of one with several (Australia, China, the United States) the whole has
none, and a part has the zone that is kept in all of it, where that is plain.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

COUNTRIES = {
    "Africa": (
        "ao=Luanda bf=Ouagadougou bi=Bujumbura bj=Porto-Novo bw=Gaborone cf=Bangui cg=Brazzaville "
        "ci=Abidjan cm=Douala dj=Djibouti dz=Algiers eg=Cairo eh=El_Aaiun er=Asmara "
        "et=Addis_Ababa ga=Libreville gh=Accra gm=Banjul gn=Conakry gq=Malabo gw=Bissau "
        "ke=Nairobi lr=Monrovia ls=Maseru ly=Tripoli ma=Casablanca ml=Bamako mr=Nouakchott "
        "mw=Blantyre mz=Maputo na=Windhoek ne=Niamey ng=Lagos rw=Kigali sd=Khartoum sl=Freetown "
        "sn=Dakar so=Mogadishu ss=Juba st=Sao_Tome sz=Mbabane td=Ndjamena tg=Lome tn=Tunis "
        "tz=Dar_es_Salaam ug=Kampala za=Johannesburg zm=Lusaka zw=Harare"
    ),
    "America": (
        "ag=Antigua ai=Anguilla aw=Aruba bb=Barbados bl=St_Barthelemy bo=La_Paz bq=Kralendijk "
        "bs=Nassau bz=Belize co=Bogota cr=Costa_Rica cu=Havana cw=Curacao dm=Dominica "
        "do=Santo_Domingo gd=Grenada gf=Cayenne gp=Guadeloupe gt=Guatemala gy=Guyana "
        "hn=Tegucigalpa ht=Port-au-Prince jm=Jamaica kn=St_Kitts ky=Cayman lc=St_Lucia mf=Marigot "
        "mq=Martinique ms=Montserrat ni=Managua pa=Panama pe=Lima pm=Miquelon pr=Puerto_Rico "
        "py=Asuncion sr=Paramaribo sv=El_Salvador sx=Lower_Princes tc=Grand_Turk tt=Port_of_Spain "
        "uy=Montevideo vc=St_Vincent ve=Caracas vg=Tortola vi=St_Thomas"
    ),
    "Arctic": ("sj=Longyearbyen"),
    "Asia": (
        "ae=Dubai af=Kabul am=Yerevan az=Baku bd=Dhaka bh=Bahrain bn=Brunei bt=Thimphu ge=Tbilisi "
        "hk=Hong_Kong il=Jerusalem in=Kolkata iq=Baghdad ir=Tehran jo=Amman jp=Tokyo kg=Bishkek "
        "kh=Phnom_Penh kp=Pyongyang kr=Seoul kw=Kuwait la=Vientiane lb=Beirut lk=Colombo "
        "mm=Yangon mo=Macau my=Kuala_Lumpur np=Kathmandu om=Muscat ph=Manila pk=Karachi qa=Qatar "
        "sa=Riyadh sg=Singapore sy=Damascus th=Bangkok tj=Dushanbe tl=Dili tm=Ashgabat tw=Taipei "
        "uz=Tashkent vn=Ho_Chi_Minh ye=Aden"
    ),
    "Atlantic": (
        "bm=Bermuda cv=Cape_Verde fk=Stanley fo=Faroe gs=South_Georgia is=Reykjavik sh=St_Helena"
    ),
    "Europe": (
        "ad=Andorra al=Tirane at=Vienna ax=Mariehamn ba=Sarajevo be=Brussels bg=Sofia by=Minsk "
        "ch=Zurich cz=Prague de=Berlin dk=Copenhagen ee=Tallinn fi=Helsinki fr=Paris gb=London "
        "gg=Guernsey gi=Gibraltar gr=Athens hr=Zagreb hu=Budapest ie=Dublin im=Isle_of_Man "
        "it=Rome je=Jersey li=Vaduz lt=Vilnius lu=Luxembourg lv=Riga mc=Monaco md=Chisinau "
        "me=Podgorica mk=Skopje mt=Malta nl=Amsterdam no=Oslo pl=Warsaw ro=Bucharest rs=Belgrade "
        "se=Stockholm si=Ljubljana sk=Bratislava sm=San_Marino tr=Istanbul va=Vatican"
    ),
    "Indian": (
        "cc=Cocos cx=Christmas io=Chagos km=Comoro mg=Antananarivo mu=Mauritius mv=Maldives "
        "re=Reunion sc=Mahe tf=Kerguelen yt=Mayotte"
    ),
    "Pacific": (
        "as=Pago_Pago ck=Rarotonga fj=Fiji gu=Guam mp=Saipan mh=Majuro nc=Noumea nf=Norfolk "
        "nr=Nauru nu=Niue pn=Pitcairn pw=Palau sb=Guadalcanal tk=Fakaofo to=Tongatapu tv=Funafuti "
        "vu=Efate wf=Wallis ws=Apia"
    ),
}
"""The zones of countries, by the first part of the zone's name: code and the rest of the name."""

PARTS = {
    "America/New_York": (
        "us-ct us-dc us-de us-ga us-ma us-md us-me us-nc us-nh us-nj us-ny us-oh us-pa us-ri us-sc "
        "us-va us-vt us-wv"
    ),
    "America/Chicago": "us-al us-ar us-ia us-il us-la us-mn us-mo us-ms us-ok us-wi",
    "America/Denver": "us-co us-mt us-nm us-ut us-wy",
    "America/Los_Angeles": "us-ca us-wa",
    "Pacific/Honolulu": "us-hi",
    "America/Puerto_Rico": "us-pr",
    "Pacific/Guam": "us-gu",
    "America/Edmonton": "ca-ab",
    "America/Winnipeg": "ca-mb",
    "America/Moncton": "ca-nb",
    "America/Halifax": "ca-ns ca-pe",
    "America/Whitehorse": "ca-yt",
    "Australia/Sydney": "au-act",
    "Australia/Darwin": "au-nt",
    "Australia/Brisbane": "au-qld",
    "Australia/Adelaide": "au-sa",
    "Australia/Hobart": "au-tas",
    "Australia/Melbourne": "au-vic",
}
"""The zones of parts of countries that have several: the codes (ISO 3166-2) by the name."""

ALIASES = {"uk": "gb"}
"""Codes that law goes by, and those of ISO 3166-1."""


def zone_of(jurisdictions: Collection[str]) -> str | None:
    """Name the zone of some jurisdictions; None where one has none, or two have different ones.

    Args:
        jurisdictions: their codes: `cn`, `us-ca`, `eu`.
    """
    found = {_zone_of(code) for code in jurisdictions}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1_000)
def _zone_of(code: str) -> str | None:
    country = code.partition("-")[0]
    return _zones().get(code) or _zones().get(ALIASES.get(country, country))


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Return the names of zones by code."""
    found = {
        code: f"{area}/{place}"
        for area, told in COUNTRIES.items()
        for code, _, place in (each.partition("=") for each in told.split())
    }
    return {**found, **{code: name for name, codes in PARTS.items() for code in codes.split()}}
