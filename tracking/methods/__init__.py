"""The published methods by name, in the order in which they are shown: ours, then by publisher and edition."""

from collections.abc import Mapping

from tracking.methods import (
    destatis_2022,
    eurostat_2021,
    eurostat_2023,
    pro_rata,
    sdsn,
    statcan_2025,
    systems_change_lab,
    un_2022,
    un_2023,
)
from tracking.methods.method import Method

METHODS: Mapping[str, Method] = {
    m.name: m
    for m in (
        pro_rata.METHOD,
        statcan_2025.METHOD,
        eurostat_2021.METHOD,
        eurostat_2023.METHOD,
        un_2022.METHOD,
        un_2023.METHOD,
        destatis_2022.METHOD,
        sdsn.METHOD,
        systems_change_lab.METHOD,
    )
}
