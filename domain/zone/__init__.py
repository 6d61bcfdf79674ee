"""Say where a day is a day: zones of time, what a jurisdiction tells of one, days and moments.

It imports errors only. `zoneinfo` is imported when the first zone but UTC is read, so that who asks
for none does not pay for it.
"""
