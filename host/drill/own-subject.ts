/** Our stack as the subject of a run: on a wire of the script's, in virtual time. */
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import type { InterfaceOptions, NetworkInterface } from '../../firmware/net/network-interface.js'
import type { TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import type { SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import { Stack } from '../../firmware/stack.js'
import { ZONE } from './addresses.js'
import { ScriptDevice, scriptRandom } from './device.js'
import type { Settings } from './settings.js'
import type { Subject, SubjectConnection, SubjectSocket, SubjectWatcher } from './subject.js'

/** Octets: room for the buffers that scripts take for granted. */
const MEMORY = 1 << 26

export class OwnSubject implements Subject {
  readonly #clock = new Scheduler()
  readonly #device: ScriptDevice
  readonly #stack: Stack
  readonly #interface: NetworkInterface
  readonly #watcher: SubjectWatcher
  /** When the script begins, on the stack's clock. */
  #origin = 0

  constructor(settings: Settings, watcher: SubjectWatcher) {
    const { localAddress: own, gatewayAddress: gateway, mtu } = settings
    this.#watcher = watcher
    this.#device = new ScriptDevice(this.#clock, { own, gateway }, (frame) => watcher.onSent(frame))
    this.#stack = new Stack({
      clock: this.#clock,
      random: scriptRandom(),
      memory: MEMORY,
      tcp: settings.tcp,
      largestMtu: Math.max(mtu, 1500),
      ipv6: Ipv6Side,
    })
    this.#interface = this.#stack.addInterface({ name: ZONE, device: this.#device, mtu, ...addressesOf(settings) })
  }

  /** It waits until its address may be used: nobody has it (RFC 4862 5.4), and what says so belongs to no script. */
  begin(): void {
    const { ipv6 } = this.#interface
    while (ipv6?.isReady === false) this.#clock.step()
    this.#origin = this.#clock.now
    this.#device.onTrace((direction, frame) => this.#watcher.onFrame(direction, frame))
  }

  get now(): number {
    return this.#clock.now - this.#origin
  }

  /** One event, where one is due by then. */
  advance(instant: number): boolean {
    const { nextAt } = this.#clock
    const end = this.#origin + instant
    if (nextAt === undefined || nextAt > end) {
      this.#clock.runUntil(end)
      return false
    }
    this.#clock.step()
    return true
  }

  deliver(frames: readonly Uint8Array[]): void {
    this.#device.deliver(...frames)
  }

  socket(family: string, type: SocketType, protocol: SocketProtocol | undefined): SubjectSocket {
    return this.#stack.socket(family, type, protocol)
  }

  setDefaults(defaults: Partial<TcpDefaults>): void {
    this.#stack.tcp.setDefaults(defaults)
  }

  wakeAt(instant: number): void {
    this.#clock.after(Math.max(0, instant - this.now), () => {})
  }

  get connections(): Iterable<SubjectConnection> {
    return this.#stack.tcp.connections
  }

  get listeningPorts(): Iterable<number> {
    return [...this.#stack.tcp.listeners].map(({ local }) => local.port)
  }
}

/** Of the family that is on the wire; of the other it has none there. */
function addressesOf(settings: Settings): Pick<InterfaceOptions, 'address' | 'gateway' | 'ipv6'> {
  const { localAddress: address, gatewayAddress: gateway, prefixLength } = settings
  if (typeof address === 'number' && typeof gateway === 'number')
    return { address: { address, prefixLength }, gateway, ipv6: false }
  return {
    ipv6: {
      addresses: typeof address === 'object' ? [{ address, prefixLength }] : [],
      gateways: typeof gateway === 'object' ? [gateway] : [],
      autoconfigure: false,
    },
  }
}
