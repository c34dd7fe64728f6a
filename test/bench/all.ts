/** Every benchmark, in the order in which they run. */
import { avrEmulation } from './avr.js'
import { bridge } from './bridge.js'
import { chipModel } from './chip.js'
import { boardTraffic } from './chip-traffic.js'
import type { Benchmark } from './figure.js'
import { serialLink } from './serial-link.js'
import { startUp } from './start-up.js'
import { tcp, tcpThroughChip } from './tcp.js'
import { tcpConnections, tcpSwitch } from './tcp-connections.js'
import { tcpGoodput } from './tcp-goodput.js'
import { tcpRecovery } from './tcp-recovery.js'
import { wire } from './wire.js'
import { workshopInChromium } from './workshop.js'

export const ALL: readonly Benchmark[] = [
  startUp,
  serialLink,
  chipModel,
  boardTraffic,
  avrEmulation,
  bridge,
  wire,
  tcp,
  tcpThroughChip,
  tcpGoodput,
  tcpRecovery,
  tcpConnections,
  tcpSwitch,
  workshopInChromium,
]
