/** Serial ports of a lab's boards for other programs of this computer: a pseudo-terminal each, at the pace of the wall clock. */
import type { BuiltLab } from '../../lab-file/build.js'
import { terminalFailed } from '../serial/over-pty.js'
import { PtyBridge } from '../serial/pty-bridge.js'

/** How often it is looked which rate a port has, as `serve` does. */
const RATE_MILLISECONDS = 20

export interface ExposedPort {
  /** The board's name in the lab. */
  readonly name: string
  /** What programs open. */
  readonly path: string
}

export interface ExposedPorts {
  readonly ports: readonly ExposedPort[]
  /** Rejects when a port fails for good. */
  readonly failed: Promise<never>
  close(): void
}

/** Puts the boards that ask for it (`serial: pty`) behind pseudo-terminals. @throws Error on a platform without pseudo-terminals */
export function exposeSerial({ lab, definition, boards, bridged }: BuiltLab): ExposedPorts {
  const names = Object.entries(definition.boards ?? {}).flatMap(([name, { serial }]) =>
    serial === undefined ? [] : [name],
  )
  const bridges: PtyBridge[] = []
  const close = () => {
    for (const bridge of bridges) bridge.close()
  }
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => {}) // whoever waits for it gets the error
  try {
    for (const name of names) {
      const board = boards.get(name) ?? bridged.get(name)?.board
      if (board === undefined) throw new Error(`the board ${name} of the lab is not there`)
      board.serial.setBaud(board.definition.serial.baud)
      const bridge = new PtyBridge(board.serial, lab.clock, (input) => lab.enter(input), true)
      bridge.pty.onError((error) => fail(terminalFailed(bridge, error)))
      bridges.push(bridge)
    }
  } catch (error) {
    close()
    throw error
  }
  // At a rate that is far off nothing passes with which a change of it would be noticed.
  const rates = setInterval(() => {
    for (const bridge of bridges) bridge.pty.noticeBaud()
  }, RATE_MILLISECONDS)
  return {
    ports: bridges.map(({ path }, i) => ({ name: names[i], path })),
    failed,
    close: () => {
      clearInterval(rates)
      close()
    },
  }
}
