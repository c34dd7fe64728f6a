/** Runs a board or a bare stack until it is interrupted: says when it answers, what happens to its addresses, and answers `net stat` and `net capture`. */
import { formatIpv4, type Ipv4Interface } from '../../../../../firmware/net/address.js'
import { formatIpv6Interface } from '../../../../../firmware/net/ipv6/address.js'
import { watchClaims } from '../../../../network/address-claims.js'
import { recordFrames } from '../../../../network/frame-recording.js'
import { watchLeases } from '../../../../network/lease-watch.js'
import { watchLeases6 } from '../../../../network/lease6-watch.js'
import { watchNames } from '../../../../network/name-watch.js'
import { watchRouters } from '../../../../network/router-watch.js'
import { stackStatus } from '../../../../network/status.js'
import type { Uplink } from '../../../../network/uplink.js'
import type { OutputFile } from '../../../files/output.js'
import { ControlServer } from '../../../network/control.js'
import { print, tell } from '../../say.js'
import { captureTo } from './frame-capture.js'
import { runEnd } from './interrupted.js'

export interface UplinkRun {
  /** What the target is called. */
  readonly name: string
  /** TAP devices that it is on, one for each of its interfaces. */
  readonly taps: readonly string[]
  /** Ends after so long; undefined: when it is interrupted. */
  readonly seconds: number | undefined
  /** Where its frames are recorded; undefined: nowhere. */
  readonly capture: OutputFile | undefined
  /** What is to be done first. */
  begin(): void
  /** With its link up: it has the addresses that it is to have. */
  isReady(): boolean
}

/** Between two looks whether link and address are there, in milliseconds. */
const LOOK_INTERVAL_MILLISECONDS = 5

/** @returns the exit status. @throws what ends the uplink */
export async function runUplink(uplink: Uplink, run: UplinkRun): Promise<number> {
  const { name, taps } = run
  const interrupted = runEnd(run.seconds)
  let control: ControlServer | undefined
  const capture = captureTo(run.capture, uplink.watches)
  const say = (line: string) => tell(`${line}\n`)
  const endings = [
    watchClaims(uplink.stack, say),
    watchNames(uplink.stack, say),
    watchRouters(uplink.stack, say),
    watchLeases(uplink.clock, uplink.dhcp, say),
    watchLeases6(uplink.clock, uplink.dhcp6 ?? new Map(), say),
  ]
  let failed = true
  try {
    run.begin()
    const began = Date.now()
    control = await ControlServer.listen({
      who: { process: process.pid, target: name, taps },
      status: () => ({
        target: name,
        uptime: (Date.now() - began) / 1_000,
        ...stackStatus(uplink.stack, uplink.services),
        ...uplink.describe(),
      }),
      capture: (write) => recordFrames(uplink.watches, write, false),
    })
    const ended = Promise.race([interrupted.over, uplink.failed])
    const waiting = new AbortController()
    await Promise.race([ready(uplink, run, waiting.signal), ended]).finally(() => waiting.abort())
    await ended
    failed = false
    return 0
  } finally {
    interrupted.release()
    for (const end of endings) end()
    control?.close()
    await uplink.close()
    capture.end(failed)
  }
}

/** Says so when the link is up and there is an address; nothing once it was asked to give up. */
async function ready(uplink: Uplink, { taps, isReady }: UplinkRun, signal: AbortSignal): Promise<void> {
  while (!uplink.linkUp || !isReady()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MILLISECONDS))
    if (signal.aborted) return
  }
  const addresses = uplink.stack.interfaces.map((each, at) => {
    const six = each.ipv6?.addresses.filter(({ state }) => state === 'PREFERRED').map(formatIpv6Interface) ?? []
    const own = [...each.addresses.map(formatInterface), ...six].join(' ')
    return taps[at] === undefined ? own : `${own} on ${taps[at]}`
  })
  // a line of its own, so that a script can wait for it
  print(`ready ${addresses.join(', ')}\n`)
}

function formatInterface({ address, prefixLength }: Ipv4Interface): string {
  return `${formatIpv4(address)}/${prefixLength}`
}
