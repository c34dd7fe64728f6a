/**
 * WebSocket (RFC 6455): a request of HTTP, and from its answer on messages both ways in the same connection. The server is the package ws. Of the
 * client ws has the frames; its request is made here, because ws would draw the key from the system's chance, and no run would be like another.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import * as ws from 'ws'
import { keyed } from '../../text/keyed.js'
import { nodeAdapters } from '../net/adapters.js'
import type { Demo, DemoStage, ServerStage } from './demo.js'
import { opened } from './serving.js'

/** RFC 6455 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const PATH = '/chat'
/** RFC 6455 7.4.1. */
const NORMAL_CLOSURE = 1000

/** What ws exports, and its declarations do not have: who writes frames, and who reads them. */
interface Frames {
  readonly Sender: new (
    socket: Duplex,
    extensions: undefined,
    generateMask: (mask: Uint8Array) => void,
  ) => {
    send(text: string, options: { readonly fin: true; readonly mask: true; readonly compress: false }): void
    close(code: number, reason: string, isMasked: boolean): void
  }
  readonly Receiver: new (options: { readonly isServer: false }) => import('node:stream').Writable
}
const { Sender, Receiver } = ws as unknown as Frames

function chat(stage: ServerStage): http.Server {
  const app = http.createServer()
  new ws.WebSocketServer({ server: app, path: PATH }).on('connection', (socket) => {
    socket.on('message', (data) => {
      const answer = `${data}！`
      stage.says('server', `text: ${JSON.stringify(answer)}`)
      socket.send(answer)
    })
    socket.on('close', (code) => stage.says('server', `close ${code}`))
  })
  return app
}

/** The request, with what proves that its server speaks WebSocket. */
async function upgrade(stage: DemoStage): Promise<Duplex> {
  const key = stage.chance(16).toString('base64')
  stage.says('client', `GET ${PATH} HTTP/1.1, Upgrade: websocket, Sec-WebSocket-Key: ${key}`)
  const asked = http.request({
    agent: nodeAdapters(stage.client.net).httpAgent({ keepAlive: true }),
    host: stage.serverAddress,
    path: PATH,
    headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': 13, 'Sec-WebSocket-Key': key },
  })
  asked.end()
  const [answer, socket] = (await once(asked, 'upgrade')) as [IncomingMessage, Duplex]
  const accepted = answer.headers['sec-websocket-accept']
  const wanted = createHash('sha1').update(`${key}${GUID}`).digest('base64')
  if (accepted !== wanted) throw new Error(`Sec-WebSocket-Accept is ${accepted}, and ${wanted} was expected`)
  stage.says('server', `HTTP/1.1 101 Switching Protocols, Sec-WebSocket-Accept: ${accepted}`)
  return socket
}

export const WEBSOCKET_DEMO: Demo = {
  name: 'websocket',
  transport: 'TCP',
  port: 80,
  example: (address) => `npx wscat --connect ws://${address}${PATH}`,
  serve: (stage) => opened(nodeAdapters(stage.server.net).serve(chat(stage)), stage, 80),
  async use(stage) {
    const socket = await upgrade(stage)
    socket.on('error', stage.fails)
    stage.explains(5, keyed('demo.upgraded'))
    const receiver = new Receiver({ isServer: false })
    socket.pipe(receiver)
    const sender = new Sender(socket, undefined, (mask) => stage.chance(mask.length).copy(mask))
    const text = '套接字'
    const frame = 2 + 4 + Buffer.byteLength(text)
    stage.says('client', `text: ${JSON.stringify(text)}`)
    sender.send(text, { fin: true, mask: true, compress: false })
    const [data] = await once(receiver, 'message')
    if (String(data) !== `${text}！`) throw new Error(`the answer was ${data}`)
    stage.explains(6, keyed('demo.masked', { octets: Buffer.byteLength(text), frame }))
    stage.says('client', `close ${NORMAL_CLOSURE}`)
    sender.close(NORMAL_CLOSURE, '', true)
    await once(receiver, 'conclude')
    socket.end()
    await once(socket, 'close')
  },
}
