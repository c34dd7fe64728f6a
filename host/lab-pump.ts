import type { Scheduler } from '../boards/simulation/scheduler.js'
import type { LabTime } from './lab-time.js'
import { HostClock, type HostPump } from './serial/drive.js'

/**
 * What host code waits on beside a lab, the end of a serial link here for instance. Time passes as the lab's does, while somebody awaits the lab or
 * while it plays; and it stands while that code reacts to what reached it.
 */
export function labPump(scheduler: Scheduler, time: LabTime): HostPump {
  return {
    clock: new HostClock(scheduler, () => time.touch()),
    touch: () => time.touch(),
    abandon(reason) {
      throw reason
    },
    drive: (work) => work,
  }
}
