/** What all connections of one TCP share. */
import type { Clock } from '../../hal/clock.js'
import { Listeners } from '../../hal/listeners.js'
import type { Random } from '../../hal/random.js'
import type { MemoryBudget } from '../memory-budget.js'
import type { NetworkLayers } from '../network-layers.js'
import { TcpView } from '../wire/tcp-view.js'
import { Acknowledged } from './acknowledged.js'
import { ChallengeLimit } from './challenge-limit.js'
import { TcpCounting } from './counters.js'
import { Demultiplexer, type TableEntry } from './demultiplexer.js'
import { InitialNumbers } from './initial-sequence.js'
import type { TcpDefaults } from './options.js'
import { SpareStretches } from './sent-segments.js'
import type { TcpState } from './states.js'
import { SynCookies } from './syn-cookies.js'

/** `Block` is a control block, which knows its engine. */
export class Engine<Block extends TableEntry<Block> & { deferred: boolean }> {
  readonly clock: Clock
  readonly random: Random
  readonly networks: NetworkLayers
  readonly memory: MemoryBudget
  /** What connections begin from; those that are there keep what they began from, where that is an option of theirs. */
  settings: Readonly<TcpDefaults>
  readonly counting = new TcpCounting()
  readonly table = new Demultiplexer<Block>()
  /** Connections in TIME-WAIT, the oldest first. */
  readonly timeWaiting = new Set<Block>()
  /** The segment that is arriving. */
  readonly segment = new TcpView()
  /** What the segment that is arriving acknowledges. */
  readonly acknowledged = new Acknowledged()
  readonly spareStretches = new SpareStretches()
  readonly numbers: InitialNumbers
  readonly cookies: SynCookies
  readonly challenges: ChallengeLimit
  /** Who watches every connection. */
  readonly stateListeners = new Listeners<[block: Block, state: TcpState, previous: TcpState]>()
  /** Blocks of the SACK option being written. */
  readonly sackEdges = new Uint32Array(8)
  /** More frames wait in the device: what can wait for them, does. */
  batching = false
  readonly #deferred: (Block | undefined)[] = []
  #deferredCount = 0

  constructor(clock: Clock, random: Random, networks: NetworkLayers, memory: MemoryBudget, settings: TcpDefaults) {
    this.clock = clock
    this.random = random
    this.networks = networks
    this.memory = memory
    this.settings = settings
    this.numbers = new InitialNumbers(clock, random)
    this.cookies = new SynCookies(clock, random)
    this.challenges = new ChallengeLimit(clock, random, settings.challengeAcks)
  }

  /** The connection is seen to when the frames that wait in the device are through. */
  defer(block: Block): void {
    if (block.deferred) return
    block.deferred = true
    this.#deferred[this.#deferredCount++] = block
  }

  runDeferred(settle: (block: Block) => void): void {
    for (let i = 0; i < this.#deferredCount; i++) {
      const block = this.#deferred[i]
      if (block === undefined) continue
      this.#deferred[i] = undefined
      block.deferred = false
      settle(block)
    }
    this.#deferredCount = 0
  }
}
