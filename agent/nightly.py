"""At night the learners run; and what they have committed, whoever started them, is served within a minute."""

import logging
from datetime import datetime, time, timedelta

from agent.clock import Clock
from agent.hearth import Hearth
from agent.stages import StageError
from agent.store import StoreError
from agent.times import local
from devices.home import Location

AT = time(3, 30)
"""The home's own time: after the last request of an evening, before the first alarm."""
LOOKS = timedelta(minutes=1)

log = logging.getLogger("hearth.learn")


async def nights(agent: Hearth, clock: Clock) -> None:
    """Learn every night, until cancelled. What goes wrong is logged; the next night tries again."""
    while True:
        await clock.sleep_until(next_night(clock.now(), agent.live.snapshot().location))
        try:
            report = await agent.learn(clock.now())
            log.info("learned: %s", report)
        except (StageError, StoreError) as error:
            log.warning("nothing was learned tonight: %s", error)
        await agent.learners.close()


async def news(agent: Hearth, clock: Clock) -> None:
    """Look for what another process has learned, until cancelled."""
    while True:
        await clock.sleep_until(clock.now() + LOOKS)
        try:
            await agent.serve()
        except StoreError as error:
            log.warning("what was learned cannot be read: %s", error)


def next_night(now: datetime, place: Location) -> datetime:
    """The next time it is `AT` at home."""
    here = local(now, place)
    tonight = here.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    return tonight if tonight > here else tonight + timedelta(days=1)
