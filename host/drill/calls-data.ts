/** read, write and their kin. What a stream delivers is held against what the script's segments carried. */
import { keyed } from '../text/keyed.js'
import { type Address, endText, flags, octetCount, socketAddressValue, vector } from './call-values.js'
import { argument, onDescriptor } from './calls-connection.js'
import { type CallOutcome, type Descriptor, failed, octetsToWrite, type Process } from './descriptors.js'
import { streamOctet } from './flow.js'
import type { PreparedCall } from './prepared-call.js'
import type { Call, Value } from './script.js'
import { concluded, type Dialogue } from './subject.js'
import { Unsupported } from './unsupported.js'

const RECEIVE_FLAGS = ['MSG_DONTWAIT', 'MSG_PEEK', 'MSG_WAITALL', 'MSG_NOSIGNAL', 'MSG_TRUNC']
const SEND_FLAGS = ['MSG_DONTWAIT', 'MSG_NOSIGNAL', 'MSG_MORE', 'MSG_OOB']

interface Reading {
  readonly room: number
  /** What it is to be, where the script tells; `more`: what it is to begin with. */
  readonly text: string | undefined
  readonly more?: boolean
  readonly flags: ReadonlySet<string>
  readonly from: Address | undefined
}

interface Writing {
  readonly length: number
  readonly text: string | undefined
  readonly flags: ReadonlySet<string>
  readonly to: Address | undefined
}

function content(value: Value): string | undefined {
  if (value.kind === 'any') return undefined
  if (value.kind === 'text') return value.text
  throw new Unsupported(keyed('pkt.data-form'), value.at)
}

function isBeginning(value: Value): boolean {
  return value.kind === 'text' && value.more
}

export function read(call: Call): PreparedCall {
  return onDescriptor(
    call,
    reading({
      room: octetCount(argument(call, 2)),
      text: content(argument(call, 1)),
      more: isBeginning(argument(call, 1)),
      flags: flags(call.arguments[3], keyed('pkt.what.flag-of', { name: call.name }), RECEIVE_FLAGS),
      from: undefined,
    }),
  )
}

export function receiveFrom(call: Call): PreparedCall {
  return onDescriptor(
    call,
    reading({
      room: octetCount(argument(call, 2)),
      text: content(argument(call, 1)),
      flags: flags(argument(call, 3), keyed('pkt.what.flag-of', { name: call.name }), RECEIVE_FLAGS),
      from: socketAddressValue(call.arguments[4], keyed('pkt.what.from')),
    }),
  )
}

export function readVector(call: Call): PreparedCall {
  return onDescriptor(call, reading({ ...gathered(argument(call, 1)), flags: new Set(), from: undefined }))
}

export function receiveMessage(call: Call): PreparedCall {
  const message = messageHeader(argument(call, 1))
  return onDescriptor(
    call,
    reading({
      ...gathered(message.vector),
      flags: flags(argument(call, 2), keyed('pkt.what.flag-of', { name: call.name }), RECEIVE_FLAGS),
      from: socketAddressValue(message.name, 'msg_name'),
    }),
  )
}

function gathered(value: Value | undefined): { room: number; text: string | undefined } {
  const parts = vector(value)
  const texts = parts.map((part) => content(part.content))
  return {
    room: parts.reduce((sum, part) => sum + part.length, 0),
    text: texts.every((text) => text !== undefined) ? texts.join('') : undefined,
  }
}

/** `{msg_name(...)=..., msg_iov(1)=[{..., 1000}], msg_flags=0}` */
function messageHeader(value: Value): { name: Value | undefined; vector: Value | undefined } {
  if (value.kind !== 'struct') throw new Unsupported(keyed('pkt.message-form'), value.at)
  let name: Value | undefined
  let parts: Value | undefined
  for (const field of value.fields) {
    if (field.name === 'msg_name') name = field.value
    else if (field.name === 'msg_iov') parts = field.value
    else if (field.name !== 'msg_flags' && field.name !== 'msg_iovlen')
      throw new Unsupported(keyed('pkt.message-field', { name: field.name ?? '?' }), field.value.at)
  }
  return { name, vector: parts }
}

function reading({ room, text, more = false, flags: names, from }: Reading) {
  return (descriptor: Descriptor) => {
    const { socket } = descriptor
    const peek = names.has('MSG_PEEK')
    let done = 0
    const whole = new Uint8Array(room)
    return function* (): Dialogue<CallOutcome | undefined> {
      const wait = !descriptor.nonBlocking && !names.has('MSG_DONTWAIT')
      if (socket.type !== 'stream') return yield* datagram(descriptor, whole, wait, text, from, names.has('MSG_TRUNC'))
      for (;;) {
        const octets = yield* concluded(peek ? socket.peek(whole) : socket.read(whole.subarray(done)))
        if (octets === undefined) {
          if (done > 0 && !names.has('MSG_WAITALL')) break
          if (!wait) return done > 0 ? { value: done } : failed('EAGAIN')
          return undefined
        }
        done += octets
        if (octets === 0 || done === room || peek || !names.has('MSG_WAITALL')) break
      }
      const wrong = judge(descriptor, whole.subarray(0, done), text, more)
      if (!peek) descriptor.read += done
      return { value: done, ...(wrong !== undefined && { wrong: [wrong] }) }
    }
  }
}

function* datagram(
  { socket, nonBlocking: _ }: Descriptor,
  into: Uint8Array,
  wait: boolean,
  text: string | undefined,
  from: Reading['from'],
  wholeSize: boolean,
): Dialogue<CallOutcome | undefined> {
  const received = yield* concluded(socket.receiveFrom(into))
  if (received === undefined) return wait ? undefined : failed('EAGAIN')
  const wrong: string[] = []
  if (from !== undefined && (from.address !== received.from.address || from.port !== received.from.port))
    wrong.push(`it came from ${endText(received.from)}`)
  const shown = String.fromCharCode(...into.subarray(0, received.length))
  if (text !== undefined && shown !== text.slice(0, received.length)) wrong.push(`the data is ${JSON.stringify(shown)}`)
  return { value: wholeSize ? received.size : received.length, ...(wrong.length > 0 && { wrong }) }
}

/** What a stream delivered, against the text or the octets that the script's segments had. */
function judge(
  descriptor: Descriptor,
  octets: Uint8Array,
  text: string | undefined,
  more: boolean,
): string | undefined {
  if (text !== undefined) {
    const shown = String.fromCharCode(...(more ? octets.subarray(0, text.length) : octets))
    return shown === text.slice(0, octets.length) ? undefined : `the data is ${JSON.stringify(shown)}`
  }
  for (let i = 0; i < octets.length; i++) {
    const sent = streamOctet(descriptor.read + i)
    if (octets[i] !== sent)
      return `octet ${descriptor.read + i} of the stream is ${octets[i]}, and the script's segments had ${sent} there`
  }
  return undefined
}

export function write(call: Call): PreparedCall {
  return onDescriptor(
    call,
    writing([
      {
        length: octetCount(argument(call, 2)),
        text: content(argument(call, 1)),
        flags: flags(call.arguments[3], keyed('pkt.what.flag-of', { name: call.name }), SEND_FLAGS),
        to: undefined,
      },
    ]),
  )
}

export function sendTo(call: Call): PreparedCall {
  return onDescriptor(
    call,
    writing([
      {
        length: octetCount(argument(call, 2)),
        text: content(argument(call, 1)),
        flags: flags(argument(call, 3), keyed('pkt.what.flag-of', { name: call.name }), SEND_FLAGS),
        to: socketAddressValue(argument(call, 4), keyed('pkt.what.to')),
      },
    ]),
  )
}

export function writeVector(call: Call): PreparedCall {
  return onDescriptor(call, writing(parts(argument(call, 1), new Set(), undefined)))
}

export function sendMessage(call: Call): PreparedCall {
  const message = messageHeader(argument(call, 1))
  const names = flags(argument(call, 2), keyed('pkt.what.flag-of', { name: call.name }), SEND_FLAGS)
  return onDescriptor(call, writing(parts(message.vector, names, socketAddressValue(message.name, 'msg_name'))))
}

function parts(value: Value | undefined, names: ReadonlySet<string>, to: Writing['to']): Writing[] {
  return vector(value).map((part) => ({ length: part.length, text: content(part.content), flags: names, to }))
}

/** Several parts are one call: their octets follow each other. */
function writing(all: readonly Writing[]) {
  if (all.length === 0) throw new Unsupported(keyed('pkt.iovec-empty'))
  const { flags: names, to } = all[0]
  return (descriptor: Descriptor, process: Process) => {
    let place = descriptor.written
    const octets = Uint8Array.from(
      all.flatMap(({ text, length }) => {
        const part = octetsToWrite(text, length, place)
        place += length
        return [...part]
      }),
    )
    let done = 0
    return function* (): Dialogue<CallOutcome | undefined> {
      const { socket } = descriptor
      if (socket.type !== 'stream') {
        const ofStreams = ['MSG_MORE', 'MSG_OOB'].filter((name) => names.has(name))
        if (ofStreams.length === 0) return yield* sendDatagram(descriptor, process, octets, to)
        return { ...failed('EOPNOTSUPP'), wrong: [`${ofStreams.join(' and ')}: only streams have it here`] }
      }
      const wait = !descriptor.nonBlocking && !names.has('MSG_DONTWAIT')
      const how = { ...(names.has('MSG_OOB') && { urgent: true }), ...(names.has('MSG_MORE') && { push: false }) }
      const taken = yield* concluded(socket.write(octets.subarray(done), how))
      if (taken !== undefined) {
        descriptor.flow?.written.push(...octets.subarray(done, done + taken))
        descriptor.written += taken
        done += taken
        if (descriptor.flow !== undefined) process.lookAt(descriptor.flow)
      }
      if (done === octets.length) return { value: done }
      if (wait) return undefined
      return done > 0 ? { value: done } : failed('EAGAIN')
    }
  }
}

function* sendDatagram(
  descriptor: Descriptor,
  process: Process,
  octets: Uint8Array,
  to: Writing['to'],
): Dialogue<CallOutcome | undefined> {
  const { socket, flow } = descriptor
  const connected = to === undefined && flow !== undefined
  const sent = yield* concluded(connected ? socket.write(octets) : socket.sendTo(octets, to ?? process.defaultConnect))
  if (sent === undefined) return descriptor.nonBlocking ? failed('EAGAIN') : undefined
  return { value: sent }
}
