"""The closed lists of 信息稿件."""

from rules.taxonomy import Labelled


class PublicationLevel(Labelled):
    """刊载级别"""

    COUNTY = "county", "县"
    CITY = "city", "市"
    PROVINCE = "province", "省级以上"
