/** The bench of the conformance tests, on the simulation's clock and chance. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import type { Connection } from '../../firmware/net/tcp/tcp.js'
import { type BenchOptions, type ScriptedPeer, TestBench } from '../../firmware/net/test-bench.js'

export function bench(options: BenchOptions = {}, seed = 1): TestBench {
  return new TestBench(new Scheduler(), new SeededRandom(seed), options)
}

/** Fills the stack's receive window until it is 0, and takes the acknowledgements. */
export function fillWindow(table: TestBench, connection: Connection, peer: ScriptedPeer): void {
  for (let turns = 0; turns < 1000; turns++) {
    const { receiveWindow } = connection.info()
    if (receiveWindow === 0) break
    peer.inject({ data: Math.min(receiveWindow, 1460) })
    table.advance(500_000_000)
    peer.takeAll()
  }
}
