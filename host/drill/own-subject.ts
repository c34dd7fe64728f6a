/** Our stack as the subject of a run: on a wire of the script's, in virtual time. */
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import type { SocketProtocol, SocketType } from '../../firmware/socket/options.js'
import { Stack } from '../../firmware/stack.js'
import { ScriptDevice, scriptRandom } from './device.js'
import type { Settings } from './settings.js'
import type { Subject, SubjectConnection, SubjectSocket, SubjectWatcher } from './subject.js'

/** Octets: room for the buffers that scripts take for granted. */
const MEMORY = 1 << 26

export class OwnSubject implements Subject {
  readonly #clock = new Scheduler()
  readonly #device: ScriptDevice
  readonly #stack: Stack

  constructor(settings: Settings, watcher: SubjectWatcher) {
    this.#device = new ScriptDevice(this.#clock, ipv4(settings.localAddress), (frame) => watcher.onSent(frame))
    this.#device.onTrace((direction, frame) => watcher.onFrame(direction, frame))
    this.#stack = new Stack({
      clock: this.#clock,
      random: scriptRandom(),
      memory: MEMORY,
      tcp: settings.tcp,
      largestMtu: Math.max(settings.mtu, 1500),
    })
    this.#stack.addInterface({
      name: 'drill',
      device: this.#device,
      address: `${settings.localAddress}/${settings.prefixLength}`,
      gateway: settings.gatewayAddress,
      mtu: settings.mtu,
    })
  }

  /** It is there already. */
  begin(): void {}

  get now(): number {
    return this.#clock.now
  }

  /** One event, where one is due by then. */
  advance(instant: number): boolean {
    const { nextAt } = this.#clock
    if (nextAt === undefined || nextAt > instant) {
      this.#clock.runUntil(instant)
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
    this.#clock.after(Math.max(0, instant - this.#clock.now), () => {})
  }

  get connections(): Iterable<SubjectConnection> {
    return this.#stack.tcp.connections
  }

  get listeningPorts(): Iterable<number> {
    return [...this.#stack.tcp.listeners].map(({ local }) => local.port)
  }
}
