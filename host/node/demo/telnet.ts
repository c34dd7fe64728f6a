/** TELNET (RFC 854): a terminal across the network. What both ends can do they settle by options, in the same stream as the text. */
import { once } from 'node:events'
import { keyed } from '../../text/keyed.js'
import type { NodeSocket } from '../net/socket.js'
import type { Demo, DemoSide, ServerStage } from './demo.js'
import { opened } from './serving.js'

const IAC = 255
/** RFC 854, and the options of RFC 857, 858 and 1073. */
const VERBS: Readonly<Record<number, string>> = { 251: 'WILL', 252: 'WONT', 253: 'DO', 254: 'DONT' }
const [WILL, DO] = [251, 253]
const OPTIONS: Readonly<Record<number, string>> = { 1: 'ECHO', 3: 'SUPPRESS-GO-AHEAD', 31: 'NAWS' }
const [ECHO, SUPPRESS, NAWS] = [1, 3, 31]

/** Takes the commands out of what has come. They are three octets each here, and none comes in parts. */
function apart(octets: Uint8Array): {
  readonly text: string
  readonly commands: readonly (readonly [number, number])[]
} {
  const plain: number[] = []
  const commands: [number, number][] = []
  for (let i = 0; i < octets.length; i++) {
    if (octets[i] !== IAC) plain.push(octets[i])
    else {
      commands.push([octets[i + 1], octets[i + 2]])
      i += 2
    }
  }
  return { text: Buffer.from(plain).toString('utf8'), commands }
}

function command(stage: ServerStage, who: DemoSide, socket: NodeSocket, verb: number, option: number): void {
  stage.says(who, `IAC ${VERBS[verb]} ${OPTIONS[option]}`)
  socket.write(Uint8Array.of(IAC, verb, option))
}

function serve(stage: ServerStage, socket: NodeSocket): void {
  const say = (text: string) => {
    stage.says('server', JSON.stringify(text))
    socket.write(text)
  }
  command(stage, 'server', socket, WILL, ECHO)
  command(stage, 'server', socket, WILL, SUPPRESS)
  command(stage, 'server', socket, DO, NAWS)
  say('login: ')
  let typed = ''
  socket.on('data', (octets: Buffer) => {
    const { text } = apart(octets)
    if (text !== '') say(text.replaceAll('\r', '\r\n'))
    typed += text
    for (let end = typed.indexOf('\r'); end >= 0; end = typed.indexOf('\r')) {
      const line = typed.slice(0, end)
      // NVT's end of a line is CR LF, or CR NUL where it is the key alone (RFC 854).
      typed = typed.slice(end + 1).replace(/^[\n\0]/, '')
      if (line !== 'exit') say('lab:~$ ')
      else {
        say('logout\r\n')
        socket.end()
      }
    }
  })
}

export const TELNET_DEMO: Demo = {
  name: 'telnet',
  transport: 'TCP',
  port: 23,
  example: (address) => `telnet ${address}`,
  serve: (stage) =>
    opened(
      stage.server.net.createServer({ noDelay: true }, (socket) => serve(stage, socket)),
      stage,
      23,
    ),
  async use(stage) {
    const socket = stage.client.net.connect(23, stage.serverAddress)
    socket.setNoDelay(true)
    socket.on('error', stage.fails)
    let screen = ''
    let waiting: (() => void) | undefined
    socket.on('data', (octets: Buffer) => {
      const { text, commands } = apart(octets)
      screen += text
      for (const [verb, option] of commands) {
        if (verb === WILL) command(stage, 'client', socket, DO, option)
        // A client without a window has no size to tell.
        else if (verb === DO) command(stage, 'client', socket, 252, option)
      }
      waiting?.()
    })
    const until = async (end: string) => {
      while (!screen.endsWith(end))
        await new Promise<void>((resolve) => {
          waiting = resolve
        })
    }
    stage.explains(6, keyed('demo.telnet-options'))
    await until('login: ')
    stage.explains(6, keyed('demo.telnet-echo'))
    for (const key of 'lab\r') {
      stage.says('client', JSON.stringify(key))
      const before = screen
      socket.write(key)
      await until(`${before}${key === '\r' ? '\r\nlab:~$ ' : key}`)
    }
    stage.says('client', JSON.stringify('exit\r'))
    socket.write('exit\r')
    await once(socket, 'close')
  },
}
