/** The scene of the socket station: code, descriptors, what the stack has, and what passed; a sentence for each. */
import { faultName } from '../../../../boards/faults/settle.js'
import { formatEndpoint } from '../../../../firmware/net/ip.js'
import { decodeText } from '../../../../firmware/text/utf8.js'
import type { EndName } from '../../network/flights.js'
import { ladderRow, latestFlights } from '../../network/ladder-rows.js'
import { END_ADDRESSES, type TwoComputers } from '../../network/two-computers.js'
import type { SceneThing } from '../../scene-thing.js'
import { faultTitle } from '../../words/fault-title.js'
import { type Told, told } from '../../words/told.js'
import { descriptorsOf } from './descriptors.js'
import type { SocketHostParts } from './process.js'
import type { CallRecord, Program } from './program.js'
import type { ProgramName } from './programs.js'
import type { SceneCodeLine, SceneHost, SceneProgram, SceneStackEntry, SocketScene } from './scene.js'

export interface SocketPicture {
  readonly hosts: Readonly<Record<EndName, SocketHostParts>>
  readonly programs: Readonly<Record<ProgramName, Program>>
  readonly running: ReadonlySet<ProgramName>
  readonly computers: TwoComputers
  readonly causes: ReadonlyMap<number, number>
  readonly lastCall: number | undefined
  readonly fault: string
  readonly now: number
}

export function socketScene(picture: SocketPicture): SocketScene {
  const { computers, causes, lastCall, fault, now } = picture
  const { flights, numbers } = computers
  const client = sceneHost(picture, 'client', ['client', 'file'])
  const server = sceneHost(picture, 'server', ['server'])
  const rows = latestFlights(flights.all).map((flight) => ladderRow(flight, numbers, now, causes.get(flight.id)))
  const things: SceneThing[] = [
    ...[client, server].flatMap(({ programs, descriptors, stack, end, linkUp }) => [
      ...programs.flatMap(({ lines }) => lines.filter(({ state }) => state !== 'to come')),
      ...descriptors,
      ...stack,
      ...(linkUp ? [] : [{ id: `${end}-link`, told: told('ladder.link.down', { end: named(end) }), wrong: true }]),
    ]),
    ...rows,
  ]
  if (fault !== '') things.push({ id: 'fault', told: faultTitle(faultName(fault)), wrong: true })
  return {
    kind: 'socket',
    client,
    server,
    ladder: { rows, marks: [], now, next: flights.next, plan: '' },
    lastCall,
    things,
  }
}

function named(end: EndName): Told {
  return told(`ladder.end.${end}`)
}

function sceneHost(picture: SocketPicture, end: EndName, names: readonly ProgramName[]): SceneHost {
  const { stack, process } = picture.hosts[end]
  return {
    end,
    address: END_ADDRESSES[end],
    linkUp: picture.computers.linkUp(end),
    programs: names.map((name) => sceneProgram(picture.programs[name], picture.running.has(name))),
    descriptors: descriptorsOf(end, process),
    stack: stackEntries(end, stack),
  }
}

function sceneProgram(program: Program, runs: boolean): SceneProgram {
  const { name, state, at, calls } = program
  const lines = program.lines.map((line, i): SceneCodeLine => {
    const call = calls[i]
    const made = call !== undefined
    const failed = made && call.error !== undefined
    const stands = i < at ? 'done' : i > at || state === 'ended' ? 'to come' : state === 'waits' ? 'waits' : 'next'
    return {
      id: `${name}-${i + 1}`,
      text: line.text,
      state: failed ? 'failed' : stands,
      result: made ? resultText(call) : '',
      call: call?.id,
      descriptor: call?.descriptor,
      told: made
        ? callTold(name, call)
        : told('socket.call.next', { program: told(`socket.program.${name}`), code: line.text }),
      ...(failed ? { wrong: true } : {}),
    }
  })
  return { name, state, runs, lines }
}

function resultText({ result, error }: CallRecord): string {
  if (error !== undefined) return `−1 ${error}`
  if (result === undefined) return '…'
  return result.octets === undefined ? `${result.value}` : `${result.value} ${quoted(result.octets)}`
}

function quoted(octets: Uint8Array): string {
  return octets.length === 0 ? '' : `“${decodeText(octets)}”`
}

/** What a call did, waits for, or could not do. */
export function callTold(name: ProgramName, { line, result, error, descriptor }: CallRecord): Told {
  const values = { program: told(`socket.program.${name}`), code: line.text }
  if (error !== undefined) return told('socket.call.failed', { ...values, error })
  if (result === undefined)
    return told('socket.call.waits', { ...values, what: told(`socket.waits.${waitingCall(line.call)}`) })
  return told('socket.call.done', {
    ...values,
    value: `${result.value}`,
    what:
      name === 'file'
        ? whatFileDid(line.call, result.octets, descriptor)
        : whatItDid(line.call, result.octets, descriptor),
  })
}

type WaitingCall = 'accept' | 'connect' | 'read' | 'recvfrom' | 'write'

function waitingCall(call: CallRecord['line']['call']): WaitingCall {
  return call === 'accept' || call === 'connect' || call === 'read' || call === 'recvfrom' ? call : 'write'
}

/** A file takes the same calls, and does otherwise below. */
function whatFileDid(
  call: CallRecord['line']['call'],
  octets: Uint8Array | undefined,
  descriptor: number | undefined,
): Told {
  if (call === 'write') return told('socket.did.write-file')
  if (call === 'close') return told('socket.did.close-file')
  return whatItDid(call, octets, descriptor)
}

function whatItDid(
  call: CallRecord['line']['call'],
  octets: Uint8Array | undefined,
  descriptor: number | undefined,
): Told {
  if (call === 'read' || call === 'recvfrom')
    return octets === undefined || octets.length === 0
      ? told('socket.did.end')
      : told('socket.did.read', { text: quoted(octets) })
  if (call === 'socket' || call === 'open' || call === 'accept')
    return told(`socket.did.${call}`, { descriptor: descriptor ?? 0 })
  return told(`socket.did.${call}`)
}

/** What the stack has, as `ss` lists it: connections live on behind descriptors that are closed. */
function stackEntries(end: EndName, stack: SocketHostParts['stack']): SceneStackEntry[] {
  const entry = (protocol: 'TCP' | 'UDP', state: string, local: string, remote: string): SceneStackEntry => ({
    id: `${end}-${protocol}-${local}-${remote}`,
    told: told('socket.stack', { end: named(end), protocol, state, local, remote }),
    protocol,
    state,
    local,
    remote,
  })
  return [
    ...[...stack.tcp.listeners].map(({ local }) => entry('TCP', 'LISTEN', formatEndpoint(local), '*')),
    ...[...stack.tcp.connections]
      .filter(({ state }) => state !== 'CLOSED')
      .map(({ local, remote, state }) => entry('TCP', state, formatEndpoint(local), formatEndpoint(remote))),
    ...[...stack.udp.ports()].map(({ local }) => entry('UDP', '—', formatEndpoint(local), '*')),
  ]
}
