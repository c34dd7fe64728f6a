/**
 * The two applications of the layers station: a board that shows what it is told, and who tells it. Their protocol is one of our own, made
 * like SMTP (RFC 5321 4.1, 4.2): lines of words, answered by lines that begin with a number. What OSI calls session and presentation
 * is in here: a greeting must come first, and text is UTF-8.
 */
import { Tally } from '../../../../firmware/hal/counters.js'
import { NetError } from '../../../../firmware/net/errors.js'
import type { Socket } from '../../../../firmware/socket/socket.js'
import type { StreamSocket } from '../../../../firmware/socket/stream-socket.js'
import type { Stack } from '../../../../firmware/stack.js'
import { decodeText, encodeText } from '../../../../firmware/text/utf8.js'

const BOARD_PORT = 2525
/** No line is longer; what is, is no line of ours. */
const LONGEST_LINE = 1_000
const NEWLINE = 0x0a

/** Why the board shows nothing: a layer each. */
export type BoardLoss = '503 HELLO first' | '501 not UTF-8' | '500 unknown command'

/** Lines out of a stream, which knows of none. */
class LineReader {
  #held: number[] = []

  /** @returns the lines that are complete with these octets, without their ends */
  take(octets: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = []
    for (const octet of octets) {
      if (octet !== NEWLINE) {
        if (this.#held.length < LONGEST_LINE) this.#held.push(octet)
        continue
      }
      const end = this.#held.at(-1) === 0x0d ? this.#held.length - 1 : this.#held.length
      lines.push(Uint8Array.from(this.#held.slice(0, end)))
      this.#held = []
    }
    return lines
  }
}

/** Reads whatever there is; an error or the end is the end. */
function readAll(socket: Socket, take: (octets: Uint8Array) => void): 'open' | 'ended' {
  const work = new Uint8Array(LONGEST_LINE)
  try {
    for (;;) {
      const count = socket.read(work)
      if (count === undefined) return 'open'
      if (count === 0) return 'ended'
      take(work.subarray(0, count))
    }
  } catch (error) {
    if (error instanceof NetError) return 'ended'
    throw error
  }
}

export class NoticeBoard {
  readonly lost = new Tally<BoardLoss>()
  readonly #onShown: (text: string) => void

  /** @param onShown a text is on the board now */
  constructor(stack: Stack, onShown: (text: string) => void) {
    this.#onShown = onShown
    const listener = stack.socket('ipv4', 'stream')
    listener.bind({ address: '0.0.0.0', port: BOARD_PORT })
    listener.listen()
    listener.onReady(() => {
      for (let socket = listener.accept(); socket !== undefined; socket = listener.accept()) this.#serve(socket)
    })
    const datagrams = stack.socket('ipv4', 'datagram')
    datagrams.bind({ address: '0.0.0.0', port: BOARD_PORT })
    datagrams.onReady(() => {
      const work = new Uint8Array(LONGEST_LINE)
      for (let info = datagrams.receiveFrom(work); info !== undefined; info = datagrams.receiveFrom(work)) {
        const { address, port } = info.from
        // A datagram stands by itself: nobody is greeted.
        for (const line of new LineReader().take(work.subarray(0, info.length)))
          datagrams.sendTo(encodeText(`${this.#answer(line, true)}\r\n`), { address, port })
      }
    })
  }

  #serve(socket: StreamSocket): void {
    const lines = new LineReader()
    let greeted = false
    const work = () => {
      const state = readAll(socket, (octets) => {
        for (const line of lines.take(octets)) {
          greeted ||= decodeText(line).startsWith('HELLO ')
          socket.write(encodeText(`${this.#answer(line, greeted)}\r\n`))
        }
      })
      if (state === 'ended') socket.close()
    }
    socket.onReady(work)
    work()
  }

  #answer(line: Uint8Array, greeted: boolean): string {
    if (!greeted) return this.#refuse('503 HELLO first')
    const text = decodeText(line)
    if (text.includes('\ufffd')) return this.#refuse('501 not UTF-8')
    if (text.startsWith('HELLO ')) return `250 hello ${text.slice(6)}`
    if (!text.startsWith('SAY ')) return this.#refuse('500 unknown command')
    this.#onShown(text.slice(4))
    return '250 shown'
  }

  #refuse(loss: BoardLoss): string {
    this.lost.add(loss)
    return loss
  }
}

export interface TellerHooks {
  /** The board answered with a line. */
  readonly onAnswer: (line: string) => void
  /** The connection came about. */
  readonly onOpen: () => void
  /** It is over, and was not closed by us. */
  readonly onEnd: () => void
}

/** Who tells the board something. */
export class Teller {
  readonly #socket: Socket
  readonly #stream: StreamSocket | undefined
  #opened = false
  #ended = false

  constructor(stack: Stack, transport: 'tcp' | 'udp', address: string, { onAnswer, onOpen, onEnd }: TellerHooks) {
    const socket = stack.socket('ipv4', transport === 'tcp' ? 'stream' : 'datagram')
    this.#socket = socket
    this.#stream = transport === 'tcp' ? (socket as StreamSocket) : undefined
    const lines = new LineReader()
    // An acknowledgement that waits to go with the next message would be lost with it.
    this.#stream?.setOption('quickAck', true)
    socket.connect({ address, port: BOARD_PORT })
    socket.onReady(() => {
      if (!this.#opened && this.#stream?.connection?.state === 'ESTABLISHED') {
        this.#opened = true
        onOpen()
      }
      if (this.#stream !== undefined && !this.#opened && this.#stream.connection?.state !== 'CLOSED') return
      const state = readAll(socket, (octets) => {
        for (const line of lines.take(octets)) onAnswer(decodeText(line))
      })
      if (state === 'open' || this.#ended) return
      this.#ended = true
      onEnd()
    })
    if (transport === 'udp') this.#opened = true
  }

  /** It can be written to. */
  get open(): boolean {
    return this.#opened && !this.#ended
  }

  /** @returns false where there is no way any more */
  write(octets: Uint8Array): boolean {
    try {
      return this.#socket.write(octets) === octets.length
    } catch (error) {
      if (error instanceof NetError) return false
      throw error
    }
  }

  close(): void {
    this.#socket.close()
  }
}
