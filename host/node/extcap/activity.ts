/** What goes on around a board that is made to be looked at: its partner pings it, and a host at its serial port asks it things. */
import type { Bench } from '../../../boards/faults/bench.js'
import { ChipAccess, readRegisters } from '../../../firmware/enc28j60/access.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import { hostInterface } from '../../../firmware/net/address.js'
import { HostLink } from '../../../firmware/serial-link/host-link.js'
import { CAPABILITY } from '../../../firmware/serial-link/link-table.js'

const INTERVAL = SECOND

/** Once a second: a ping, the line's counters, and on a board whose chip is the host's, two of its registers. Whatever becomes of it is seen. */
export function keepBusy({ lab, board, peer }: Bench): void {
  const { clock } = lab
  const link = new HostLink({ clock, line: board.serial, random: lab.random.fork('host end') })
  const access = new ChipAccess()
  const { address } = hostInterface(board.definition.network.address)
  const seen = (): void => {}
  link.onSession(() => access.forget())
  link.open()
  const ask = (): void => {
    peer.network.ping(address, {}, seen)
    const known = link.endpoint.peer
    if (known !== undefined) {
      link.readCounters('SESSION', seen)
      const isBridge = (known.capabilities & CAPABILITY.CONTROLLER) === 0
      if (isBridge && link.spi.pending === 0) {
        link.spi.run(readRegisters(access, ['EREVID', 'ESTAT']), (outcome) => {
          if (!outcome.ok) access.forget()
        })
      }
    }
    clock.after(INTERVAL, ask)
  }
  clock.after(INTERVAL, ask)
}
