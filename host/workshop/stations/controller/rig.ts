/** The bench of the controller station, from one fault to the next: board, partner and cable, with everything that watches them. */

import type { Finding } from '../../../../boards/chips/enc28j60/findings.js'
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import type { Bench } from '../../../../boards/faults/bench.js'
import { createBenchWith } from '../../../../boards/faults/create-bench.js'
import type { SimulatedBoard } from '../../../../boards/model/board.js'
import type { Scheduler } from '../../../../boards/simulation/scheduler.js'
import type { StateChange } from '../../../../firmware/controller/report.js'
import { SupplyProbe } from '../../../scope/supply-probe.js'
import { EdgeTrace } from '../../../scope/trace.js'
import { GuestTime } from '../../guest-time.js'
import { ByHand, type Say } from './by-hand.js'
import { type KeptTransfer, SpiHistory } from './spi-history.js'

const BOARD = 'uno'
/** Metres between board and partner. */
const CABLE_LENGTH = 5
/** About what a pin does into 20 pF, in volts a microsecond. */
const SLEW = 500
/** Edges of a pin that are kept. */
const MOST_EDGES = 20_000

/** What is reported to the station. */
export interface RigWatch {
  state(change: StateChange): void
  transfer(transfer: KeptTransfer): void
  interrupt(high: boolean): void
  frame(frame: CableFrame): void
  /** The firmware has read a frame out of the chip, or whoever has it by hand. */
  read(frame: Uint8Array, byHand: boolean): void
  finding(finding: Finding): void
  say: Say
}

export class Rig {
  readonly bench: Bench<SimulatedBoard>
  readonly time: GuestTime
  readonly history: SpiHistory
  readonly byHand: ByHand
  readonly interrupt: EdgeTrace
  readonly reset: EdgeTrace
  readonly supplies: Readonly<Record<'vcc' | '3v3', SupplyProbe>>

  /** Builds it at the present instant and switches the board on. */
  constructor(clock: Scheduler, seed: number, fault: string, watch: RigWatch) {
    let history: SpiHistory | undefined
    this.bench = createBenchWith(
      { seed, board: BOARD, faults: fault === '' ? [] : [fault], cableLength: CABLE_LENGTH },
      (lab, definition, broken) => {
        lab.clock.advanceTo(clock.now)
        const board = lab.addBoard(definition, { powered: false, ...broken })
        history = new SpiHistory(lab.clock, board.wires, (transfer) => watch.transfer(transfer))
        board.onReport((change) => watch.state(change))
        board.chip.onFinding((finding) => watch.finding(finding))
        return board
      },
    )
    this.history = history!
    const { board, cable, lab } = this.bench
    const supply = board.definition.controller.level
    const trace = (high: boolean) => new EdgeTrace(high ? supply : 0, SLEW, MOST_EDGES)
    this.interrupt = trace(board.wires.interrupt.high)
    board.wires.interrupt.onEdge((high) => {
      this.interrupt.edge(lab.now, high ? supply : 0, true)
      watch.interrupt(high)
    })
    this.reset = trace(true)
    board.chip.observePins({ reset: (high) => this.reset.edge(lab.now, high ? supply : 0, true) })
    const probe = (name: string, rail: 'board' | 'chip') =>
      new SupplyProbe(name, name, board, rail, lab.clock, () => 'shown')
    this.supplies = { vcc: probe('vcc', 'board'), '3v3': probe('3v3', 'chip') }
    cable.onFrame((frame) => watch.frame(frame))
    board.controller.network.onTrace((direction, octets) => direction === 'in' && watch.read(octets, false))
    this.byHand = new ByHand(board.bus, board.controller.device.address, {
      say: watch.say,
      read: (frame) => watch.read(frame, true),
    })
    this.time = new GuestTime(clock, lab.clock)
  }

  get lent(): boolean {
    return this.bench.board.state.matches({ on: { mode: 'bridging' } })
  }

  plug(plugged: boolean): void {
    const { cable, board, peer } = this.bench
    if (plugged === cable.plugged) return
    if (plugged) cable.plug(board.port, peer.port)
    else cable.unplug()
  }
}
