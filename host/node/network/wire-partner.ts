/**
 * The partner of a real board whose cable goes into this very computer (`check PORT --wire eth0`): the kernel behind that interface answers, as any
 * partner does, and what arrives and leaves there is counted by the interface.
 */
import { type Clock, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import {
  formatIpv4,
  type Ipv4Address,
  type Ipv4Interface,
  ipv4Interface,
  type MacAddress,
  mac,
} from '../../../firmware/net/address.js'
import type { PingOptions, PingResult } from '../../../firmware/net/icmp/ping.js'
import { arpReply, arpRequest, echoReply, echoRequest } from '../../check/frames.js'
import type { Counters } from '../../check/types.js'
import { UsageError } from '../../errors/errors.js'
import type { Surroundings } from '../../target/surroundings.js'
import { countsSince, KernelInterface } from './interface-facts.js'
import { PacketSocket } from './packet-socket.js'

/** Between two looks for an answer. */
const POLL = 1 * MILLISECOND
const DATA_OCTETS = 56
/** 'LW': whose echoes these are, among the kernel's. */
const IDENTIFIER = 0x4c57

export class WirePartner {
  /** The kernel's address at the interface. */
  readonly address: Ipv4Interface
  readonly #interface: KernelInterface
  readonly #socket: PacketSocket
  readonly #station: MacAddress
  readonly #begun: Readonly<Record<string, number>>
  /** By check: what the interface counted while it ran. */
  readonly #during: Record<string, Readonly<Record<string, number>>> = {}
  #last: Readonly<Record<string, number>>
  #sequence = 0

  /** @throws UsageError for an interface that is not there, is no Ethernet or has no address; TargetError without the right to use it */
  constructor(name: string) {
    this.#interface = new KernelInterface(name)
    this.#socket = new PacketSocket(name, this.#interface.index)
    const found = this.#socket.address
    if (found === undefined || !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(this.#interface.station)) {
      this.#socket.close()
      throw new UsageError(
        found === undefined
          ? `--wire ${name}: the interface has no IPv4 address, so that nobody answers there; sudo ip addr add 192.168.7.1/24 dev ${name} && sudo ip link set ${name} up`
          : `--wire ${name}: that is no Ethernet interface; name the one that the board's cable goes into`,
      )
    }
    const prefix = [...found.mask].reduce((bits, octet) => bits + octet.toString(2).replaceAll('0', '').length, 0)
    this.address = ipv4Interface(`${found.address.join('.')}/${prefix}`)
    this.#station = mac(this.#interface.station)
    this.#begun = this.#interface.counts
    this.#last = this.#begun
  }

  /** Notes what was counted while a check ran. */
  checkEnded(id: string): void {
    const now = this.#interface.counts
    this.#during[id] = countsSince(this.#last, now)
    this.#last = now
  }

  /** @param clock the target's */
  surroundings(clock: Clock): Surroundings {
    const { name } = this.#interface
    return {
      peer: this.address.address,
      partner: () => {
        const { carrier, speed, duplex } = this.#interface.facts
        return { powered: true, linkUp: carrier, at: { interface: name, speed, duplex } }
      },
      ping: (address, options) => this.#ping(clock, address, options),
      findings: () => [],
      chipCounts: () => ({}),
      partnerCounts: () => this.#counters,
    }
  }

  close(): void {
    this.#socket.close()
  }

  get #counters(): Counters {
    const { name, counts } = this.#interface
    const during = Object.entries(this.#during).filter(([, moved]) => Object.keys(moved).length > 0)
    return {
      [`interface ${name}`]: countsSince(this.#begun, counts),
      ...Object.fromEntries(during.map(([id, moved]) => [`interface ${name} during ${id}`, moved])),
    }
  }

  async #ping(
    clock: Clock,
    address: Ipv4Address,
    { size = DATA_OCTETS, sequence = this.#sequence + 1, timeLimit = SECOND }: PingOptions,
  ): Promise<PingResult> {
    this.#sequence = sequence & 0xffff
    const until = clock.now + timeLimit
    const own = { mac: this.#station, address: this.address.address }
    const station = this.#interface.neighbour(formatIpv4(address)) ?? (await this.#resolve(clock, address, until))
    if (station === undefined) return { ok: false, sequence, reason: 'unreachable' }
    const data = Uint8Array.from({ length: size }, (_, at) => (at + sequence) & 0xff)
    const to = { mac: station, address }
    const sent = clock.now
    this.#drain()
    if (!this.#socket.send(echoRequest({ from: own, to, identifier: IDENTIFIER, sequence, data })))
      return { ok: false, sequence, reason: 'refused' }
    const answer = await this.#waitFor(clock, until, (frame) => {
      const echo = echoReply(frame)
      return echo?.identifier === IDENTIFIER && echo.sequence === sequence ? { echo, timeToLive: frame[22] } : undefined
    })
    if (answer === undefined) return { ok: false, sequence, reason: 'no answer' }
    const { echo, timeToLive } = answer
    if (echo.data.length !== size || echo.data.some((octet, at) => octet !== data[at]))
      return { ok: false, sequence, reason: 'altered' }
    return { ok: true, sequence, size, roundTrip: clock.now - sent, timeToLive }
  }

  #resolve(clock: Clock, address: Ipv4Address, until: number): Promise<MacAddress | undefined> {
    this.#drain()
    this.#socket.send(arpRequest(this.#station, this.address.address, address))
    return this.#waitFor(clock, until, (frame) => {
      const reply = arpReply(frame)
      return reply?.senderAddress === address ? reply.senderMac.slice() : undefined
    })
  }

  /** What came before a question is no answer to it. */
  #drain(): void {
    while (this.#socket.receive() !== undefined);
  }

  #waitFor<T>(clock: Clock, until: number, wanted: (frame: Uint8Array) => T | undefined): Promise<T | undefined> {
    return new Promise((resolve) => {
      const look = (): void => {
        for (let frame = this.#socket.receive(); frame !== undefined; frame = this.#socket.receive()) {
          const found = wanted(frame)
          if (found === undefined) continue
          resolve(found)
          return
        }
        if (clock.now >= until) resolve(undefined)
        else clock.after(POLL, look)
      }
      look()
    })
  }
}
