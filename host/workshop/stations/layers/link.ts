/** Two computers and the cable between them: a stack on a card each; at one the teller, at the other the board. */
import { Cable } from '../../../../boards/ethernet/cable.js'
import { Station } from '../../../../boards/ethernet/station.js'
import type { Breakage } from '../../../../boards/faults/fault.js'
import type { SeededRandom } from '../../../../boards/simulation/random.js'
import type { Scheduler } from '../../../../boards/simulation/scheduler.js'
import type { FrameDevice } from '../../../../firmware/hal/frame-device.js'
import type { NetworkInterface } from '../../../../firmware/net/network-interface.js'
import { Stack } from '../../../../firmware/stack.js'
import { applyBreakage } from '../../apply-breakage.js'
import type { Layer } from './encapsulation.js'
import { NoticeBoard } from './notice-board.js'

export const BOARD_ADDRESS = '192.168.7.2'
const TELLER_ADDRESS = '192.168.7.1'

/** A device around a device: what the stack hands down may be another frame by the time that the card has it. */
class ChangingDevice implements FrameDevice {
  constructor(
    private readonly inner: FrameDevice,
    private readonly change: (frame: Uint8Array) => Uint8Array,
  ) {}

  get address(): Uint8Array {
    return this.inner.address
  }

  get linkUp(): boolean {
    return this.inner.linkUp
  }

  get dropped(): Readonly<Record<string, number>> {
    return this.inner.dropped
  }

  get handleFrame(): FrameDevice['handleFrame'] {
    return this.inner.handleFrame
  }

  set handleFrame(handle: FrameDevice['handleFrame']) {
    this.inner.handleFrame = handle
  }

  get handleLink(): FrameDevice['handleLink'] {
    return this.inner.handleLink
  }

  set handleLink(handle: FrameDevice['handleLink']) {
    this.inner.handleLink = handle
  }

  send(frame: Uint8Array): boolean {
    return this.inner.send(this.change(frame))
  }
}

interface LayersLinkOptions {
  readonly clock: Scheduler
  readonly random: SeededRandom
  readonly breakage: Breakage
  /** What the teller's stack hands to its card. */
  readonly change: (frame: Uint8Array) => Uint8Array
  readonly onShown: (text: string) => void
}

export class LayersLink {
  readonly teller: { readonly stack: Stack; readonly card: Station }
  readonly board: { readonly stack: Stack; readonly card: Station; readonly network: NetworkInterface }
  readonly notices: NoticeBoard
  /** The board's computer is at end a: what it receives goes b to a. */
  readonly cable: Cable
  #whole = true

  constructor({ clock, random, breakage, change, onShown }: LayersLinkOptions) {
    const computer = (name: string, last: number, address: string, device?: (card: Station) => FrameDevice) => {
      const chance = random.fork(name)
      const silent = name === 'teller' && breakage.peer?.silent === true
      const mac = Uint8Array.of(0x02, 0, 0, 0, 0, last)
      const card = new Station({ clock, random: chance, name, address: mac, duplex: 'half', silent })
      const stack = new Stack({ clock, random: chance, name })
      const network = stack.addInterface({
        name: 'eth0',
        device: device?.(card) ?? card,
        address: `${address}/24`,
        addressDefence: 'keep',
      })
      return { stack, card, network }
    }
    this.teller = computer('teller', 1, TELLER_ADDRESS, (card) => new ChangingDevice(card, change))
    this.board = computer('board', 2, BOARD_ADDRESS)
    this.notices = new NoticeBoard(this.board.stack, onShown)
    this.cable = new Cable({ clock, random: random.fork('cable'), length: 20, ...breakage.cable })
    this.cable.plug(this.board.card.port, this.teller.card.port)
    const { card } = this.teller
    // Families of the cable, and of the partner's card, touch nothing of a bench but these.
    applyBreakage(
      breakage,
      { cable: this.cable, board: this.board.card, peer: { station: card, port: card.port } },
      { clock, random: random.fork('breakage'), current: () => this.#whole },
    )
  }

  get up(): boolean {
    return this.teller.card.linkUp && this.board.card.linkUp
  }

  get pending(): number {
    return this.teller.card.pending + this.board.card.pending
  }

  /** What the receiving side has counted of what went no further, by layer, from the lowest. */
  lost(): readonly (readonly [layer: Layer, reason: string, count: number])[] {
    const { stack, card, network } = this.board
    const { interfaces, ipv4, tcp, udp } = stack.counters()
    const counts = (layer: Layer, of: Readonly<Partial<Record<string, number>>>) =>
      Object.entries(of).map(([reason, count]) => [layer, reason, count ?? 0] as const)
    const board = this.notices.lost.snapshot()
    const { '503 HELLO first': session, '501 not UTF-8': presentation, '500 unknown command': application } = board
    return [
      ...counts(2, card.dropped),
      ...counts(2, interfaces[network.name].dropped),
      ...counts(3, ipv4.dropped),
      ...counts(4, tcp.dropped),
      ...counts(4, udp.dropped),
      [5, '503 HELLO first', session ?? 0],
      [6, '501 not UTF-8', presentation ?? 0],
      [7, '500 unknown command', application ?? 0],
    ]
  }

  /** Nothing of it is heard any more. */
  takeApart(): void {
    this.#whole = false
    this.cable.unplug()
    this.teller.card.powerOff()
    this.board.card.powerOff()
  }
}
