/**
 * The programs of the socket station as data: what the article's picture has, written short. In C an address is a struct sockaddr, and a
 * read has a buffer and its length; what is called, and in which order, is the same.
 */
import { END_ADDRESSES } from '../../network/two-computers.js'
import type { SettingValues } from '../../station-parts.js'

export const PROGRAM_NAMES = ['client', 'server', 'file'] as const
export type ProgramName = (typeof PROGRAM_NAMES)[number]

export type CallName =
  | 'socket'
  | 'bind'
  | 'listen'
  | 'accept'
  | 'connect'
  | 'read'
  | 'write'
  | 'recvfrom'
  | 'sendto'
  | 'open'
  | 'lseek'
  | 'close'

/** A variable that holds a descriptor: the socket, the accepted one, the file. */
export type Variable = 's' | 'c' | 'f'

export interface CodeLine {
  readonly call: CallName
  readonly text: string
  /** The variable that takes the descriptor it gives. */
  readonly assigns?: Variable
  /** The variable of the descriptor it is about. */
  readonly on?: Variable
  /** An IP address, or the name of a file. */
  readonly address?: string
  readonly port?: number
  /** What is written: a text, or what was read last (left out). */
  readonly data?: string
}

const FILE_NAME = 'note.txt'

export function programOf(name: ProgramName, settings: SettingValues): readonly CodeLine[] {
  if (name === 'file') return fileProgram(settings)
  const stream = settings.type === 'stream'
  if (name === 'client') return stream ? streamClient(settings) : datagramClient(settings)
  return stream ? streamServer(settings) : datagramServer(settings)
}

function socketLine(kind: 'STREAM' | 'DGRAM'): CodeLine {
  return { call: 'socket', text: `s = socket(AF_INET, SOCK_${kind})`, assigns: 's' }
}

function bindLine({ bindto, port }: SettingValues): CodeLine {
  return { call: 'bind', text: `bind(s, "${bindto}", ${port})`, on: 's', address: bindto, port: Number(port) }
}

const close = (on: Variable): CodeLine => ({ call: 'close', text: `close(${on})`, on })
const read = (on: Variable): CodeLine => ({ call: 'read', text: `buf = read(${on})`, on })

function streamServer(settings: SettingValues): readonly CodeLine[] {
  return [
    socketLine('STREAM'),
    bindLine(settings),
    { call: 'listen', text: 'listen(s)', on: 's' },
    { call: 'accept', text: 'c = accept(s)', on: 's', assigns: 'c' },
    read('c'),
    { call: 'write', text: 'write(c, buf)', on: 'c' },
    read('c'),
    close('c'),
    close('s'),
  ]
}

function streamClient({ text, toport }: SettingValues): readonly CodeLine[] {
  const address = END_ADDRESSES.server
  return [
    socketLine('STREAM'),
    { call: 'connect', text: `connect(s, "${address}", ${toport})`, on: 's', address, port: Number(toport) },
    { call: 'write', text: `write(s, ${JSON.stringify(text)})`, on: 's', data: text },
    read('s'),
    close('s'),
  ]
}

function datagramServer(settings: SettingValues): readonly CodeLine[] {
  return [
    socketLine('DGRAM'),
    bindLine(settings),
    { call: 'recvfrom', text: 'buf = recvfrom(s, &from)', on: 's' },
    { call: 'sendto', text: 'sendto(s, buf, from)', on: 's' },
    close('s'),
  ]
}

function datagramClient({ text, toport }: SettingValues): readonly CodeLine[] {
  const address = END_ADDRESSES.server
  return [
    socketLine('DGRAM'),
    {
      call: 'sendto',
      text: `sendto(s, ${JSON.stringify(text)}, "${address}", ${toport})`,
      on: 's',
      address,
      port: Number(toport),
      data: text,
    },
    { call: 'recvfrom', text: 'buf = recvfrom(s, &from)', on: 's' },
    close('s'),
  ]
}

function fileProgram({ text }: SettingValues): readonly CodeLine[] {
  return [
    { call: 'open', text: `f = open("${FILE_NAME}")`, assigns: 'f', address: FILE_NAME },
    { call: 'write', text: `write(f, ${JSON.stringify(text)})`, on: 'f', data: text },
    { call: 'lseek', text: 'lseek(f, 0)', on: 'f' },
    read('f'),
    close('f'),
  ]
}
