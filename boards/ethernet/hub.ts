/**
 * A 10BASE-T repeater (IEEE 802.3 clause 9): what comes in at one port leaves at all others, bit by bit and a little later;
 * what comes in at two is a collision, and every port hears it. One collision domain, no addresses, no memory.
 *
 * Not modelled: the carrier-on delays that differ from port to port.
 */
import { type Clock, MILLISECOND, type Timer } from '../../firmware/hal/clock.js'
import { Tally } from '../../firmware/hal/counters.js'
import { PREAMBLE_BITS } from './line-bits.js'
import { LinkIntegrity } from './link-integrity.js'
import { PortPartition } from './partition.js'
import { BIT_TIME, type EthernetPort, type FrameSignal } from './port.js'

/** From the first bit in to the first bit out; 9.5.5.1 allows two 10BASE-T ports 21 bit times together with their MAUs. */
export const REPEATER_DELAY = 8 * BIT_TIME
/** The shortest signal a repeater sends, preamble included (9.6.4: fragment extension). */
const SHORTEST_BITS = 96
/**
 * MAU jabber lock-up protection (9.6.5): an output that has sent this long without a pause is interrupted, so that no MAU
 * behind it takes the repeater for a jabbering card (Tw3: 5 ms, -20 % +50 %); and goes on after the pause (Tw4: 96 to 116 bit
 * times). Whoever jabbers is not cut off at 10 Mb/s; that is what a 100 Mb/s repeater does (27.3.1.7). National DP83955A
 * data sheet 5, figure 5-7, says the same of a part.
 */
const LONGEST_OUTPUT = 5 * MILLISECOND
const OUTPUT_PAUSE = 96 * BIT_TIME
const JAM_OCTET = 0x55

export type HubLoss = 'link down' | 'partitioned' | 'inverted pair' | 'jabber'

export interface HubPortCounters {
  /** Signals that came in, fragments included. */
  readonly received: number
  /** Collisions this port took part in. */
  readonly collisions: number
  /** Times this port was cut off. */
  readonly partitions: number
  readonly dropped: Readonly<Partial<Record<HubLoss, number>>>
}

class HubPort {
  readonly port: EthernetPort
  readonly link: LinkIntegrity
  readonly partition: PortPartition
  readonly lost = new Tally<HubLoss>()
  /** A signal comes in, heard or not. */
  #arrives = false
  /** What comes in and is heard. */
  input: FrameSignal | undefined
  inputStartedAt = 0
  /** What this port sends now. */
  output: FrameSignal | undefined
  outputStartedAt = 0
  /** Bits of `output` that come from a sender, before jam took over; undefined while all do. */
  jamFrom: number | undefined
  /** Bits of the repeated signal that passed before `output`: some when it goes on after a pause. */
  passed = 0
  /** The pause after too long an output ends then. */
  silentUntil = 0
  collided = false
  received = 0
  collisions = 0

  constructor(clock: Clock, hub: Hub, name: string, onInput: (port: HubPort, on: boolean) => void) {
    this.partition = new PortPartition(clock, () => this.#ends(onInput))
    this.port = {
      name,
      jack: 'MDI-X',
      medium: undefined,
      receiver: {
        frameStart: (signal, inverted) => {
          if (!hub.powered) return
          if (inverted) this.lost.add('inverted pair')
          else if (!this.link.up) this.lost.add('link down')
          else {
            this.#arrives = true
            if (this.partition.cut) {
              this.lost.add('partitioned')
              this.noteActivity()
              return
            }
            this.input = signal
            this.inputStartedAt = clock.now
            this.received++
            onInput(this, true)
          }
        },
        frameEnd: (_signal, inverted) => {
          if (!hub.powered) return
          if (!inverted) this.link.dataReceived()
          this.#ends(onInput)
          this.#arrives = false
          this.noteActivity()
        },
        linkPulse: (inverted) => {
          if (hub.powered && !inverted) this.link.pulseReceived()
        },
      },
    }
    this.link = new LinkIntegrity({
      clock,
      onLink: (up) => {
        if (up) return
        this.#ends(onInput)
        this.#arrives = false
        this.noteActivity()
      },
      sendPulse: () => this.port.medium?.linkPulse(this.port),
    })
  }

  /** What came in is over, or is not listened to any more. */
  #ends(onInput: (port: HubPort, on: boolean) => void): void {
    if (this.input === undefined) return
    onInput(this, false)
    this.input = undefined
  }

  /** Something begins or ends to come in, or to be sent. */
  noteActivity(): void {
    this.partition.update(this.#arrives, this.output !== undefined)
  }

  /** Cut off by the collision that has just begun: what comes in is not listened to any more. */
  dropWhereCut(onInput: (port: HubPort, on: boolean) => void): void {
    if (this.partition.cut) this.#ends(onInput)
  }

  /** The hub is off: nothing is heard. */
  deafen(): void {
    this.input = undefined
    this.#arrives = false
    this.silentUntil = 0
    this.partition.reset()
  }
}

export interface HubOptions {
  clock: Clock
  /** 8 by default. */
  ports?: number
  name?: string
}

export class Hub {
  readonly #clock: Clock
  readonly #ports: readonly HubPort[]
  /** Ports that hear a signal. */
  readonly #active = new Set<HubPort>()
  #state: 'idle' | 'repeating' | 'collision' = 'idle'
  #source: HubPort | undefined
  #timer: Timer | undefined
  /** When an output will have sent for too long, or has paused for long enough. */
  #guard: Timer | undefined
  #collisionStartedAt = 0
  #powered = false

  /** @throws RangeError when it has fewer than two ports. */
  constructor({ clock, ports = 8, name = 'hub' }: HubOptions) {
    if (!Number.isInteger(ports) || ports < 2) throw new RangeError(`a hub has two ports or more; got ${ports}`)
    this.#clock = clock
    const onInput = (port: HubPort, on: boolean) => {
      if (!on) {
        this.#ends(port)
        return
      }
      this.#begins(port)
      port.noteActivity()
      for (const each of this.#ports) each.dropWhereCut(onInput)
    }
    this.#ports = Array.from({ length: ports }, (_, i) => new HubPort(clock, this, `${name} ${i + 1}`, onInput))
    this.powerOn()
  }

  /** Its jacks, wired MDI-X. */
  get ports(): readonly EthernetPort[] {
    return this.#ports.map(({ port }) => port)
  }

  get powered(): boolean {
    return this.#powered
  }

  linkUp(port: number): boolean {
    return this.#ports[port].link.up
  }

  partitioned(port: number): boolean {
    return this.#ports[port].partition.cut
  }

  /** What came in, of all ports together and of each. A collision is one to each port that took part in it. */
  get counters(): HubPortCounters & { readonly ports: readonly HubPortCounters[] } {
    const all = new Tally<HubLoss>()
    const sum = { received: 0, collisions: 0, partitions: 0 }
    const ports = this.#ports.map(({ received, collisions, partition, lost }): HubPortCounters => {
      const partitions = partition.times
      sum.received += received
      sum.collisions += collisions
      sum.partitions += partitions
      const dropped = lost.snapshot()
      for (const [reason, count] of Object.entries(dropped)) all.add(reason as HubLoss, count)
      return { received, collisions, partitions, dropped }
    })
    return { ...sum, dropped: all.snapshot(), ports }
  }

  powerOn(): void {
    if (this.#powered) return
    this.#powered = true
    for (const { link } of this.#ports) link.start()
  }

  powerOff(): void {
    if (!this.#powered) return
    this.#powered = false
    this.#clock.cancel(this.#timer)
    this.#clock.cancel(this.#guard)
    this.#guard = undefined
    for (const port of this.#ports) {
      this.#stopOutput(port, true)
      port.deafen()
      port.link.stop()
    }
    this.#active.clear()
    this.#state = 'idle'
  }

  #begins(port: HubPort): void {
    this.#active.add(port)
    if (this.#state === 'idle') {
      this.#state = 'repeating'
      this.#source = port
      this.#timer = this.#clock.after(REPEATER_DELAY, () => this.#startRepeating(port))
    } else if (this.#state === 'repeating') {
      this.#collide()
    } else {
      this.#takesPart(port)
      // Only one port was left, and now there is company again: all hear the jam.
      for (const each of this.#ports) this.#jam(each)
    }
  }

  #startRepeating(source: HubPort): void {
    this.#timer = undefined
    const signal = source.input
    for (const port of this.#ports) {
      if (port === source || !port.link.up) continue
      this.#startOutput(port, signal?.octets ?? new Uint8Array(0), signal?.bits ?? 0, signal?.intact ?? false)
    }
    // The signal may have ended already, within the delay.
    if (signal === undefined) this.#finishRepeating()
  }

  #ends(port: HubPort): void {
    this.#active.delete(port)
    if (this.#state === 'collision') {
      if (this.#active.size === 0) this.#finishCollision()
      else if (this.#active.size === 1) for (const last of this.#active) this.#stopOutput(last)
      return
    }
    if (this.#state !== 'repeating' || port !== this.#source || this.#timer !== undefined) return
    const signal = port.input
    if (signal !== undefined) {
      for (const { output, passed } of this.#ports) {
        if (output === undefined) continue
        const bits = signal.bits - passed
        const octets = passed === 0 ? signal.octets : signal.octets.subarray(passed >> 3)
        const extended = Math.max(bits, SHORTEST_BITS)
        output.octets = extended > bits ? extend(octets, extended) : octets
        output.dribbleBits = extended > bits ? (extended - PREAMBLE_BITS) & 7 : signal.dribbleBits
        output.bits = extended
        output.intact = signal.intact && passed === 0 && extended === bits
      }
    }
    this.#finishRepeating()
  }

  #finishRepeating(): void {
    let end = this.#clock.now
    for (const { output, outputStartedAt } of this.#ports) {
      if (output !== undefined) end = Math.max(end, outputStartedAt + output.bits * BIT_TIME)
    }
    this.#timer = this.#clock.after(end - this.#clock.now, () => {
      this.#timer = undefined
      this.#idle()
    })
  }

  #collide(): void {
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
    this.#state = 'collision'
    this.#source = undefined
    this.#collisionStartedAt = this.#clock.now
    for (const port of this.#active) this.#takesPart(port)
    for (const port of this.#ports) this.#jam(port)
  }

  #takesPart(port: HubPort): void {
    if (port.collided) return
    port.collided = true
    port.collisions++
  }

  #jam(port: HubPort): void {
    if (!port.link.up) return
    if (port.output === undefined) this.#startOutput(port, new Uint8Array(0), 0, false)
    if (port.output === undefined) return
    port.jamFrom ??= Math.floor((this.#clock.now - port.outputStartedAt) / BIT_TIME)
  }

  #finishCollision(): void {
    const shortest = this.#collisionStartedAt + SHORTEST_BITS * BIT_TIME
    const remaining = Math.max(0, shortest - this.#clock.now)
    this.#timer = this.#clock.after(remaining, () => {
      this.#timer = undefined
      if (this.#active.size === 0) this.#idle()
    })
  }

  #idle(): void {
    for (const port of this.#ports) {
      this.#stopOutput(port)
      port.collided = false
    }
    this.#watch()
    this.#state = 'idle'
    this.#source = undefined
    // A port that went on sending through the end of it all is a new signal; its preamble is gone.
    for (const port of this.#active) {
      this.#begins(port)
      break
    }
  }

  #startOutput(port: HubPort, octets: Uint8Array, bits: number, intact: boolean, passed = 0): void {
    if (this.#clock.now < port.silentUntil) return
    port.output = { octets, dribbleBits: 0, bits, intact }
    port.outputStartedAt = this.#clock.now
    port.passed = passed
    port.jamFrom = undefined
    port.link.transmitted()
    port.port.medium?.frameStart(port.port, port.output)
    port.noteActivity()
    if (this.#guard === undefined) this.#watch()
  }

  /** When an output must pause next, or may go on. */
  #watch(): void {
    this.#clock.cancel(this.#guard)
    const { now } = this.#clock
    let at = Number.POSITIVE_INFINITY
    for (const { output, outputStartedAt, silentUntil } of this.#ports) {
      if (output !== undefined) at = Math.min(at, outputStartedAt + LONGEST_OUTPUT)
      else if (silentUntil > now) at = Math.min(at, silentUntil)
    }
    this.#guard = at === Number.POSITIVE_INFINITY ? undefined : this.#clock.after(at - now, () => this.#guardOutputs())
  }

  /** Interrupts outputs that have sent too long, and lets those go on whose pause is over (9.6.5). */
  #guardOutputs(): void {
    this.#guard = undefined
    const { now } = this.#clock
    let interrupted = false
    for (const port of this.#ports) {
      if (port.output !== undefined && now >= port.outputStartedAt + LONGEST_OUTPUT) {
        this.#stopOutput(port, true)
        port.silentUntil = now + OUTPUT_PAUSE
        interrupted = true
      } else if (port.output === undefined && port.silentUntil === now) {
        this.#resume(port)
      }
    }
    if (interrupted) for (const { lost } of this.#active) lost.add('jabber')
    this.#watch()
  }

  /** The pause of an output is over: what still comes in is sent there, behind a preamble of the hub's own. */
  #resume(port: HubPort): void {
    const source = this.#source
    if (this.#state === 'collision') {
      if (!(this.#active.size === 1 && this.#active.has(port))) this.#jam(port)
    } else if (source?.input !== undefined && source !== port && this.#timer === undefined && port.link.up) {
      const passed = Math.round((this.#clock.now - source.inputStartedAt - REPEATER_DELAY) / BIT_TIME)
      this.#startOutput(port, source.input.octets.subarray(passed >> 3), source.input.bits - passed, false, passed)
    }
  }

  /** @param cut it ends here, wherever what it repeats ends */
  #stopOutput(port: HubPort, cut = false): void {
    const { output } = port
    if (output === undefined) return
    port.output = undefined
    if (port.jamFrom !== undefined || cut) {
      const bits = Math.floor((this.#clock.now - port.outputStartedAt) / BIT_TIME)
      const kept = Math.max(0, Math.min(port.jamFrom ?? bits, bits) - PREAMBLE_BITS) >> 3
      const data = port.jamFrom !== undefined && port.jamFrom < PREAMBLE_BITS ? 0 : Math.max(0, bits - PREAMBLE_BITS)
      const octets = new Uint8Array(data >> 3).fill(JAM_OCTET)
      octets.set(output.octets.subarray(0, Math.min(kept, octets.length)))
      output.octets = octets
      output.dribbleBits = data & 7
      output.bits = bits
      output.intact = false
    }
    port.jamFrom = undefined
    port.link.transmitted()
    port.port.medium?.frameEnd(port.port, output)
    port.noteActivity()
  }
}

/** A fragment made up to `bits` with jam. */
function extend(octets: Uint8Array, bits: number): Uint8Array {
  const extended = new Uint8Array(Math.max(0, bits - PREAMBLE_BITS) >> 3).fill(JAM_OCTET)
  extended.set(octets.subarray(0, extended.length))
  return extended
}
