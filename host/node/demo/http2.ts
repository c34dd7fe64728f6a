/** HTTP/2 (RFC 9113) inside of TLS: one connection, in which requests go side by side, each a stream of frames. */
import { once } from 'node:events'
import http2, { type ClientHttp2Session } from 'node:http2'
import tls, { type TLSSocket } from 'node:tls'
import { keyed } from '../../text/keyed.js'
import { nodeAdapters } from '../net/adapters.js'
import { DEMO_CERTIFICATE, DEMO_KEY } from './certificate.js'
import type { Demo, DemoStage } from './demo.js'
import { opened } from './serving.js'

const { HTTP2_HEADER_PATH, HTTP2_HEADER_STATUS } = http2.constants

async function get(stage: DemoStage, session: ClientHttp2Session, path: string): Promise<void> {
  const stream = session.request({ [HTTP2_HEADER_PATH]: path })
  stream.setEncoding('utf8')
  const [headers] = await once(stream, 'response')
  let text = ''
  for await (const part of stream) text += part
  stage.says('client', `stream ${stream.id}: ${headers[HTTP2_HEADER_STATUS]}, ${JSON.stringify(text)}`)
}

export const HTTP2_DEMO: Demo = {
  name: 'http2',
  transport: 'TCP',
  port: 443,
  example: (address) => `curl -v --insecure --http2 https://${address}/`,
  serve(stage) {
    const secured = http2.createSecureServer({ key: DEMO_KEY, cert: DEMO_CERTIFICATE })
    secured.on('stream', (stream, headers) => {
      const path = headers[HTTP2_HEADER_PATH]
      stage.says('server', `stream ${stream.id}: GET ${path}`)
      stream.respond({ [HTTP2_HEADER_STATUS]: 200, 'content-type': 'text/plain; charset=utf-8' })
      stream.end(`${path} 套接字`)
    })
    secured.on('keylog', (line: Buffer) => stage.keyLog(line))
    return opened(nodeAdapters(stage.server.net).serve(secured), stage, 443)
  },
  async use(stage) {
    const socket = tls.connect({
      socket: stage.client.net.connect({ port: 443, host: stage.serverAddress, noDelay: true }) as never,
      ca: DEMO_CERTIFICATE,
      servername: 'server.lab.test',
      ALPNProtocols: ['h2', 'http/1.1'],
    })
    await once(socket, 'secureConnect')
    tell(stage, socket)
    const session = http2.connect('https://server.lab.test', { createConnection: () => socket })
    session.on('error', stage.fails)
    stage.says('client', 'stream 1: GET /first; stream 3: GET /second')
    await Promise.all([get(stage, session, '/first'), get(stage, session, '/second')])
    stage.explains(5, keyed('demo.streams'))
    stage.explains(6, keyed('demo.hpack'))
    session.close()
    await once(session, 'close')
  },
}

function tell(stage: DemoStage, socket: TLSSocket): void {
  const { standardName } = socket.getCipher()
  stage.explains(6, keyed('demo.tls', { version: socket.getProtocol() ?? '', cipher: standardName }))
  stage.explains(5, keyed('demo.alpn', { protocol: String(socket.alpnProtocol) }))
}
