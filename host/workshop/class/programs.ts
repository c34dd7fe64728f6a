/** What runs on a learner's station: chat over datagrams and over a stream, a roll call to which everybody answers at once, and files. */
import { formatIp } from '../../../firmware/net/ip.js'
import type { Stack } from '../../../firmware/stack.js'
import { printable } from '../../../firmware/text/printable.js'
import { decodeText, encodeText } from '../../../firmware/text/utf8.js'
import { concatenated } from '../../octets.js'
import { properName } from './proper-name.js'
import { sayByStream, serveByStream, type TalkFailure } from './talk.js'

const CHAT_PORT = 7000
const ROLL_PORT = 7001
const FILE_PORT = 7002
export const LONGEST_CHAT = 500
export const LARGEST_FILE = 256 * 1024
const LONGEST_FILE_NAME = 80
const LINE_FEED = 10

export interface ProgramWatch {
  heard(how: 'UDP' | 'TCP', from: string, text: string): void
  /** Somebody called the roll, and was answered. */
  called(from: string): void
  answered(from: string, name: string): void
  /** A file came whole. */
  file(from: string, name: string, octets: Uint8Array): void
}

/** What comes of what was said over a stream. */
export interface Delivery {
  delivered(): void
  failed(why: TalkFailure | 'not whole'): void
}

export class ClassPrograms {
  readonly #stack: Stack
  readonly #everybody: string
  readonly #chat
  readonly #roll

  /** @param everybody the address of everybody on the station's network */
  constructor(stack: Stack, name: string, everybody: string, watch: ProgramWatch) {
    this.#stack = stack
    this.#everybody = everybody
    const datagrams = (port: number) => {
      const socket = stack.socket('ipv4', 'datagram')
      socket.setOption('broadcast', true)
      socket.bind({ address: '0.0.0.0', port })
      return socket
    }
    this.#chat = datagrams(CHAT_PORT)
    this.#chat.handleDatagram = (octets, start, end, source) =>
      watch.heard('UDP', formatIp(source), chatText(octets.subarray(start, end)))
    this.#roll = datagrams(ROLL_PORT)
    this.#roll.handleDatagram = (octets, start, end, source, port) => {
      const text = decodeText(octets.subarray(start, Math.min(end, start + 100)))
      const from = formatIp(source)
      const said = properName(text.slice(1))
      // Answers go where questions come from; no answer is a question.
      if (text === '?' && port === ROLL_PORT) {
        this.#roll.sendPart(...whole(encodeText(`!${name}`)), source, port)
        watch.called(from)
      } else if (text.startsWith('!') && said !== undefined) watch.answered(from, said)
    }
    serveByStream(stack, CHAT_PORT, 4 * LONGEST_CHAT, (octets, from) => {
      watch.heard('TCP', from, chatText(octets))
      return undefined
    })
    serveByStream(stack, FILE_PORT, LARGEST_FILE + 4 * LONGEST_FILE_NAME + 1, (octets, from) => {
      const at = octets.indexOf(LINE_FEED)
      const fileName = at < 0 ? '' : properFileName(decodeText(octets.subarray(0, Math.min(at, 4 * LONGEST_FILE_NAME))))
      if (fileName === '') return undefined
      const content = octets.slice(at + 1)
      watch.file(from, fileName, content)
      return encodeText(`${content.length}`)
    })
  }

  /** @throws NetError when the datagram cannot be sent */
  sayByDatagram(to: string, text: string): void {
    this.#chat.sendTo(encodeText(text), { address: to, port: CHAT_PORT })
  }

  sayByStream(to: string, text: string, { delivered, failed }: Delivery): void {
    sayByStream(this.#stack, { address: to, port: CHAT_PORT }, encodeText(text), { heard: delivered, failed })
  }

  /** @throws NetError when the datagram cannot be sent */
  callTheRoll(): void {
    this.#roll.sendTo(encodeText('?'), { address: this.#everybody, port: ROLL_PORT })
  }

  sendFile(to: string, name: string, octets: Uint8Array, { delivered, failed }: Delivery): void {
    const head = encodeText(`${properFileName(name) || 'file'}\n`)
    sayByStream(this.#stack, { address: to, port: FILE_PORT }, concatenated([head, octets]), {
      heard: (answer) => (decodeText(answer) === `${octets.length}` ? delivered() : failed('not whole')),
      failed,
    })
  }
}

function whole(octets: Uint8Array): [Uint8Array, number, number] {
  return [octets, 0, octets.length]
}

/** As it can be shown: somebody else said it. */
function chatText(octets: Uint8Array): string {
  return printable([...decodeText(octets.subarray(0, 4 * LONGEST_CHAT))].slice(0, LONGEST_CHAT).join(''))
}

/** A name that leads to no folder and hides nothing; empty where nothing is left. */
function properFileName(given: string): string {
  const name = [...printable(given).replace(/[\\/:*?"<>|]/g, '_')].slice(0, LONGEST_FILE_NAME).join('').trim()
  return name.replace(/^\.+/, '')
}
