"""Check the currency of an amount of money: a code of ISO 4217."""

from __future__ import annotations

IN_USE = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN "
    "BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP "
    "ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK "
    "MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN "
    "PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU "
    "XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG"
)
"""The codes of ISO 4217, list one."""

WITHDRAWN = (
    "AFA ATS AZM BEF BGL BYR CSD CSK CYP DDM DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL "
    "MRO MTL MZM NLG PLZ PTE ROL RUR SDD SIT SKK SLL STD SUR TMM TRL UAK VEB VEF XEU YUM ZAL ZMK "
    "ZWD ZWL ZWR"
)
"""Codes that ISO 4217 had, and that older affairs are told in."""

CODES = frozenset(f"{IN_USE} {WITHDRAWN}".split())


def check_currency(text: str) -> str:
    """Check that an amount is in a currency that there is, as `12000.00 CNY`.

    Raises:
        ValueError: ISO 4217 has no such currency.
    """
    if text.rpartition(" ")[2] not in CODES:
        raise ValueError(
            f"{text!r:.80} must be in a currency by its code of ISO 4217, as `12000.00 CNY`"
        )
    return text
