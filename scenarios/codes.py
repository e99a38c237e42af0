"""What each error in a scenario file means; errors of the YAML itself have codes beginning with D."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "S001": "There is no scenario of this name in the library, and no such file.",
    "S002": "A scheme from scratch stands beside something that belongs to the national scheme.",
    "S003": "The id is not made of lower-case letters, digits and hyphens.",
    "S004": "The parent is not a scenario.",
    "S005": "The parents of a scenario lead back to itself.",
    "S006": "A stretch of time ends before it begins.",
    "S007": "A number has no evidence: neither a source nor an assumption.",
    "S008": "The region is not known.",
    "S009": "The authority or group of authorities is not known.",
    "S010": "Shares do not add up to one.",
    "S011": "A duration is not one of the distributions, or its numbers do not make one.",
    "S012": "A parameter needs either a value or a distribution.",
    "S013": "A value given for a lever or a parameter on the command line is not written as key=value.",
    "S014": "There is no such lever.",
    "S015": "There is no such parameter.",
    "S016": "The value of a lever is of the wrong kind or out of its range.",
    "S017": "Levers contradict each other.",
    "S018": "There are not enough authorities left for the stand-ins.",
    "S019": "A wave of sites names its authorities and asks for stand-ins, or does neither.",
    "S020": "A key of a setting is neither a lever nor a parameter.",
    "S021": "A lever has no such option.",
    "S022": "Scenarios that are compared do not cover the same time.",
    "S023": "Results cannot be kept in the folder named for them.",
    "S024": "The Dask cluster cannot be used.",
    "S025": "There are no ranges to draw parameters from.",
    "S026": "The same lever or parameter is set twice on the command line.",
    "S027": "A scenario cannot be written to the folder of one's own scenarios.",
    "S028": "There is a scenario of one's own by this name already; none is ever written over.",
    "S029": "A closure names a centre that the scenario does not have.",
    "S030": "A closure names a region and a centre, or neither.",
    "S031": "A closure says both its last day and its weeks, or neither.",
    "S032": "A centre is described twice, or two of its periods share days.",
    "S033": "A centre stands in an authority that lies in another region.",
    "S034": "The opening days of a centre are given twice.",
    "S035": "A lead time is given without the day of the decision.",
}
