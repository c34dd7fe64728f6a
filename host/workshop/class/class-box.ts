/** What stands in the middle of a class: a hub, a switch or a router, with a port for each learner. */
import { Hub } from '../../../boards/ethernet/hub.js'
import type { EthernetPort } from '../../../boards/ethernet/port.js'
import { Station } from '../../../boards/ethernet/station.js'
import { EthernetSwitch } from '../../../boards/ethernet/switch.js'
import type { SeededRandom } from '../../../boards/simulation/random.js'
import type { Scheduler } from '../../../boards/simulation/scheduler.js'
import { Stack } from '../../../firmware/stack.js'
import type { ClassBoxKind } from './facts.js'

/** The first address that a learner has, on the one network or as the number of his own. */
const FIRST = 10

export interface ClassBox {
  readonly ports: readonly EthernetPort[]
  /** Of the cards that go with it. */
  readonly duplex: 'half' | 'full'
  readonly dropped: Readonly<Record<string, number>>
  /** What a learner at a port is to have: an address with its prefix length, and a gateway where there is one. */
  addressAt(port: number): { readonly address: string; readonly gateway: string }
}

interface Surroundings {
  readonly clock: Scheduler
  readonly random: SeededRandom
}

/** @param places 2 at least, which a hub and a switch must have */
export function classBox(kind: ClassBoxKind, places: number, { clock, random }: Surroundings): ClassBox {
  switch (kind) {
    case 'hub':
      return onOneNetwork(new Hub({ clock, ports: places }), 'half')
    case 'switch':
      return onOneNetwork(new EthernetSwitch({ clock, random, ports: places, duplex: 'full' }), 'full')
    case 'router':
      return router(places, { clock, random })
  }
}

function onOneNetwork(box: Hub | EthernetSwitch, duplex: ClassBox['duplex']): ClassBox {
  return {
    ports: box.ports,
    duplex,
    get dropped() {
      return box.counters.dropped
    },
    addressAt: (port) => ({ address: `192.168.7.${FIRST + port}/24`, gateway: '' }),
  }
}

/** Each learner is alone on a network of his own. */
function router(places: number, { clock, random }: Surroundings): ClassBox {
  const stack = new Stack({ clock, random, name: 'router', forwarding: true })
  const ports = Array.from({ length: places }, (_, port) => {
    const address = Uint8Array.of(0x02, 0x60, 0x8c, 0, 2, port)
    const station = new Station({
      clock,
      random: random.fork(`port ${port}`),
      name: `router ${port}`,
      address,
      duplex: 'full',
    })
    stack.addInterface({
      name: `eth${port}`,
      device: station,
      address: `192.168.${FIRST + port}.1/24`,
      addressDefence: 'keep',
    })
    return station.port
  })
  return {
    ports,
    duplex: 'full',
    get dropped() {
      return stack.counters().ipv4.dropped
    },
    addressAt: (port) => ({ address: `192.168.${FIRST + port}.2/24`, gateway: `192.168.${FIRST + port}.1` }),
  }
}
