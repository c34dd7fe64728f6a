/** A connection of the lab and a socket of the system, joined: what waits where one of the two does not take. */
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
import { SeededRandom } from '../../../../boards/simulation/random.js'
import { Scheduler } from '../../../../boards/simulation/scheduler.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { Tally } from '../../../../firmware/hal/counters.js'
import { ipv4 } from '../../../../firmware/net/address.js'
import { Stack } from '../../../../firmware/stack.js'
import { OutsidePolicy } from '../../../network/gateway/outside-policy.js'
import { GATEWAY_LIMITS, type GatewayPlace } from './place.js'
import { TcpPipe } from './tcp-pipe.js'

/** The system's end: takes nothing until it is told to. */
class SlowSocket extends Duplex {
  readonly taken: Buffer[] = []
  wasReset = false
  #go: (() => void) | undefined
  #isOpen = false

  open(): void {
    this.#isOpen = true
    this.#go?.()
  }

  override _read(): void {}

  override _write(octets: Buffer, _: string, done: () => void): void {
    const take = () => {
      this.taken.push(octets)
      done()
    }
    if (this.#isOpen) take()
    else this.#go = take
  }

  resetAndDestroy(): this {
    this.wasReset = true
    return this.destroy()
  }

  destroySoon(): void {
    this.end(() => this.destroy())
  }
}

/** A stack that is connected with itself, over its loopback. */
function joined(waiting: number) {
  const clock = new Scheduler()
  const stack = new Stack({ clock, random: new SeededRandom(3) })
  const listener = stack.tcp.listen({ address: ipv4('127.0.0.1'), port: 7 }, { connection: { receiveBuffer: waiting } })
  const board = stack.tcp.connect({ address: ipv4('127.0.0.1'), port: 7 }, { sendBuffer: 1 << 18 })
  clock.runUntil(SECOND)
  const socket = new SlowSocket()
  const policy = new OutsidePolicy({ allow: [], onlyListed: false, ownNetworks: () => [], now: () => clock.now })
  const place: GatewayPlace = {
    stack,
    clock,
    policy,
    limits: { ...GATEWAY_LIMITS, waiting },
    lost: new Tally(),
    enter: (input) => input(),
  }
  let isOver = false
  const pipe = new TcpPipe(listener.accept()!, socket as unknown as Socket, place, () => {
    isOver = true
  })
  return { clock, board, socket, pipe, isOver: () => isOver }
}

it('no more waits for a socket that does not take than the bound, and the board’s window closes', async () => {
  const waiting = 16_384
  const { clock, board, socket, pipe } = joined(waiting)
  const sent = new Uint8Array(200_000).map((_, at) => at & 0xff)
  let at = board.write(sent)
  board.onWritable(() => {
    at += board.write(sent, at)
  })
  clock.runUntil(10 * SECOND)
  // A bound's worth in the socket, up to the next read, and one in the receive buffer.
  expect(pipe.fromBoard).toBeGreaterThanOrEqual(waiting)
  expect(pipe.fromBoard).toBeLessThanOrEqual(2 * waiting)
  expect(pipe.connection.readable).toBeLessThanOrEqual(waiting)
  expect(board.info().sendWindow).toBe(0)
  socket.open()
  while (pipe.fromBoard < sent.length) {
    await new Promise(setImmediate)
    clock.runUntil(clock.now + SECOND)
  }
  await new Promise(setImmediate)
  expect(Buffer.concat(socket.taken).equals(sent)).toBe(true)
})

it('a socket that is lost resets the board, and a board that is lost resets the socket', async () => {
  const first = joined(4_096)
  first.socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' }))
  await new Promise(setImmediate)
  first.clock.runUntil(2 * SECOND)
  expect([first.board.state, first.board.error, first.isOver()]).toEqual(['CLOSED', 'ECONNRESET', true])
  const second = joined(4_096)
  second.board.abort()
  second.clock.runUntil(2 * SECOND)
  expect([second.socket.wasReset, second.socket.destroyed, second.isOver()]).toEqual([true, true, true])
})
