"""What a determination takes for granted, and what it does not look at."""

from __future__ import annotations

import datetime

from exportctl.law.strict import Text

ASSUMPTIONS = {
    "today": Text(
        en="no date was given: the export takes place today, in Beijing", zh="未给出日期，按北京时间今日出口"
    ),
    "end_user_imports": Text(en="no importer was given: the end user imports", zh="未给出进口商，视为最终用户自行进口"),
    "no_technology": Text(
        en="goods move and no technology was given: none is transferred", zh="仅涉及货物，未给出技术，视为不转移技术"
    ),
    "components_complete": Text(
        en="the components listed are all there are, where nothing else is said", zh="除另有说明外，所列零部件视为全部"
    ),
    "quantity_one": Text(en="one piece, where no quantity is given", zh="未给出数量的，视为一件"),
}

NOT_CHECKED = (
    Text(en="export rules of other countries", zh="其他国家和地区的出口规则"),
    Text(en="sanctions and party lists of other countries", zh="其他国家和地区的制裁与名单"),
    Text(en="customs classification and duties", zh="海关归类与关税"),
    Text(en="contracts and private undertakings", zh="合同与私人承诺"),
)


def about_the_future(on: datetime.date, checked_on: str) -> list[Text]:
    """Return the assumption that the law stays as it was last checked, for a day after that check."""
    if on.isoformat() <= checked_on:
        return []
    return [
        Text(
            en=f"the law is as it was last checked, on {checked_on}; later changes are not known here",
            zh=f"法律以{checked_on}最后核对的状态为准，此后变化未知",
        )
    ]
